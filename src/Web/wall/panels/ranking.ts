import { el, setAttribute, setText } from '../../core/dom';
import { count } from '../../core/formats';
import type { AreaChild } from '../../core/protocol';
import type { AreaState } from '../../core/store';
import { t } from '../texts';
import { panel } from './panel';
import { Tabs } from './tabs';

export type RankBy = 'open' | 'overdue';

/** Children with the most first; equal ones keep the order of their codes. */
export function ranked(children: Iterable<AreaChild>, by: RankBy): AreaChild[] {
  return [...children].sort((a, b) => b.summary.incidents[by] - a.summary.incidents[by] || (a.code < b.code ? -1 : 1));
}

interface Row {
  readonly root: HTMLElement;
  readonly name: HTMLElement;
  readonly open: HTMLElement;
  readonly overdue: HTMLElement;
  readonly bar: HTMLElement;
}

/** The areas below, by open or overdue cases. A row leads down into its area. */
export class RankingPanel {
  readonly root: HTMLElement;
  private readonly list = el('div', { class: 'ranking', 'data-testid': 'ranking' });
  private readonly rows = new Map<string, Row>();
  private readonly tabs: Tabs<RankBy>;
  private by: RankBy = 'open';

  constructor(
    private readonly pick: (code: string) => void,
    private readonly hover: (code: string | null) => void,
    repaint: () => void,
  ) {
    const { root, head, body } = panel('ranking', 'ranking');
    const choices = new Map([
      ['open', 'byOpen'],
      ['overdue', 'byOverdue'],
    ] as const);
    this.tabs = new Tabs('ranking', 'ranking', choices, by => {
      this.by = by;
      repaint();
    });
    head.append(this.tabs.root);
    body.append(this.list);
    this.root = root;
  }

  paint(state: AreaState | null): void {
    this.tabs.paint(this.by);
    const children = state ? ranked(state.children.values(), this.by) : [];
    const shown = new Set(children.map(child => child.code));
    for (const [code, row] of this.rows) {
      if (shown.has(code)) continue;
      row.root.remove();
      this.rows.delete(code);
    }
    const most = Math.max(1, ...children.map(child => child.summary.incidents[this.by]));
    children.forEach((child, index) => {
      const row = this.rows.get(child.code) ?? this.add(child.code);
      const { open, overdue } = child.summary.incidents;
      setText(row.name, child.name);
      setText(row.open, count(open));
      setText(row.overdue, count(overdue));
      row.bar.style.transform = `scaleX(${child.summary.incidents[this.by] / most})`;
      row.root.style.setProperty('--rank', String(index));
      row.overdue.classList.toggle('zero', overdue === 0);
      const absent = child.summary.areas?.absent ?? 0;
      row.root.classList.toggle('absent', absent > 0);
      setAttribute(row.root, 'title', absent > 0 ? t('absent', absent) : '');
    });
    this.list.style.setProperty('--rows', String(children.length));
    this.list.dataset.by = this.by;
  }

  private add(code: string): Row {
    const [name, open, overdue] = [el('span'), el('b'), el('b', { class: 'overdue' })];
    const bar = el('i');
    const root = el('button', { type: 'button', 'data-testid': `rank-${code}` });
    root.append(name, open, overdue, bar);
    root.addEventListener('click', () => this.pick(code));
    root.addEventListener('mouseenter', () => this.hover(code));
    root.addEventListener('mouseleave', () => this.hover(null));
    this.list.append(root);
    const row = { root, name, open, overdue, bar };
    this.rows.set(code, row);
    return row;
  }
}
