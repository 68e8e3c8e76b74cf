import type { Tier } from './protocol';

// A code is a path: each tier's code starts with its parent's.
const TIER_BY_LENGTH: ReadonlyMap<number, Tier> = new Map([
  [2, 'Province'],
  [4, 'City'],
  [6, 'District'],
  [9, 'Town'],
  [12, 'Community'],
  [15, 'Grid'],
]);

/** The tier that a code names, or null if it is no area code. */
export function tierOf(code: string): Tier | null {
  return /^\d+$/.test(code) ? (TIER_BY_LENGTH.get(code.length) ?? null) : null;
}

/** Whether `code` is `area` or lies below it. */
export function isWithin(code: string, area: string): boolean {
  return code.startsWith(area);
}

/** The way from `top` down to `code`, both included; only `top` where `code` does not lie within it. */
export function pathTo(code: string, top: string): string[] {
  if (!isWithin(code, top)) return [top];
  return [...TIER_BY_LENGTH.keys()]
    .filter(length => length >= top.length && length <= code.length)
    .map(length => code.slice(0, length));
}

/** The code one tier up, or null at the top. */
export function parentOf(code: string): string | null {
  const lengths = [...TIER_BY_LENGTH.keys()].filter(length => length < code.length);
  const length = lengths.at(-1);
  return length === undefined ? null : code.slice(0, length);
}
