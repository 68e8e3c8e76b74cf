import { expect, test } from 'vitest';
import { addressOf, startPage } from './route';

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
