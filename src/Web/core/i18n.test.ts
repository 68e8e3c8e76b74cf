import { expect, test } from 'vitest';
import { chooseLanguage } from './i18n';
import { isExpired } from './session';
import { readClaims } from './signin';

test.each([
  ['the address wins', 'en', 'zh', ['zh-CN'], 'en'],
  ['then what was chosen before', null, 'zh', ['en-GB'], 'zh'],
  ['then the first language of the browser that we speak', null, null, ['fr', 'en-GB', 'zh-CN'], 'en'],
  ['and Chinese if there is none', null, null, ['fr'], 'zh'],
  ['an unknown one in the address does not count', 'xx', null, ['en'], 'en'],
])('[WA22] language: %s', (_, asked, remembered, browser, language) => {
  expect(chooseLanguage(asked, remembered, browser)).toBe(language);
});

const token = (claims: object) => {
  const bytes = new TextEncoder().encode(JSON.stringify(claims));
  return `x.${btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')}.y`;
};

test('[WA23] the claims of a token are read, whatever script the name is in', () => {
  expect(readClaims(token({ sub: 'u1', name: '王芳', role: 'viewer', area: '450105', exp: 100 }))).toEqual({
    name: '王芳',
    role: 'viewer',
    area: '450105',
    expiresAt: 100_000,
  });
});

test('[WA23] what is no token, or has no area, is not taken', () => {
  expect(readClaims('hello')).toBeNull();
  expect(readClaims(token({ sub: 'u1' }))).toBeNull();
});

test('[WA23] a token counts as ended shortly before its end', () => {
  const claims = { name: '', role: '', area: '45', expiresAt: 100_000 };
  expect(isExpired(claims, 69_000)).toBe(false);
  expect(isExpired(claims, 70_000)).toBe(true);
  expect(isExpired({ ...claims, expiresAt: null }, 1e15)).toBe(false);
});
