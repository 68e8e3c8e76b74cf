import { el, setText } from '../../core/dom';
import { span } from '../../core/formats';
import type { WorkerDot, WorkerStatus } from '../../core/protocol';
import type { AreaState } from '../../core/store';
import { bindText, tName } from '../texts';
import { panel } from './panel';

/** Workers listed for a grid; a grid has about ten. */
const ROSTER_ROWS_MAX = 40;
const ORDER: Readonly<Record<WorkerStatus, number>> = { Silent: 0, OnDuty: 1, OffDuty: 2 };

/** Who needs attention first: silent ones, then those on duty. */
export function rostered(workers: Iterable<WorkerDot>): WorkerDot[] {
  return [...workers]
    .sort((a, b) => ORDER[a.status] - ORDER[b.status] || (a.id < b.id ? -1 : 1))
    .slice(0, ROSTER_ROWS_MAX);
}

/** On the grid, which has no areas below: its workers and when each was last heard of. */
export class RosterPanel {
  readonly root: HTMLElement;
  private readonly list = el('ul', { class: 'roster', 'data-testid': 'roster' });
  private readonly empty = bindText(el('p', { class: 'muted empty' }), 'noWorkers');

  constructor(private readonly now: () => number) {
    const { root, body } = panel('roster', 'roster');
    body.append(this.empty, this.list);
    this.root = root;
  }

  paint(state: AreaState | null): void {
    const workers = state ? rostered(state.workers.values()) : [];
    this.empty.hidden = workers.length > 0 || state === null;
    while (this.list.children.length > workers.length) this.list.lastElementChild?.remove();
    workers.forEach((worker, index) => {
      const row = this.list.children[index] ?? this.list.appendChild(el('li', {}, el('b'), el('span'), el('time')));
      const [id, status, age] = [...row.children] as HTMLElement[];
      if (!id || !status || !age) return;
      row.className = `worker-${worker.status}`;
      setText(id, worker.id);
      setText(status, tName('worker', worker.status));
      setText(age, span(this.now() - Date.parse(worker.at)));
    });
  }
}
