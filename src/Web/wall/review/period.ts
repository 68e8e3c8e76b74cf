import { dayOf, daysLater, isoOf, monthOf } from '../../core/china';
import { tierOf } from '../../core/code';

/** The last period that has ended, which the review is held over, or the one that runs. */
export const PERIODS = ['last', 'running'] as const;
export type Period = (typeof PERIODS)[number];

/** Days from the first of the month to the second half. */
const FIRST_HALF_DAYS = 15;

/** Where the running period began: half a month for grids and communities, a month above. */
export function runningSince(area: string, now: number): number {
  const month = monthOf(now);
  const middle = daysLater(month, FIRST_HALF_DAYS);
  const isHalf = tierOf(area) === 'Grid' || tierOf(area) === 'Community';
  return isHalf && now >= middle ? middle : month;
}

/** The question's part of the address; the last period is what the server answers for by itself. */
export function periodQuery(area: string, period: Period, now: number): string {
  if (period === 'last') return '';
  const to = daysLater(dayOf(now), 1);
  return new URLSearchParams({ from: isoOf(runningSince(area, now)), to: isoOf(to) }).toString();
}

/** The review is held in districts and below; the server does not count a whole province. */
export function hasReview(area: string): boolean {
  const tier = tierOf(area);
  return tier !== 'Province' && tier !== 'City';
}
