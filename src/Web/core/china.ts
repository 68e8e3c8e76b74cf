// Days are China's, wherever the wall stands: one zone, eight hours ahead, without summer time.
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const AHEAD_MS = 8 * HOUR_MS;

/** An instant's calendar in China, read from a date that was shifted so that its UTC fields are China's. */
function calendar(at: number): Date {
  return new Date(at + AHEAD_MS);
}

export function dayOf(at: number): number {
  return Math.floor((at + AHEAD_MS) / DAY_MS) * DAY_MS - AHEAD_MS;
}

/** The beginning of the month that `at` lies in, or of one so many months later. */
export function monthOf(at: number, later = 0): number {
  const date = calendar(at);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + later, 1) - AHEAD_MS;
}

export function daysLater(at: number, days: number): number {
  return at + days * DAY_MS;
}

export function hoursLater(at: number, hours: number): number {
  return at + hours * HOUR_MS;
}

/** ISO 8601 with China's zone, as the server writes times. */
export function isoOf(at: number): string {
  return `${calendar(at).toISOString().slice(0, 19)}+08:00`;
}

/** `2026-11-30` */
export function dateOf(at: number): string {
  return isoOf(at).slice(0, 10);
}

/** `11-30` */
export function shortDateOf(at: number): string {
  return isoOf(at).slice(5, 10);
}

/** `2026-11` */
export function monthNameOf(at: number): string {
  return isoOf(at).slice(0, 7);
}

/** `23:05` */
export function timeOf(at: number): string {
  return isoOf(at).slice(11, 16);
}

/** The days of a span whose end is excluded: `11-01 – 11-15`, with years where they differ. */
export function daysOf(from: number, to: number): string {
  const [first, last] = [dateOf(from), dateOf(to - 1)];
  if (first === last) return first;
  return `${first} – ${first.slice(0, 4) === last.slice(0, 4) ? last.slice(5) : last}`;
}
