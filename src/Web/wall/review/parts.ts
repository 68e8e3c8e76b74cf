import type { OpenCount, ReviewAnswer } from '../../core/protocol';

/** How long open cases have been so, shortest first. */
export const AGES = ['week', 'fortnight', 'month', 'longer'] as const;
export type Age = (typeof AGES)[number];

export function sumOf(open: OpenCount): number {
  return AGES.reduce((sum, age) => sum + open[age], 0);
}

/** The list as far as it is about one category; all of it with null. */
export function ofCategory(answer: ReviewAnswer, category: string | null): ReviewAnswer {
  if (category === null) return answer;
  const is = (item: { readonly category: string }) => item.category === category;
  const ages = answer.open.categories.find(is) ?? { category, week: 0, fortnight: 0, month: 0, longer: 0 };
  return {
    ...answer,
    // The categories stay whole: they are what one chooses from.
    open: { ...answer.open, count: sumOf(ages), ages, oldest: answer.open.oldest.filter(is) },
    repeats: answer.repeats.filter(is),
    shared: answer.shared.filter(is),
  };
}

export interface Below {
  readonly code: string;
  readonly name: string;
  /** How many categories repeat in a grid of it. */
  readonly repeats: number;
}

/** The areas below with what repeats in each, most first; equal ones keep the order of their codes. */
export function belowWith(
  children: Iterable<{ readonly code: string; readonly name: string }>,
  answer: ReviewAnswer | null,
): Below[] {
  const repeatsIn = (code: string) => answer?.repeats.filter(item => item.grid.startsWith(code)).length ?? 0;
  return [...children]
    .map(({ code, name }) => ({ code, name, repeats: repeatsIn(code) }))
    .sort((a, b) => b.repeats - a.repeats || (a.code < b.code ? -1 : 1));
}
