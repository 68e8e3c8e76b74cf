import { el, setAttribute, setText } from '../../core/dom';
import { count } from '../../core/formats';
import type { Names } from '../../core/names';
import type { RepeatItem, ReviewAnswer } from '../../core/protocol';
import { bindText, t } from '../texts';
import { ReviewList } from './reviewList';

/** What comes again and again in one grid: the category leads to what is about it, the place to the live map. */
export class RepeatsPanel {
  readonly root: HTMLElement;
  private readonly list: ReviewList<RepeatItem>;

  constructor(
    private readonly names: Names,
    private readonly pick: (category: string) => void,
    private readonly showPlace: (grid: string) => void,
  ) {
    this.list = new ReviewList('repeats', 'reviewRepeats', 'noRepeats', () => this.add());
    this.root = this.list.root;
  }

  paint(answer: ReviewAnswer | null): void {
    this.list.paint(answer?.repeats ?? null, (row, item) => this.write(row, item));
  }

  private add(): HTMLElement {
    const category = el('button', { type: 'button', class: 'category' });
    const place = bindText(el('button', { type: 'button', class: 'place' }), 'showPlace', 'title');
    const row = el('li', {}, el('strong'), category, place, el('small'));
    category.addEventListener('click', () => this.pick(row.dataset.category ?? ''));
    place.addEventListener('click', () => this.showPlace(row.dataset.grid ?? ''));
    return row;
  }

  private write(row: HTMLElement, item: RepeatItem): void {
    const [cases, category, place, spot] = [...row.children] as HTMLElement[];
    if (!cases || !category || !place || !spot) return;
    setAttribute(row, 'data-testid', `repeat-${item.grid}-${item.category}`);
    setAttribute(row, 'data-category', item.category);
    setAttribute(row, 'data-grid', item.grid);
    setAttribute(row, 'data-value', String(item.cases));
    setText(cases, t('times', count(item.cases)));
    setText(category, this.names.category(item.category));
    setText(place, this.names.place(item.grid));
    setText(spot, item.isSpot ? t('spot', count(item.inSpot)) : '');
  }
}
