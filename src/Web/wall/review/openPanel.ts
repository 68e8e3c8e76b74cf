import { el, setAttribute, setText } from '../../core/dom';
import { count } from '../../core/formats';
import type { Names } from '../../core/names';
import type { OpenCount, ReviewAnswer } from '../../core/protocol';
import { panel } from '../panels/panel';
import { fillRows } from '../panels/rows';
import { bindText, type TextKey } from '../texts';
import { AGES, type Age, sumOf } from './parts';

const NAMES: Readonly<Record<Age, TextKey>> = {
  week: 'ageWeek',
  fortnight: 'ageFortnight',
  month: 'ageMonth',
  longer: 'ageLonger',
};

/** What stayed open, by how long, and of which category. A category leads to what is about it alone. */
export class OpenPanel {
  readonly root: HTMLElement;
  private readonly total = el('strong', { 'data-testid': 'review-open' });
  private readonly bar = ageBar();
  private readonly ages = AGES.map(age => {
    const number = el('b', { 'data-testid': `age-${age}` });
    return { age, number, root: el('li', { class: `age-${age}` }, bindText(el('span'), NAMES[age]), number) };
  });
  private readonly list = el('div', { class: 'open-categories' });
  private readonly empty = bindText(el('p', { class: 'muted empty' }), 'noOpen');

  constructor(
    private readonly names: Names,
    private readonly pick: (category: string) => void,
  ) {
    const { root, head, body } = panel('review-open', 'reviewOpen');
    head.append(this.total);
    const ages = el('ul', { class: 'ages' }, ...this.ages.map(entry => entry.root));
    body.append(this.bar, ages, this.empty, this.list);
    this.root = root;
  }

  /** `all` has every category to choose from; `part` is what is chosen of it. */
  paint(all: ReviewAnswer | null, part: ReviewAnswer | null, chosen: string | null): void {
    const open = part?.open ?? null;
    setText(this.total, open === null ? '–' : count(open.count));
    setAttribute(this.total, 'data-value', open === null ? '' : String(open.count));
    for (const { age, number } of this.ages) setText(number, open === null ? '–' : count(open.ages[age]));
    writeBar(this.bar, open?.ages ?? null);
    const categories = all?.open.categories ?? [];
    this.empty.hidden = all === null || categories.length > 0;
    fillRows(
      this.list,
      categories,
      () => this.add(),
      (row, item) => this.write(row, item, item.category === chosen),
    );
  }

  private add(): HTMLButtonElement {
    const row = el('button', { type: 'button' }, el('span'), el('b'), ageBar());
    row.addEventListener('click', () => this.pick(row.dataset.category ?? ''));
    return row;
  }

  private write(row: HTMLButtonElement, item: OpenCount, isChosen: boolean): void {
    const [name, number, bar] = [...row.children] as HTMLElement[];
    if (!name || !number || !bar) return;
    setAttribute(row, 'data-category', item.category);
    setAttribute(row, 'data-testid', `category-${item.category}`);
    setAttribute(row, 'aria-pressed', String(isChosen));
    setText(name, this.names.category(item.category));
    setText(number, count(sumOf(item)));
    writeBar(bar, item);
  }
}

function ageBar(): HTMLElement {
  return el('i', { class: 'age-bar', 'aria-hidden': 'true' }, ...AGES.map(age => el('i', { class: `age-${age}` })));
}

function writeBar(bar: HTMLElement, open: OpenCount | null): void {
  AGES.forEach((age, index) => {
    (bar.children[index] as HTMLElement).style.flexGrow = String(open?.[age] ?? 0);
  });
}
