import type { KpiChild } from '../../core/protocol';
import type { Rate } from './rates';

/**
 * The best first, or the worst; those without the rate come last either way, since nothing is known of them. Equal ones
 * keep the order of their codes.
 */
export function sortedAreas(areas: readonly KpiChild[], rate: Rate, bestFirst: boolean): KpiChild[] {
  const sign = rate.rises === bestFirst ? -1 : 1;
  return [...areas].sort((a, b) => {
    const [first, second] = [a.rates[rate.key], b.rates[rate.key]];
    const byCode = a.code < b.code ? -1 : 1;
    if (first === null || second === null) return Number(first === null) - Number(second === null) || byCode;
    return sign * (first - second) || byCode;
  });
}
