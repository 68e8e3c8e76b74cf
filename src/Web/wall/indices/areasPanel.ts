import { el, setAttribute, setText } from '../../core/dom';
import type { KpiChild, RateName } from '../../core/protocol';
import { panel } from '../panels/panel';
import { fillRows } from '../panels/rows';
import { bindText } from '../texts';
import { RATES, type Rate, rateCell } from './rates';
import { sortedAreas } from './sorting';

/** What a person looks at first: whether cases end in time. */
const FIRST: RateName = 'onTimeClosing';

/** The areas below, by a chosen rate. A row leads down into its area. */
export class AreasPanel {
  readonly root: HTMLElement;
  private readonly rows = el('tbody');
  private readonly empty = bindText(el('p', { class: 'muted empty' }), 'noData');
  private readonly heads: readonly { rate: Rate; cell: HTMLElement }[];
  private by = FIRST;
  private bestFirst = true;

  constructor(
    private readonly pick: (code: string) => void,
    private readonly repaint: () => void,
  ) {
    const { root, head, body } = panel('areas', 'areasBelow');
    head.append(bindText(el('small', { class: 'muted' }), 'sortHint'));
    this.heads = RATES.map(rate => {
      const button = bindText(el('button', { type: 'button', 'data-testid': `sort-${rate.key}` }), rate.short);
      bindText(button, rate.name, 'title');
      button.addEventListener('click', () => this.sort(rate.key));
      return { rate, cell: el('th', { scope: 'col' }, button) };
    });
    const first = bindText(el('th', { scope: 'col' }), 'area');
    const heads = el('tr', {}, first, ...this.heads.map(entry => entry.cell));
    body.append(el('table', { class: 'areas' }, el('thead', {}, heads), this.rows), this.empty);
    this.root = root;
  }

  paint(areas: readonly KpiChild[] | null): void {
    const chosen = this.heads.find(entry => entry.rate.key === this.by) ?? this.heads[0];
    if (!chosen) return;
    const rising = chosen.rate.rises !== this.bestFirst;
    for (const { rate, cell } of this.heads) {
      setAttribute(cell, 'aria-sort', rate !== chosen.rate ? 'none' : rising ? 'ascending' : 'descending');
    }
    const sorted = sortedAreas(areas ?? [], chosen.rate, this.bestFirst);
    this.empty.hidden = areas === null || areas.length > 0;
    fillRows(
      this.rows,
      sorted,
      () => this.add(),
      (row, area) => this.write(row, area),
    );
  }

  private sort(by: RateName): void {
    this.bestFirst = by !== this.by || !this.bestFirst;
    this.by = by;
    this.repaint();
  }

  private add(): HTMLTableRowElement {
    const name = el('th', { scope: 'row' }, el('button', { type: 'button' }));
    const row = el('tr', {}, name, ...RATES.map(() => el('td')));
    row.addEventListener('click', () => this.pick(row.dataset.code ?? ''));
    return row;
  }

  private write(row: HTMLTableRowElement, area: KpiChild): void {
    setAttribute(row, 'data-code', area.code);
    const button = row.querySelector('button');
    if (button) {
      setText(button, area.name);
      setAttribute(button, 'data-testid', `area-${area.code}`);
    }
    RATES.forEach((rate, index) => {
      const cell = row.children[index + 1] as HTMLElement;
      setText(cell, rateCell(rate.kind, area.rates[rate.key]));
      cell.classList.toggle('chosen', rate.key === this.by);
    });
  }
}
