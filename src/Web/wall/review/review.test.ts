import { expect, test } from 'vitest';
import type { OpenCount, RepeatItem, ReviewAnswer } from '../../core/protocol';
import { belowWith, ofCategory, sumOf } from './parts';
import { hasReview, periodQuery, runningSince } from './period';

const open = (category: string, week: number, longer: number): OpenCount => ({
  category,
  week,
  fortnight: 0,
  month: 0,
  longer,
});
const repeat = (grid: string, category: string): RepeatItem => ({
  grid,
  category,
  cases: 3,
  inSpot: 1,
  spot: null,
  isSpot: false,
});
const answer: ReviewAnswer = {
  area: '450105',
  from: '',
  to: '',
  open: { count: 6, ages: open('', 4, 2), categories: [open('litter', 3, 0), open('cover', 1, 2)], oldest: [] },
  repeats: [
    repeat('450105001001001', 'litter'),
    repeat('450105002001002', 'cover'),
    repeat('450105002001001', 'litter'),
  ],
  shared: [{ category: 'litter', cases: 6, children: [] }],
};

test('[WA30] a chosen category narrows the list to what is about it, but not what one chooses from', () => {
  const part = ofCategory(answer, 'cover');
  expect(part.open.count).toBe(3);
  expect(part.open.ages.longer).toBe(2);
  expect(part.open.categories).toHaveLength(2);
  expect(part.repeats.map(item => item.grid)).toEqual(['450105002001002']);
  expect(part.shared).toEqual([]);
  expect(ofCategory(answer, null)).toBe(answer);
});

test('[WA30] a category that has nothing open any more counts none', () => {
  expect(ofCategory(answer, 'gone').open.count).toBe(0);
  expect(sumOf(open('', 4, 2))).toBe(6);
});

test('[WA30] the areas below stand by how much repeats in them', () => {
  const children = ['450105003', '450105002', '450105001'].map(code => ({ code, name: code }));
  expect(belowWith(children, answer).map(area => [area.code, area.repeats])).toEqual([
    ['450105002', 2],
    ['450105001', 1],
    ['450105003', 0],
  ]);
  expect(belowWith(children, null).map(area => area.code)).toEqual(['450105001', '450105002', '450105003']);
});

test.each([
  ['450105', '2026-11-30T12:00:00+08:00', '2026-11-01T00:00:00+08:00'],
  ['450105001', '2026-11-16T00:00:00+08:00', '2026-11-01T00:00:00+08:00'],
  ['450105001001', '2026-11-15T23:59:59+08:00', '2026-11-01T00:00:00+08:00'],
  ['450105001001', '2026-11-16T00:00:00+08:00', '2026-11-16T00:00:00+08:00'],
  ['450105001001001', '2026-12-31T23:00:00+08:00', '2026-12-16T00:00:00+08:00'],
])('[WA30] the running period of %s at %s began at %s', (area, now, from) => {
  expect(runningSince(area, Date.parse(now))).toBe(Date.parse(from));
});

test('[WA30] the last period is the one that the server chooses, the running one goes to the end of today', () => {
  const now = Date.parse('2026-11-30T12:00:00+08:00');
  expect(periodQuery('450105', 'last', now)).toBe('');
  expect(periodQuery('450105', 'running', now)).toBe(
    'from=2026-11-01T00%3A00%3A00%2B08%3A00&to=2026-12-01T00%3A00%3A00%2B08%3A00',
  );
});

test('[WA30] a province and a city hold no review', () => {
  expect(['45', '4501', '450105', '450105001001001'].map(hasReview)).toEqual([false, false, true, true]);
});
