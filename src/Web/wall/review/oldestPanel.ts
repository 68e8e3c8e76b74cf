import { el, setAttribute, setText } from '../../core/dom';
import { span } from '../../core/formats';
import type { Names } from '../../core/names';
import type { OpenItem, ReviewAnswer } from '../../core/protocol';
import { bindText, t, tName } from '../texts';
import { ReviewList } from './reviewList';

/** From so many whole days on a case is shown as one that somebody must speak about. */
const LONG_DAYS = 15;

/** The cases that have been open the longest. A row leads to its grid on the live map. */
export class OldestPanel {
  readonly root: HTMLElement;
  private readonly list: ReviewList<OpenItem>;

  constructor(
    private readonly names: Names,
    private readonly showPlace: (grid: string) => void,
  ) {
    this.list = new ReviewList('oldest', 'reviewOldest', 'noOpen', () => this.add());
    this.root = this.list.root;
  }

  paint(answer: ReviewAnswer | null, now: number): void {
    this.list.paint(answer?.open.oldest ?? null, (row, item) => this.write(row, item, now));
  }

  private add(): HTMLElement {
    const [days, category, step, where, owner] = [
      el('strong'),
      el('b'),
      el('span', { class: 'step' }),
      el('span'),
      el('span'),
    ];
    const what = el('span', { class: 'what' }, category, step);
    const button = el('button', { type: 'button' }, days, what, el('span', { class: 'where' }, where, owner));
    bindText(button, 'showPlace', 'title');
    button.addEventListener('click', () => this.showPlace(button.dataset.grid ?? ''));
    return el('li', {}, button);
  }

  private write(row: HTMLElement, item: OpenItem, now: number): void {
    const button = row.querySelector('button');
    const [days, category, step, where, owner] = [
      ...row.querySelectorAll<HTMLElement>('strong, b, .step, .where > span'),
    ];
    if (!button || !days || !category || !step || !where || !owner) return;
    setAttribute(button, 'data-testid', `oldest-${item.id}`);
    setAttribute(button, 'data-grid', item.grid);
    setAttribute(button, 'data-step', item.step);
    button.classList.toggle('overdue', item.overdue);
    button.classList.toggle('long', item.daysOpen > LONG_DAYS);
    setText(days, span(now - Date.parse(item.reportedAt)));
    setText(category, this.names.category(item.category));
    setText(step, item.overdue ? `${tName('step', item.step)} · ${t('byOverdue')}` : tName('step', item.step));
    setText(where, `${this.names.place(item.grid)} · ${item.id}`);
    setText(owner, item.owner ?? '');
  }
}
