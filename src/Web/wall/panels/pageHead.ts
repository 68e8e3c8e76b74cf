import type { Asked } from '../../core/asking';
import { el, setAttribute, setText } from '../../core/dom';
import { clockTime, span } from '../../core/formats';
import { standing } from '../../core/standing';
import type { Page } from '../route';
import { bindText, type TextKey, t } from '../texts';

/** What a refusal means to the person in front of the wall. */
function refusalText(status: number): TextKey {
  return status === 401 ? 'refusedToken' : status === 403 ? 'refusedPage' : 'refusedQuestion';
}

/**
 * The head of a page that is asked for: what it shows, when the server last answered, and the sheet. It also makes an
 * old answer look old, and hides what was refused.
 */
export class PageHead {
  readonly root = el('header', { class: 'page-head' });
  readonly message = el('p', { class: 'page-message', role: 'alert' });
  private readonly area = el('h2');
  private readonly span = el('span', { class: 'muted' });
  private readonly answered = el('p', { class: 'answered' });
  private readonly sheetButton = el('button', { type: 'button', class: 'sheet' });

  constructor(
    name: Page,
    private readonly page: HTMLElement,
    tools: readonly HTMLElement[],
    private readonly sheet: () => Promise<void>,
  ) {
    bindText(this.sheetButton, 'sheet');
    setAttribute(this.sheetButton, 'data-testid', `sheet-${name}`);
    this.sheetButton.addEventListener('click', () => void this.download());
    const right = el('div', { class: 'page-tools' }, this.answered, ...tools, this.sheetButton);
    this.root.append(el('div', { class: 'page-title' }, this.area, this.span), right);
    this.message.hidden = true;
  }

  /** `instead` is said in place of everything else. */
  paint(area: string, spanText: string, asked: Asked<unknown>, now: number, instead: TextKey | null = null): void {
    const state = standing(asked, now);
    setText(this.area, area);
    setText(this.span, spanText);
    setAttribute(this.page, 'data-state', instead === null ? state : 'instead');
    const age = asked.at === null ? '' : ` · ${t('dataAge', span(now - asked.at))}`;
    const since = asked.at === null ? '' : clockTime(asked.at);
    setText(this.answered, state === 'asking' ? t('asking') : state === 'fresh' ? t('answeredAt', since) + age : '');
    const text = instead === null ? this.wrong(asked, state === 'stale' ? since : null) : t(instead);
    setText(this.message, text);
    this.message.hidden = text === '';
    this.sheetButton.toggleAttribute('disabled', asked.value === null);
  }

  private wrong(asked: Asked<unknown>, since: string | null): string {
    if (asked.refusal) return `${t(refusalText(asked.refusal.status))} (${asked.refusal.status} ${asked.refusal.code})`;
    if (since !== null) return t('lastAnswer', since);
    return asked.failures > 0 ? t('noAnswer') : '';
  }

  private async download(): Promise<void> {
    this.sheetButton.setAttribute('aria-busy', 'true');
    try {
      await this.sheet();
      this.sheetButton.textContent = t('sheet');
    } catch {
      // The sheet is asked for by a person, who is told and can ask again.
      this.sheetButton.textContent = t('sheetFailed');
    } finally {
      this.sheetButton.removeAttribute('aria-busy');
    }
  }
}
