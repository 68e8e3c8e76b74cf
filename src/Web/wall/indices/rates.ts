import { count } from '../../core/formats';
import type { RateName } from '../../core/protocol';
import { type TextKey, t } from '../texts';

/** A share is shown in percent, a score from 1 to 5, minutes as an average. */
export type RateKind = 'share' | 'score' | 'minutes';

export interface Rate {
  readonly key: RateName;
  readonly kind: RateKind;
  /** Whether more of it is better. */
  readonly rises: boolean;
  readonly name: TextKey;
  /** For the head of a table. */
  readonly short: TextKey;
}

/** The rates that the wall shows, in the order of the closed loop. */
export const RATES: readonly Rate[] = [
  { key: 'dispatchAccuracy', kind: 'share', rises: true, name: 'rateDispatch', short: 'shortDispatch' },
  { key: 'onTime', kind: 'share', rises: true, name: 'rateOnTime', short: 'shortOnTime' },
  { key: 'onTimeClosing', kind: 'share', rises: true, name: 'rateClosing', short: 'shortClosing' },
  { key: 'rework', kind: 'share', rises: false, name: 'rateRework', short: 'shortRework' },
  { key: 'repeat', kind: 'share', rises: false, name: 'rateRepeat', short: 'shortRepeat' },
  { key: 'satisfaction', kind: 'score', rises: true, name: 'rateSatisfaction', short: 'shortSatisfaction' },
  { key: 'patrolCoverage', kind: 'share', rises: true, name: 'ratePatrols', short: 'shortPatrols' },
  { key: 'acceptMinutes', kind: 'minutes', rises: false, name: 'rateAccept', short: 'shortAccept' },
  { key: 'dispatchMinutes', kind: 'minutes', rises: false, name: 'rateWait', short: 'shortWait' },
  { key: 'handleMinutes', kind: 'minutes', rises: false, name: 'rateHandle', short: 'shortHandle' },
];

/** Nothing was counted that the rate could be formed of. */
export const NOTHING = '–';

/** From here on a tenth of a minute says nothing. */
const WHOLE_MINUTES_FROM = 100;

const PERCENT = 100;

/** The value as it is shown, in its unit: 98.8 for a share of 0.9876. */
function shown(kind: RateKind, value: number): number {
  return rounded(kind === 'share' ? value * PERCENT : value, digitsOf(kind, value));
}

function digitsOf(kind: RateKind, value: number): number {
  if (kind === 'score') return 2;
  return kind === 'minutes' && value >= WHOLE_MINUTES_FROM ? 0 : 1;
}

function rounded(value: number, digits: number): number {
  const scale = 10 ** digits;
  return Math.round(value * scale) / scale;
}

/** The number without its unit. */
export function rateNumber(kind: RateKind, value: number | null): string {
  if (value === null) return NOTHING;
  const number = shown(kind, value);
  // Nobody reads a digit behind all or nothing.
  const isWhole = kind === 'share' && (number === 0 || number === PERCENT);
  return count(number, isWhole ? 0 : digitsOf(kind, value));
}

/** For a cell of a table, whose head tells the other units. */
export function rateCell(kind: RateKind, value: number | null): string {
  const number = rateNumber(kind, value);
  return kind === 'share' && value !== null ? `${number}%` : number;
}

/** The unit that stands beside the number; nothing beside what there is not. */
export function rateUnit(kind: RateKind, value: number | null): string {
  if (value === null) return '';
  return kind === 'share' ? '%' : kind === 'score' ? t('ofFive') : t('minuteUnit');
}

/** Whether a rate went up or down, and whether that is good for it. */
export interface Comparison {
  readonly direction: 'up' | 'down' | 'same';
  readonly verdict: 'better' | 'worse' | 'same';
  /** How far, in the unit that is shown; never negative. */
  readonly by: number;
}

/** Compares what is shown, so that two equal numbers never differ by an arrow; null where one of them is not there. */
export function compared(rate: Rate, now: number | null, then: number | null | undefined): Comparison | null {
  if (now === null || then === null || then === undefined) return null;
  const by = rounded(shown(rate.kind, now) - shown(rate.kind, then), 2);
  if (by === 0) return { direction: 'same', verdict: 'same', by: 0 };
  return {
    direction: by > 0 ? 'up' : 'down',
    verdict: by > 0 === rate.rises ? 'better' : 'worse',
    by: Math.abs(by),
  };
}

const ARROWS = { up: '▲', down: '▼', same: '=' } as const;

/** `▲ 1.2 pp` */
export function comparisonText(kind: RateKind, change: Comparison | null): string {
  if (change === null) return NOTHING;
  if (change.direction === 'same') return ARROWS.same;
  const unit = kind === 'share' ? ` ${t('points')}` : kind === 'minutes' ? ` ${t('minuteUnit')}` : '';
  return `${ARROWS[change.direction]} ${count(change.by, digitsOf(kind, change.by))}${unit}`;
}
