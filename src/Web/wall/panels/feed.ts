import { el, setAttribute, setText } from '../../core/dom';
import { span } from '../../core/formats';
import type { Card } from '../../core/protocol';
import { type AreaState, newestFirst } from '../../core/store';
import { bindText, t, tName } from '../texts';
import { panel } from './panel';

/** Rows in the feed. More than fit on any wall; older cases are found by search, not here. */
export const FEED_ROWS_MAX = 40;

/** A step that has just changed stays lit this long. No fading: that would repaint the list on every frame. */
const CHANGED_SHOWN_MS = 2_000;

interface Row {
  readonly root: HTMLElement;
  readonly category: HTMLElement;
  readonly step: HTMLElement;
  readonly grid: HTMLElement;
  readonly age: HTMLElement;
  version: number;
  changedAt: number;
}

/** The newest open cases, newest first. A row stays where it is while its case moves on. */
export class FeedPanel {
  readonly root: HTMLElement;
  private readonly list = el('ol', { class: 'feed', 'data-testid': 'feed' });
  private readonly empty = bindText(el('p', { class: 'muted empty' }), 'noCases');
  private readonly rows = new Map<string, Row>();

  constructor(
    private readonly placeName: (grid: string) => string,
    private readonly categoryName: (category: string) => string,
    private readonly now: () => number,
  ) {
    const { root, body } = panel('feed', 'feed');
    body.append(this.empty, this.list);
    this.root = root;
  }

  paint(state: AreaState | null): void {
    const cards = state ? newestFirst(state.incidents.values()).slice(0, FEED_ROWS_MAX) : [];
    const shown = new Set(cards.map(card => card.id));
    for (const [id, row] of this.rows) {
      if (shown.has(id)) continue;
      row.root.remove();
      this.rows.delete(id);
    }
    this.empty.hidden = cards.length > 0 || state === null;
    let next: Element | null = this.list.firstElementChild;
    for (const card of cards) {
      const row = this.rows.get(card.id) ?? this.add(card);
      this.write(row, card);
      if (row.root === next) next = next.nextElementSibling;
      else this.list.insertBefore(row.root, next);
    }
  }

  private add(card: Card): Row {
    const [category, step, grid, age] = [el('b'), el('span', { class: 'step' }), el('span'), el('time')];
    const root = el('li', { 'data-testid': `feed-${card.id}`, class: `severity-${card.severity}`, title: card.id });
    root.append(el('div', {}, category, step), el('div', { class: 'where' }, grid, age));
    const row = { root, category, step, grid, age, version: card.version, changedAt: Number.NEGATIVE_INFINITY };
    this.rows.set(card.id, row);
    return row;
  }

  private write(row: Row, card: Card): void {
    setText(row.category, this.categoryName(card.category));
    setText(row.step, card.overdue ? `${tName('step', card.step)} · ${t('byOverdue')}` : tName('step', card.step));
    setText(row.grid, `${tName('line', card.line)} · ${this.placeName(card.grid)}`);
    setText(row.age, span(this.now() - Date.parse(card.reportedAt)));
    setAttribute(row.root, 'data-step', card.step);
    row.root.classList.toggle('overdue', card.overdue);
    if (row.version !== card.version) row.changedAt = this.now();
    row.version = card.version;
    row.root.classList.toggle('changed', this.now() - row.changedAt < CHANGED_SHOWN_MS);
  }
}
