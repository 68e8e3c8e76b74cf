import { expect, test } from 'vitest';
import { isoOf } from '../../core/china';
import { partName, partsOf, type Step, spanName, spanOf, spanQuery } from './span';

// In China it is the first hour of December already.
const now = Date.parse('2026-11-30T16:30:00Z');

test.each([
  ['Hour', '2026-12-01T00:00:00+08:00', '2026-12-02T00:00:00+08:00', 24, '2026-12-01'],
  ['Day', '2026-11-01T00:00:00+08:00', '2026-12-02T00:00:00+08:00', 31, '2026-11-01 – 12-01'],
  ['Month', '2026-01-01T00:00:00+08:00', '2027-01-01T00:00:00+08:00', 12, '2026-01 – 2026-12'],
] as const)('[WA27] by %s a span is whole, ends with now, and has all its parts', (by, from, to, parts, name) => {
  const span = spanOf(by, now);
  expect([isoOf(span.from), isoOf(span.to)]).toEqual([from, to]);
  expect(partsOf(span)).toHaveLength(parts);
  expect(partsOf(span)[0]).toBe(span.from);
  expect(partsOf(span).every(part => part >= span.from && part < span.to)).toBe(true);
  expect(spanName(span)).toBe(name);
});

test('[WA27] a span is asked for in whole parts, with the zone', () => {
  expect(spanQuery(spanOf('Day', now))).toBe(
    'by=day&from=2026-11-01T00%3A00%3A00%2B08%3A00&to=2026-12-02T00%3A00%3A00%2B08%3A00',
  );
});

test.each([
  ['Hour', '00:00'],
  ['Day', '12-01'],
  ['Month', '2026-12'],
] as [Step, string][])('[WA27] by %s a part is called %s', (by, name) => {
  expect(partName(by, Date.parse('2026-12-01T00:00:00+08:00'))).toBe(name);
});
