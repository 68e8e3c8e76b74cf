import { el, setAttribute, setText } from '../../core/dom';
import { count } from '../../core/formats';
import type { Names } from '../../core/names';
import type { ReviewAnswer, SharedItem } from '../../core/protocol';
import { fillRows } from '../panels/rows';
import { t } from '../texts';
import { ReviewList } from './reviewList';

/** What several areas below share, and so goes up. An area leads down into it. */
export class SharedPanel {
  readonly root: HTMLElement;
  private readonly list: ReviewList<SharedItem>;

  constructor(
    private readonly names: Names,
    private readonly pick: (category: string) => void,
    private readonly open: (code: string) => void,
  ) {
    this.list = new ReviewList('shared', 'reviewShared', 'noShared', () => this.add());
    this.root = this.list.root;
  }

  paint(answer: ReviewAnswer | null): void {
    this.list.paint(answer?.shared ?? null, (row, item) => this.write(row, item));
  }

  private add(): HTMLElement {
    const category = el('button', { type: 'button', class: 'category' });
    const row = el('li', {}, el('strong'), category, el('div', { class: 'chips' }));
    category.addEventListener('click', () => this.pick(row.dataset.category ?? ''));
    return row;
  }

  private write(row: HTMLElement, item: SharedItem): void {
    const [cases, category, chips] = [...row.children] as HTMLElement[];
    if (!cases || !category || !chips) return;
    setAttribute(row, 'data-category', item.category);
    setText(cases, t('times', count(item.cases)));
    setText(category, this.names.category(item.category));
    fillRows(
      chips,
      item.children,
      () => this.chip(),
      (chip, child) => {
        setAttribute(chip, 'data-code', child.code);
        setText(chip, `${this.names.place(child.code)} ${count(child.cases)}`);
      },
    );
  }

  private chip(): HTMLButtonElement {
    const chip = el('button', { type: 'button' });
    chip.addEventListener('click', () => this.open(chip.dataset.code ?? ''));
    return chip;
  }
}
