import { expect, test } from 'vitest';
import { dayOf, daysOf, isoOf, monthOf } from './china';

const at = (iso: string) => Date.parse(iso);

test('[WA27] days and months begin at midnight in China, whatever zone the wall is in', () => {
  expect(isoOf(dayOf(at('2026-11-30T15:59:59Z')))).toBe('2026-11-30T00:00:00+08:00');
  expect(isoOf(dayOf(at('2026-11-30T16:00:00Z')))).toBe('2026-12-01T00:00:00+08:00');
  expect(isoOf(monthOf(at('2026-12-31T16:00:00Z')))).toBe('2027-01-01T00:00:00+08:00');
  expect(isoOf(monthOf(at('2026-01-15T00:00:00Z'), -1))).toBe('2025-12-01T00:00:00+08:00');
});

test('[WA27] a span is named by its first and its last day', () => {
  expect(daysOf(at('2026-11-01T00:00:00+08:00'), at('2026-11-16T00:00:00+08:00'))).toBe('2026-11-01 – 11-15');
  expect(daysOf(at('2026-12-16T00:00:00+08:00'), at('2027-01-02T00:00:00+08:00'))).toBe('2026-12-16 – 2027-01-01');
  expect(daysOf(at('2026-11-30T00:00:00+08:00'), at('2026-12-01T00:00:00+08:00'))).toBe('2026-11-30');
});
