import { el, setAttribute, setText } from '../../core/dom';
import { count } from '../../core/formats';
import type { Summary } from '../../core/protocol';
import type { AreaState } from '../../core/store';
import { bindText, type TextKey } from '../texts';

interface Tile {
  readonly key: TextKey;
  readonly tone: string;
  readonly value: (summary: Summary) => number;
  readonly of?: (summary: Summary) => number;
}

const TILES: readonly Tile[] = [
  { key: 'open', tone: 'calm', value: s => s.incidents.open },
  { key: 'overdue', tone: 'bad', value: s => s.incidents.overdue },
  { key: 'reported', tone: 'warm', value: s => s.incidents.reportedToday },
  { key: 'closed', tone: 'good', value: s => s.incidents.closedToday },
  { key: 'onduty', tone: 'calm', value: s => s.workers.onDuty, of: s => s.workers.total },
  { key: 'alarms', tone: 'bad', value: s => s.alarms.open },
];

/** The six large numbers and the day's patrols. All come from the summary. */
export class TilesPanel {
  readonly root = el('section', { class: 'tiles' });
  private readonly tiles = TILES.map(tile => {
    const value = el('strong');
    const of = el('small');
    const root = el('div', { class: `tile tone-${tile.tone}`, 'data-testid': `tile-${tile.key}` });
    root.append(bindText(el('span'), tile.key), el('p', {}, value, of));
    return { tile, root, value, of };
  });
  private readonly patrolCount = el('b');
  private readonly patrolMissed = el('b', { class: 'missed' });
  private readonly patrolBar = el('i');

  constructor() {
    const patrols = el('div', { class: 'patrols', 'data-testid': 'patrols' });
    const missed = el('span', {}, this.patrolMissed, ' ', bindText(el('small'), 'patrolsMissed'));
    patrols.append(
      el('p', {}, bindText(el('span'), 'patrols'), this.patrolCount, missed),
      el('div', { class: 'meter' }, this.patrolBar),
    );
    this.root.append(...this.tiles.map(entry => entry.root), patrols);
  }

  paint(state: AreaState | null): void {
    const summary = state?.summary;
    for (const { tile, root, value, of } of this.tiles) {
      const number = summary ? tile.value(summary) : null;
      setText(value, number === null ? '–' : count(number));
      setText(of, summary && tile.of ? `/ ${count(tile.of(summary))}` : '');
      setAttribute(root, 'data-value', number === null ? '' : String(number));
      root.classList.toggle('zero', number === 0);
    }
    const { due = 0, done = 0, missed = 0 } = summary?.patrols ?? {};
    // `done` and `missed` are of the day, `due` is what waits now: together they are what had to be come to so far.
    const all = done + missed + due;
    setText(this.patrolCount, summary ? `${count(done)} / ${count(all)}` : '–');
    setText(this.patrolMissed, count(missed));
    this.patrolBar.style.width = `${all === 0 ? 0 : (100 * done) / all}%`;
  }
}
