import { expect, test } from 'vitest';
import { addressOf, startArea, startPage } from './route';

test.each([
  [null, 'live'],
  ['live', 'live'],
  ['indices', 'indices'],
  ['review', 'review'],
  ['nothing', 'live'],
] as const)('[WA24] an address with the page %s leads to the page %s', (asked, page) => {
  expect(startPage(asked)).toBe(page);
});

test('[WA24] the address tells area and page and keeps the rest; without a page it is the live one', () => {
  const here = 'http://wall/?lang=en&page=review';
  expect(addressOf(here, '450105', 'indices')).toBe('http://wall/?lang=en&page=indices&area=450105');
  expect(addressOf(here, '450105', 'live')).toBe('http://wall/?lang=en&area=450105');
});

test('[WA14] an area asked for in the address counts only within the area of the token', () => {
  expect(startArea('450105001', '450105')).toBe('450105001');
  expect(startArea('450106001', '450105')).toBe('450105');
  expect(startArea('45010500', '450105')).toBe('450105');
  expect(startArea(null, '450105')).toBe('450105');
});
