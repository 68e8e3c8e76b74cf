import { afterEach, expect, test, vi } from 'vitest';
import { nextStep, OpenIdSession, signInUrl } from './openid';
import { authorization } from './session';

afterEach(() => vi.unstubAllGlobals());

test('[AC22] whoever is not signed in goes to the issuer at once, and comes back to where he was', () => {
  expect(nextStep('?area=1', false)).toBeNull();
  expect(signInUrl('/', '?area=1&page=indices', false)).toBe('/auth/openid/sign-in?to=%2F%3Farea%3D1%26page%3Dindices');
  expect(signInUrl('/', '', false)).toBe('/auth/openid/sign-in?to=%2F');
});

test('[AC23] whoever was refused, or signed out, is told so first; after a refusal the issuer asks who it is', () => {
  expect(nextStep('?refused=NoRole', false)).toEqual({ reason: 'refusedNoRole', anew: true });
  expect(nextStep('?refused=Away', true)).toEqual({ reason: 'refusedAway', anew: false });
  expect(nextStep('?refused=x', false)).toEqual({ reason: 'refusedFailed', anew: true });
  expect(nextStep('', true)).toEqual({ reason: 'signedOut', anew: false });
  expect(signInUrl('/', '?refused=NoRole&area=1', true)).toBe('/auth/openid/sign-in?to=%2F%3Farea%3D1&anew=true');
});

test('[AC22] the server says who a cookie is, once, and no header says it again', async () => {
  const answer = { name: '李娜', role: 'Viewer', area: '450105', expiresAt: '2026-03-01T08:00:00Z' };
  const ask = vi.fn(async () => Response.json(answer));
  vi.stubGlobal('fetch', ask);
  const session = new OpenIdSession(null, null as unknown as HTMLElement, () => Date.parse('2026-03-01T07:00:00Z'));
  expect(await Promise.all([session.token(), session.token()])).toEqual(['', '']);
  expect(session.claims()).toEqual({ ...answer, expiresAt: Date.parse(answer.expiresAt) });
  expect(authorization(await session.token())).toEqual({});
  expect(ask).toHaveBeenCalledTimes(1);
  session.reject();
  await session.token();
  expect(ask).toHaveBeenCalledTimes(2);
});
