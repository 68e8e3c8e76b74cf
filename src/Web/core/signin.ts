import { AccountForm, isSignedInByAccount, leaveAccount, refreshAccount } from './account';
import { el } from './dom';
import { language } from './i18n';
import type { DevUser, IssuedToken, PageConfig } from './protocol';
import { type Claims, isExpired, postJson, type Session } from './session';
import { bindText, type SharedKey, t } from './texts';

const TOKEN_KEY = 'gridmesh.token';
const USER_KEY = 'gridmesh.user';

/** Reads what a token says about its bearer; null if it is no token of ours. The server alone decides if it holds. */
export function readClaims(token: string): Claims | null {
  try {
    const payload = token.split('.')[1] ?? '';
    const bytes = Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), c => c.charCodeAt(0));
    const claims: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (typeof claims !== 'object' || claims === null) return null;
    const { area, name, sub, role, exp } = claims as Record<string, unknown>;
    if (typeof area !== 'string') return null;
    return {
      area,
      name: String(name ?? sub ?? ''),
      role: String(role ?? ''),
      expiresAt: typeof exp === 'number' ? exp * 1_000 : null,
    };
  } catch {
    // Whatever was pasted is not a JWT; the caller says so to the person.
    return null;
  }
}

/** The page over the wall where somebody signs in; `message` is empty at first. */
export function openSignIn(root: HTMLElement) {
  const message = el('p', { class: 'signin-message', role: 'alert' });
  const page = el('main', { class: 'signin', 'data-testid': 'signin' });
  const box = el('section', { class: 'signin-box' });
  box.append(el('h1', {}, document.title), message);
  page.append(box);
  root.append(page);
  return { page, box, message };
}

/**
 * Signed in by a token that the page holds: of an account, for a demonstration user, or one that a person brings. One of
 * an account lives minutes and comes anew by a cookie.
 */
export class TokenSession implements Session {
  private bringing: Promise<string> | null = null;

  constructor(
    private readonly config: PageConfig,
    private readonly root: HTMLElement,
    private readonly now: () => number,
  ) {}

  claims(): Claims | null {
    const token = sessionStorage.getItem(TOKEN_KEY);
    return token === null ? null : readClaims(token);
  }

  /** A token that is valid for now: the held one, a renewed one, or one that the person brings. */
  async token(): Promise<string> {
    const held = sessionStorage.getItem(TOKEN_KEY);
    const claims = held === null ? null : readClaims(held);
    if (held !== null && claims && !isExpired(claims, this.now())) return held;
    // Whoever needs a token meanwhile waits for the same one: one page, one renewal.
    this.bringing ??= this.bring(held === null ? null : 'signInExpired').finally(() => {
      this.bringing = null;
    });
    return this.bringing;
  }

  /** The server refused the token: forget it, so that the next one is new; one that has come meanwhile stays. */
  reject(token: string | null = null): void {
    if (token === null || token === sessionStorage.getItem(TOKEN_KEY)) sessionStorage.removeItem(TOKEN_KEY);
  }

  signOut(): void {
    void this.leave();
  }

  private async leave(): Promise<void> {
    if (isSignedInByAccount() && !(await leaveAccount())) return;
    sessionStorage.removeItem(TOKEN_KEY);
    sessionStorage.removeItem(USER_KEY);
    location.assign(location.pathname);
  }

  private async bring(reason: SharedKey | null): Promise<string> {
    const token = (await this.renewed()) ?? (await this.ask(reason));
    sessionStorage.setItem(TOKEN_KEY, token);
    return token;
  }

  private async renewed(): Promise<string | null> {
    if (isSignedInByAccount()) return refreshAccount();
    const user = sessionStorage.getItem(USER_KEY);
    if (!this.config.development || user === null) return null;
    return this.issue(JSON.parse(user) as DevUser);
  }

  /** Null when the server says no; a server that is away is an error, and whoever needs the token tries again. */
  private async issue(user: DevUser): Promise<string | null> {
    const response = await postJson('/dev/tokens', { role: user.role, area: user.area, worker: user.worker });
    if (!response.ok) return null;
    sessionStorage.setItem(USER_KEY, JSON.stringify(user));
    return ((await response.json()) as IssuedToken).token;
  }

  private async ask(reason: SharedKey | null): Promise<string> {
    const { page, box, message } = openSignIn(this.root);
    if (reason) message.textContent = t(reason);
    try {
      if (!this.config.development && !this.config.accounts) return await this.paste(box, message);
      return await new Promise<string>((resolve, reject) => {
        if (this.config.development) this.choose(box, message).then(resolve, reject);
        if (this.config.accounts) this.byAccount(box, message, resolve);
      });
    } finally {
      page.remove();
    }
  }

  private async choose(box: HTMLElement, message: HTMLElement): Promise<string> {
    const response = await fetch('/dev/users');
    const users = (await response.json()) as DevUser[];
    const list = el('div', { class: 'signin-users' });
    box.append(bindText(el('p', { class: 'muted' }), 'signInChoose'), list);
    return new Promise(resolve => {
      for (const user of users) {
        const label = language() === 'zh' ? user.label : user.labelEn;
        const button = el('button', { type: 'button', 'data-testid': `signin-${user.role}-${user.area}` });
        button.append(el('strong', {}, label), el('span', {}, `${user.role} · ${user.area}`));
        button.addEventListener('click', async () => {
          const token = await this.issue(user).catch(() => null);
          if (token !== null) resolve(token);
          else message.textContent = t('signInFailed');
        });
        list.append(button);
      }
    });
  }

  /** Beside it, for a screen that nobody sits at, a token that was made for it; in Development people are to choose. */
  private byAccount(box: HTMLElement, message: HTMLElement, resolve: (token: string) => void): void {
    const form = new AccountForm(message, resolve);
    const other = el('details', { class: 'signin-other', 'data-testid': 'signin-other' });
    if (this.config.development) {
      other.append(bindText(el('summary'), 'signInByAccount'), form.root);
      box.append(other);
      return;
    }
    other.append(bindText(el('summary'), 'signInByToken'));
    box.append(form.root, other);
    void this.paste(other, message).then(resolve);
  }

  private paste(box: HTMLElement, message: HTMLElement): Promise<string> {
    const input = el('textarea', { rows: '5', spellcheck: 'false', 'data-testid': 'signin-token' });
    bindText(input, 'signInPaste', 'aria-label');
    const button = bindText(el('button', { type: 'submit', class: 'primary' }), 'signIn');
    const form = el('form', {}, bindText(el('p', { class: 'muted' }), 'signInPaste'), input, button);
    box.append(form);
    return new Promise(resolve => {
      form.addEventListener('submit', event => {
        event.preventDefault();
        const token = input.value.trim().replace(/^Bearer\s+/i, '');
        const claims = readClaims(token);
        if (claims === null || isExpired(claims, this.now())) {
          message.textContent = t('signInBad');
          return;
        }
        resolve(token);
      });
    });
  }
}
