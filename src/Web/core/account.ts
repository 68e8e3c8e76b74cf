import { el } from './dom';
import type { IssuedToken, Problem } from './protocol';
import { postJson } from './session';
import { bindText, type SharedKey, t } from './texts';

/** That a cookie, which no script reads, may bring the next token. */
const SIGNED_IN_KEY = 'gridmesh.account';

export function isSignedInByAccount(): boolean {
  return localStorage.getItem(SIGNED_IN_KEY) !== null;
}

/** The next token of the session; null when it has ended. A server that is away is an error. */
export async function refreshAccount(): Promise<string | null> {
  const response = await fetch('/auth/refresh', { method: 'POST' });
  if (response.ok) return ((await response.json()) as IssuedToken).token;
  if (response.status !== 403) throw new Error(`auth/refresh: ${response.status}`);
  localStorage.removeItem(SIGNED_IN_KEY);
  return null;
}

/** False when the server was away: it has signed nobody out. */
export async function leaveAccount(): Promise<boolean> {
  const response = await fetch('/auth/sign-out', { method: 'POST' }).catch(() => null);
  if (!response?.ok) return false;
  localStorage.removeItem(SIGNED_IN_KEY);
  return true;
}

/** Why the server signed nobody in, in the words of the page. */
export function refusalOf(status: number, code: string | undefined): SharedKey {
  if (status === 429) return 'signInWait';
  if (code === 'PasswordHasToBeChanged') return 'passwordFirst';
  return status === 400 || code === 'SignInRefused' ? 'signInRefused' : 'signInFailed';
}

/** Name, password and code; the first password is changed on the way. Nothing typed is kept but in the fields. */
export class AccountForm {
  readonly root: HTMLFormElement;
  private readonly name = field('text', 'signin-name', 'username');
  private readonly password = field('password', 'signin-password', 'current-password');
  private readonly code = field('text', 'signin-code', 'one-time-code');
  private readonly next = field('password', 'signin-new', 'new-password');
  private readonly again = field('password', 'signin-again', 'new-password');
  private readonly changing: HTMLElement;
  private readonly button = el('button', { type: 'submit', class: 'primary', 'data-testid': 'signin-account' });

  constructor(
    private readonly message: HTMLElement,
    private readonly done: (token: string) => void,
  ) {
    this.name.maxLength = 64;
    this.code.maxLength = 6;
    this.code.inputMode = 'numeric';
    for (const input of [this.password, this.next, this.again]) input.maxLength = 128;
    this.changing = el('div', { class: 'signin-changing', hidden: '' });
    this.changing.append(label('passwordNew', this.next), label('passwordAgain', this.again));
    this.root = el('form', { class: 'signin-account' });
    this.root.append(
      label('accountName', this.name),
      label('password', this.password),
      label('oneTimeCode', this.code),
      this.changing,
      bindText(this.button, 'signIn'),
    );
    this.root.addEventListener('submit', event => {
      event.preventDefault();
      void this.submit();
    });
  }

  private async submit(): Promise<void> {
    if (!this.name.value.trim() || !this.password.value) return this.say('signInIncomplete');
    this.button.disabled = true;
    try {
      await (this.changing.hidden ? this.signIn() : this.change());
    } catch {
      this.say('signInFailed');
    } finally {
      this.button.disabled = false;
    }
  }

  private async signIn(): Promise<void> {
    const response = await postJson('/auth/sign-in', this.given());
    if (response.ok) {
      localStorage.setItem(SIGNED_IN_KEY, 'true');
      const { token } = (await response.json()) as IssuedToken;
      return this.done(token);
    }
    const why = refusalOf(response.status, (await problemOf(response)).code);
    this.say(why);
    if (why === 'passwordFirst') this.show(true);
  }

  private async change(): Promise<void> {
    if (this.next.value !== this.again.value) return this.say('passwordsDiffer');
    const response = await postJson('/auth/password', { ...this.given(), newPassword: this.next.value });
    if (!response.ok) {
      const problem = await problemOf(response);
      const isWeak = problem.errors?.newPassword !== undefined;
      return this.say(isWeak ? 'passwordWeak' : refusalOf(response.status, problem.code));
    }
    this.password.value = this.next.value;
    const hadCode = this.code.value !== '';
    this.code.value = '';
    this.show(false);
    if (!hadCode) return this.signIn();
    // A code is good once: the next one of the app signs in.
    this.say('passwordChanged');
    this.code.focus();
  }

  private show(isChanging: boolean): void {
    this.changing.hidden = !isChanging;
    this.next.value = '';
    this.again.value = '';
    bindText(this.button, isChanging ? 'passwordChange' : 'signIn');
    if (isChanging) this.next.focus();
  }

  private given(): { name: string; password: string; code: string | null } {
    return { name: this.name.value.trim(), password: this.password.value, code: this.code.value.trim() || null };
  }

  private say(key: SharedKey): void {
    this.message.textContent = t(key);
  }
}

async function problemOf(response: Response): Promise<Problem> {
  return (await response.json().catch(() => ({}))) as Problem;
}

function field(type: string, testId: string, autocomplete: AutoFill): HTMLInputElement {
  const input = el('input', { type, 'data-testid': testId, spellcheck: 'false' });
  input.autocomplete = autocomplete;
  return input;
}

function label(key: SharedKey, input: HTMLInputElement): HTMLElement {
  const root = el('label', {});
  root.append(bindText(el('span'), key), input);
  return root;
}
