import { describe, expect, it } from 'vitest';
import { refusalOf } from './account';

describe('refusalOf', () => {
  it('tells a wrong password, a first one and a server that is busy or away apart', () => {
    expect(refusalOf(403, 'SignInRefused')).toBe('signInRefused');
    expect(refusalOf(403, 'PasswordHasToBeChanged')).toBe('passwordFirst');
    expect(refusalOf(429, 'TooManyRequests')).toBe('signInWait');
    expect(refusalOf(503, undefined)).toBe('signInFailed');
  });

  it('takes a name that none can have for a wrong one', () => {
    expect(refusalOf(400, 'BadInput')).toBe('signInRefused');
  });
});
