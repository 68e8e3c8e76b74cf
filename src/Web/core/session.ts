/** A sign-in this close to its end counts as ended, so that no request starts with one that dies on the way. */
export const EXPIRY_MARGIN_MS = 30_000;

/** Who is signed in, as far as the page wants to know. */
export interface Claims {
  readonly name: string;
  readonly role: string;
  readonly area: string;
  /** Milliseconds since 1970, or null for a token without an end. */
  readonly expiresAt: number | null;
}

/** Who is signed in, and how to stay so. */
export interface Session {
  claims(): Claims | null;
  /** A token that is valid for now, whatever it takes; empty where a cookie, which no script reads, is one. */
  token(): Promise<string>;
  /** The server refused the token: forget it, so that the next one is new. */
  reject(token?: string | null): void;
  signOut(): void;
}

export function isExpired(claims: Claims, now: number): boolean {
  return claims.expiresAt !== null && claims.expiresAt - EXPIRY_MARGIN_MS <= now;
}

export function postJson(path: string, body: object): Promise<Response> {
  return fetch(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
}

/** The headers that say who asks. */
export function authorization(token: string): Record<string, string> {
  return token === '' ? {} : { Authorization: `Bearer ${token}` };
}
