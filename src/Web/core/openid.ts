import { el } from './dom';
import type { Me } from './protocol';
import { type Claims, isExpired, type Session } from './session';
import { openSignIn } from './signin';
import { type SharedKey, t } from './texts';

const ROOT = '/auth/openid';
const SIGNED_OUT_KEY = 'gridmesh.signedOut';
/** Nobody may be in front of a wall: while the issuer is away it tries again by itself. */
const AWAY_RETRY_MS = 30_000;

/** Why the server signed nobody in, as it says in the address. */
const REFUSALS: Readonly<Record<string, SharedKey>> = {
  NoRole: 'refusedNoRole',
  SeveralRoles: 'refusedSeveralRoles',
  Incomplete: 'refusedIncomplete',
  Failed: 'refusedFailed',
  Away: 'refusedAway',
};

/** What to do where nobody is signed in: go to the issuer at once, or ask first, with a reason. */
export function nextStep(search: string, isSignedOut: boolean): { reason: SharedKey; anew: boolean } | null {
  const refused = new URLSearchParams(search).get('refused');
  if (refused !== null) return { reason: REFUSALS[refused] ?? 'refusedFailed', anew: refused !== 'Away' };
  return isSignedOut ? { reason: 'signedOut', anew: false } : null;
}

/** Where a sign-in starts that comes back to this address. */
export function signInUrl(pathname: string, search: string, anew: boolean): string {
  const query = new URLSearchParams(search);
  query.delete('refused');
  const here = query.size > 0 ? `${pathname}?${query}` : pathname;
  return `${ROOT}/sign-in?to=${encodeURIComponent(here)}${anew ? '&anew=true' : ''}`;
}

/** Signed in by a cookie that no script reads: the server says who it is, and the issuer is where one signs in. */
export class OpenIdSession implements Session {
  private me: Claims | null = null;
  private bringing: Promise<string> | null = null;

  constructor(
    private readonly title: string | null,
    private readonly root: HTMLElement,
    private readonly now: () => number,
  ) {}

  claims(): Claims | null {
    return this.me;
  }

  async token(): Promise<string> {
    if (this.me && !isExpired(this.me, this.now())) return '';
    this.bringing ??= this.bring().finally(() => {
      this.bringing = null;
    });
    return this.bringing;
  }

  reject(): void {
    this.me = null;
  }

  signOut(): void {
    void this.leave();
  }

  private async bring(): Promise<string> {
    const response = await fetch('/auth/me');
    if (response.status === 401) return this.ask();
    if (!response.ok) throw new Error(`auth/me: ${response.status}`);
    const { expiresAt, ...me } = (await response.json()) as Me;
    this.me = { ...me, expiresAt: Date.parse(expiresAt) };
    return '';
  }

  /** The page goes elsewhere: whoever waits does so until then. */
  private ask(): Promise<string> {
    const step = nextStep(location.search, sessionStorage.getItem(SIGNED_OUT_KEY) !== null);
    if (step === null) this.go(false);
    else this.show(step.reason, step.anew);
    return new Promise(() => undefined);
  }

  private show(reason: SharedKey, anew: boolean): void {
    const { box, message } = openSignIn(this.root);
    message.textContent = t(reason);
    const label = t('signInAt', this.title ?? t('openIdTitle'));
    const button = el('button', { type: 'button', class: 'primary', 'data-testid': 'signin-openid' }, label);
    button.addEventListener('click', () => this.go(anew));
    box.append(button);
    if (reason === 'refusedAway') setTimeout(() => this.go(anew), AWAY_RETRY_MS);
  }

  private go(anew: boolean): void {
    sessionStorage.removeItem(SIGNED_OUT_KEY);
    location.assign(signInUrl(location.pathname, location.search, anew));
  }

  /** Here, and where the server says. */
  private async leave(): Promise<void> {
    const response = await fetch(`${ROOT}/sign-out`, { method: 'POST' }).catch(() => null);
    // A server that is away has signed nobody out.
    if (!response?.ok && response?.status !== 401) return;
    sessionStorage.setItem(SIGNED_OUT_KEY, 'true');
    const { url } = response.ok ? ((await response.json()) as { url: string }) : { url: '/' };
    location.assign(url);
  }
}
