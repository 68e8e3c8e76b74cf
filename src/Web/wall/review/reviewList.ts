import { el } from '../../core/dom';
import { panel } from '../panels/panel';
import { fillRows } from '../panels/rows';
import { bindText, type TextKey } from '../texts';

/** A panel with one part of the review as a list, which says so when there is nothing in it. */
export class ReviewList<T> {
  readonly root: HTMLElement;
  private readonly list: HTMLElement;
  private readonly empty: HTMLElement;

  constructor(
    name: string,
    title: TextKey,
    nothing: TextKey,
    private readonly make: () => HTMLElement,
  ) {
    const { root, body } = panel(`review-${name}`, title);
    this.list = el('ol', { class: 'review-list', 'data-testid': name });
    this.empty = bindText(el('p', { class: 'muted empty' }), nothing);
    body.append(this.empty, this.list);
    this.root = root;
  }

  /** Null while there is no answer: then nothing is claimed. */
  paint(items: readonly T[] | null, write: (row: HTMLElement, item: T) => void): void {
    this.empty.hidden = items === null || items.length > 0;
    fillRows(this.list, items ?? [], this.make, write);
  }
}
