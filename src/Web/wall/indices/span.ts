import {
  dayOf,
  daysLater,
  daysOf,
  hoursLater,
  isoOf,
  monthNameOf,
  monthOf,
  shortDateOf,
  timeOf,
} from '../../core/china';

/** The parts of a span, as the server names them. */
export const STEPS = ['Hour', 'Day', 'Month'] as const;
export type Step = (typeof STEPS)[number];

const DAYS = 31;
const MONTHS = 12;
const HOURS = 24;

/** Whole hours, days or months of China, the end excluded, in milliseconds since 1970. */
export interface Span {
  readonly by: Step;
  readonly from: number;
  readonly to: number;
}

/** Today by hour, the last 31 days by day, the last 12 months by month; each with the day or month of now. */
export function spanOf(by: Step, now: number): Span {
  const tomorrow = daysLater(dayOf(now), 1);
  if (by === 'Hour') return { by, from: dayOf(now), to: tomorrow };
  if (by === 'Day') return { by, from: daysLater(tomorrow, -DAYS), to: tomorrow };
  return { by, from: monthOf(now, 1 - MONTHS), to: monthOf(now, 1) };
}

/** Where each part begins, the empty ones too. */
export function partsOf({ by, from }: Span): number[] {
  if (by === 'Hour') return Array.from({ length: HOURS }, (_, i) => hoursLater(from, i));
  if (by === 'Day') return Array.from({ length: DAYS }, (_, i) => daysLater(from, i));
  return Array.from({ length: MONTHS }, (_, i) => monthOf(from, i));
}

/** What a part is called under the chart. */
export function partName(by: Step, start: number): string {
  return by === 'Hour' ? timeOf(start) : by === 'Day' ? shortDateOf(start) : monthNameOf(start);
}

export function spanName({ by, from, to }: Span): string {
  return by === 'Month' ? `${monthNameOf(from)} – ${monthNameOf(to - 1)}` : daysOf(from, to);
}

/** The question's part of the address. */
export function spanQuery({ by, from, to }: Span): string {
  return new URLSearchParams({ by: by.toLowerCase(), from: isoOf(from), to: isoOf(to) }).toString();
}
