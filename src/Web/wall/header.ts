import { el, setText } from '../core/dom';
import { language, setLanguage } from '../core/i18n';
import type { Session } from '../core/session';
import type { Breadcrumb } from './panels/breadcrumb';
import type { StalenessPanel } from './panels/staleness';
import { bindText } from './texts';

/** The top of the wall: what it is, where it stands, how fresh it is, what time it is. */
export class Header {
  readonly root = el('header', { class: 'top' });
  private readonly day = el('span');
  private readonly time = el('strong');

  constructor(
    session: Session,
    pages: HTMLElement,
    breadcrumb: Breadcrumb,
    staleness: StalenessPanel,
    relabelled: () => void,
  ) {
    const languageButton = bindText(el('button', { type: 'button', 'data-testid': 'language' }), 'language');
    bindText(languageButton, 'languageLabel', 'aria-label');
    languageButton.addEventListener('click', () => {
      setLanguage(language() === 'zh' ? 'en' : 'zh', true);
      relabelled();
    });
    const signOut = bindText(el('button', { type: 'button', 'data-testid': 'signout' }), 'signOut');
    signOut.addEventListener('click', () => session.signOut());
    const brand = el('div', { class: 'brand' }, el('i', { class: 'logo', 'aria-hidden': 'true' }));
    brand.append(bindText(el('h1'), 'title'));
    const clock = el('div', { class: 'clock' }, this.day, this.time);
    const right = el('div', { class: 'top-right' }, staleness.root, clock, languageButton, signOut);
    this.root.append(brand, pages, breadcrumb.root, right);
  }

  paintClock(now: Date): void {
    const locale = language() === 'zh' ? 'zh-CN' : 'en-GB';
    setText(this.day, now.toLocaleDateString(locale, { weekday: 'short', month: 'short', day: 'numeric' }));
    setText(this.time, now.toLocaleTimeString(locale, { hour12: false }));
  }
}
