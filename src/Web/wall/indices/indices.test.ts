import { expect, test } from 'vitest';
import type { KpiAnswer, KpiChild, KpiFigures, RateName } from '../../core/protocol';
import { compared, comparisonText, RATES, type Rate, rateCell, rateNumber, rateUnit } from './rates';
import { isEmpty, seriesOf } from './series';
import { sortedAreas } from './sorting';
import { spanOf } from './span';

const rate = (key: RateName): Rate => RATES.find(entry => entry.key === key) as Rate;
const NO_RATES = Object.fromEntries(RATES.map(({ key }) => [key, null])) as KpiFigures['rates'];
const figures = (reported = 0, closed = 0, overdue = 0): KpiFigures => ({
  counts: { reported, closed, overdue },
  rates: NO_RATES,
});

test.each([
  ['share', 0.98765, '98.8', '%'],
  ['share', 0.9, '90.0', '%'],
  ['share', 1, '100', '%'],
  ['share', 0, '0', '%'],
  ['share', null, '–', ''],
  ['score', 4.5, '4.50', '/ 5 分'],
  ['minutes', 12.34, '12.3', '分'],
  ['minutes', 1234.56, '1,235', '分'],
] as const)('[WA28] a %s of %s is shown as %s %s', (kind, value, number, unit) => {
  expect(rateNumber(kind, value)).toBe(number);
  expect(rateUnit(kind, value)).toBe(unit);
});

test('[WA28] a cell of a table tells percent, and nothing where there is nothing', () => {
  expect(rateCell('share', 0.5)).toBe('50.0%');
  expect(rateCell('minutes', 7)).toBe('7.0');
  expect(rateCell('share', null)).toBe('–');
});

test.each([
  ['onTime', 0.95, 0.9, 'up', 'better', '▲ 5.0 百分点'],
  ['onTime', 0.9, 0.95, 'down', 'worse', '▼ 5.0 百分点'],
  ['rework', 0.1, 0.05, 'up', 'worse', '▲ 5.0 百分点'],
  ['repeat', 0.01, 0.05, 'down', 'better', '▼ 4.0 百分点'],
  ['handleMinutes', 140, 152, 'down', 'better', '▼ 12.0 分'],
  ['handleMinutes', 300, 152.2, 'up', 'worse', '▲ 148 分'],
  ['satisfaction', 4.5, 4.25, 'up', 'better', '▲ 0.25'],
] as const)('[WA28] %s of %s after %s went %s, which is %s', (key, now, then, direction, verdict, text) => {
  const comparison = compared(rate(key), now, then);
  expect(comparison).toMatchObject({ direction, verdict });
  expect(comparisonText(rate(key).kind, comparison)).toBe(text);
});

test('[WA28] two numbers that look the same are the same, and what is not there is not compared', () => {
  expect(compared(rate('onTime'), 0.90001, 0.90004)).toEqual({ direction: 'same', verdict: 'same', by: 0 });
  expect(compared(rate('onTime'), null, 0.9)).toBeNull();
  expect(compared(rate('onTime'), 0.9, null)).toBeNull();
  expect(compared(rate('onTime'), 0.9, undefined)).toBeNull();
  expect(comparisonText('share', null)).toBe('–');
});

test('[WA29] the chart has every part of the span: 0 where nothing happened, nothing where it has not begun', () => {
  const now = Date.parse('2026-11-30T02:30:00+08:00');
  const answer: KpiAnswer = {
    from: '',
    to: '',
    items: [{ ...figures(3, 2, 1), start: '2026-11-30T01:00:00+08:00' }],
    total: figures(3, 2, 1),
    before: null,
    yearBefore: null,
  };
  const { starts, values } = seriesOf(answer, spanOf('Hour', now), now);
  expect(starts).toHaveLength(24);
  expect(values.reported.slice(0, 4)).toEqual([0, 3, 0, null]);
  expect(values.closed.slice(0, 4)).toEqual([0, 2, 0, null]);
  expect(values.overdue[23]).toBeNull();
  expect(isEmpty(answer)).toBe(false);
  expect(isEmpty({ ...answer, total: figures() })).toBe(true);
});

test('[WA29] areas stand in the order of the chosen rate, those without it last', () => {
  const area = (code: string, onTime: number | null, handleMinutes: number | null): KpiChild => ({
    ...figures(),
    code,
    name: code,
    rates: { ...NO_RATES, onTime, handleMinutes },
  });
  const areas = [area('1', null, 5), area('2', 0.8, null), area('3', 0.9, 9), area('4', 0.8, 5)];
  const order = (key: RateName, bestFirst: boolean) =>
    sortedAreas(areas, rate(key), bestFirst)
      .map(entry => entry.code)
      .join('');
  expect(order('onTime', true)).toBe('3241');
  expect(order('onTime', false)).toBe('2431');
  expect(order('handleMinutes', true)).toBe('1432');
  expect(order('handleMinutes', false)).toBe('3142');
  expect(areas.map(entry => entry.code).join('')).toBe('1234');
});
