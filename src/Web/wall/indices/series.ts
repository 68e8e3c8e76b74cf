import type { KpiAnswer } from '../../core/protocol';
import { partsOf, type Span } from './span';

/** What the chart draws. */
export const DRAWN = ['reported', 'closed', 'overdue'] as const;
export type Drawn = (typeof DRAWN)[number];

export interface Series {
  readonly starts: readonly number[];
  /** Nothing happened in a part that the answer leaves out: 0; a part that has not begun yet has no number. */
  readonly values: Readonly<Record<Drawn, readonly (number | null)[]>>;
}

export function seriesOf(answer: KpiAnswer, span: Span, now: number): Series {
  const items = new Map(answer.items.map(item => [Date.parse(item.start), item.counts]));
  const starts = partsOf(span);
  const of = (drawn: Drawn) => starts.map(start => (start > now ? null : (items.get(start)?.[drawn] ?? 0)));
  return { starts, values: { reported: of('reported'), closed: of('closed'), overdue: of('overdue') } };
}

/** Whether anything at all was counted. */
export function isEmpty(answer: KpiAnswer): boolean {
  return Object.values(answer.total.counts).every(value => value === 0);
}
