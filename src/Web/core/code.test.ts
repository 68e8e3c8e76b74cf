import { expect, test } from 'vitest';
import { parentOf, pathTo, tierOf } from './code';

test.each([
  ['45', 'Province'],
  ['4501', 'City'],
  ['450105', 'District'],
  ['450105001', 'Town'],
  ['450105001003', 'Community'],
  ['450105001003007', 'Grid'],
  ['45010', null],
  ['45010a', null],
  ['', null],
])('[WA14] the tier of %s is %s', (code, tier) => {
  expect(tierOf(code)).toBe(tier);
});

test('[WA14] the breadcrumb leads from the area of the token down to where the wall stands', () => {
  expect(pathTo('450105001003007', '450105')).toEqual(['450105', '450105001', '450105001003', '450105001003007']);
  expect(pathTo('450105001', '450105001')).toEqual(['450105001']);
});

test('[WA14] the breadcrumb never climbs above the area of the token', () => {
  expect(pathTo('450105', '450105001')).toEqual(['450105001']);
  expect(pathTo('450106', '450105001')).toEqual(['450105001']);
});

test('[WA14] the parent of a code is its beginning', () => {
  expect(parentOf('450105001003007')).toBe('450105001003');
  expect(parentOf('45')).toBeNull();
});
