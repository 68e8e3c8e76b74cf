import { el, setAttribute, setText } from '../../core/dom';
import { panel } from '../panels/panel';
import { fillRows } from '../panels/rows';
import { t } from '../texts';
import type { Below } from './parts';

/** The areas below, and how much repeats in each. A row leads down. */
export class BelowPanel {
  readonly root: HTMLElement;
  private readonly list = el('div', { class: 'below' });

  constructor(private readonly open: (code: string) => void) {
    const { root, body } = panel('review-below', 'areasBelow');
    body.append(this.list);
    this.root = root;
  }

  paint(areas: readonly Below[]): void {
    this.root.hidden = areas.length === 0;
    fillRows(
      this.list,
      areas,
      () => this.add(),
      (row, area) => {
        const [name, repeats] = [...row.children] as HTMLElement[];
        if (!name || !repeats) return;
        setAttribute(row, 'data-code', area.code);
        setAttribute(row, 'data-testid', `below-${area.code}`);
        setText(name, area.name);
        setText(repeats, area.repeats === 0 ? '' : t('repeatsHere', area.repeats));
      },
    );
  }

  private add(): HTMLButtonElement {
    const row = el('button', { type: 'button' }, el('span'), el('small'));
    row.addEventListener('click', () => this.open(row.dataset.code ?? ''));
    return row;
  }
}
