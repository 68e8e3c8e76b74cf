import { CATEGORIES, TOP } from './district.mjs';
import { seeded } from './geometry.mjs';

/**
 * @typedef {import('../../core/protocol').Card} Card
 * @typedef {import('../../core/protocol').WorkerDot} WorkerDot
 * @typedef {import('../../core/protocol').Step} Step
 * @typedef {import('./district.mjs').Area} Area
 * @typedef {{ cards: Set<Card>, gone: Set<string>, workers: Set<WorkerDot>, areas: Set<string> }} Touched
 */

const WORKERS = 4_100;
const REPORT_EVERY_S = 5;
const OPEN_AT_START = 2_600;
const OPEN_TARGET = 3_000;
const WALK_DEGREES = 0.00025;
/** @type {Readonly<Record<string, Step>>} */
const NEXT = {
  Reported: 'Dispatched',
  Dispatched: 'Handling',
  Returned: 'Dispatched',
  Handling: 'Inspecting',
  Inspecting: 'Feedback',
  Feedback: 'Closed',
};

/** The invented life of the district: cases come and move on, workers walk. */
export class Life {
  /** @type {Map<string, Card>} */ cards = new Map();
  /** @type {WorkerDot[]} */ workers = [];
  /** @type {Map<string, string>} */ gridOf = new Map();
  /** @type {Map<string, ReturnType<typeof emptySummary>>} */ summaries = new Map();
  random = seeded(20240607);
  issued = 0;
  owed = 0;
  turn = 0;

  /** @param {Map<string, Area>} areas */
  constructor(areas) {
    this.areas = areas;
    this.grids = [...areas.values()].filter(area => area.tier === 'Grid');
    for (const code of areas.keys()) this.summaries.set(code, emptySummary());
    const touched = nothing();
    const now = Date.now();
    for (let i = 0; i < OPEN_AT_START; i++) this.report(touched, now - this.random() * 8 * 3_600_000);
    for (let i = 0; i < OPEN_AT_START * 2.2; i++) this.advance(touched);
    this.staff(now);
  }

  /**
   * One step of life.
   * @param {number} seconds @param {number} casesPerSecond @returns {Touched}
   */
  step(seconds, casesPerSecond) {
    const touched = nothing();
    this.owed += seconds * casesPerSecond;
    for (; this.owed >= 1; this.owed--) {
      this.report(touched, Date.now());
      const moves = this.cards.size > OPEN_TARGET ? 7 : 5;
      for (let i = 0; i < moves; i++) this.advance(touched);
    }
    const reports = Math.round((WORKERS * seconds) / REPORT_EVERY_S);
    for (let i = 0; i < reports; i++) this.walk(touched);
    return touched;
  }

  /** @param {string} code @param {(summary: ReturnType<typeof emptySummary>) => void} change @param {Touched} touched */
  climb(code, change, touched) {
    for (const length of [15, 12, 9, 6]) {
      const area = code.slice(0, length);
      const summary = this.summaries.get(area);
      if (summary) change(summary);
      touched.areas.add(area);
    }
  }

  /** @param {Touched} touched @param {number} at */
  report(touched, at) {
    // Squaring makes some grids much busier than others, as in life.
    const grid = this.grids[Math.floor(this.random() ** 2 * this.grids.length)];
    const category = CATEGORIES[Math.floor(this.random() * CATEGORIES.length)];
    if (!grid || !category) return;
    const dice = this.random();
    const id = `${grid.code}-${String(++this.issued).padStart(6, '0')}`;
    /** @type {Card} */
    const card = {
      id,
      grid: grid.code,
      step: 'Reported',
      version: 1,
      category: category.code,
      line: category.line,
      severity: dice < 0.03 ? 'Major' : dice < 0.15 ? 'Urgent' : 'Normal',
      position: this.inside(grid),
      reportedAt: new Date(at).toISOString(),
      dueAt: new Date(at + 4 * 3_600_000).toISOString(),
      overdue: Date.now() - at > 7.4 * 3_600_000,
      owner: null,
      desk: grid.code,
    };
    this.cards.set(id, card);
    touched.cards.add(card);
    this.climb(card.grid, s => count(s, card, 1), touched);
    this.climb(card.grid, s => s.incidents.reportedToday++, touched);
  }

  /** @param {Touched} touched */
  advance(touched) {
    const ids = this.order();
    const id = ids[Math.floor(this.random() * ids.length)];
    const card = id === undefined ? undefined : this.cards.get(id);
    if (!card) return;
    const back = card.step === 'Dispatched' && this.random() < 0.08;
    const step = back ? 'Returned' : (NEXT[card.step] ?? 'Closed');
    this.climb(card.grid, s => count(s, card, -1), touched);
    touched.cards.delete(card);
    if (step === 'Closed') {
      this.cards.delete(card.id);
      touched.gone.add(card.id);
      this.climb(card.grid, s => s.incidents.closedToday++, touched);
      return;
    }
    const next = { ...card, step, version: card.version + 1 };
    this.cards.set(card.id, next);
    touched.cards.add(next);
    this.climb(card.grid, s => count(s, next, 1), touched);
  }

  /** Keys of the open cases, refreshed now and then: picking one at random needs no exact list. */
  order() {
    if (this.turn++ % 200 === 0 || !this.keys) this.keys = [...this.cards.keys()];
    return this.keys;
  }

  /** @param {number} now */
  staff(now) {
    const touched = nothing();
    for (let i = 0; i < WORKERS; i++) {
      const grid = this.grids[i % this.grids.length];
      if (!grid) continue;
      const dice = this.random();
      const status = dice < 0.82 ? 'OnDuty' : dice < 0.98 ? 'OffDuty' : 'Silent';
      const { lng, lat } = this.inside(grid);
      const id = `W${String(i + 1).padStart(5, '0')}`;
      this.workers.push({ id, lng, lat, status, at: new Date(now).toISOString() });
      this.gridOf.set(id, grid.code);
      this.climb(grid.code, s => s.workers.total++, touched);
      if (status !== 'OffDuty') this.climb(grid.code, s => s.workers.onDuty++, touched);
      if (status === 'Silent') this.climb(grid.code, s => s.alarms.open++, touched);
    }
    for (const grid of this.grids) {
      const done = Math.floor(this.random() * 9);
      const summed = (/** @type {ReturnType<typeof emptySummary>} */ summary) => {
        summary.patrols.due += 8;
        summary.patrols.done += Math.min(8, done);
      };
      this.climb(grid.code, summed, touched);
      if (done < 1) this.climb(grid.code, s => s.patrols.missed++, touched);
    }
  }

  /** @param {Touched} touched */
  walk(touched) {
    this.walker = ((this.walker ?? 0) + 1) % this.workers.length;
    const worker = this.workers[this.walker];
    if (worker?.status !== 'OnDuty') return;
    const home = this.areas.get(this.gridOf.get(worker.id) ?? TOP)?.centre ?? [worker.lng, worker.lat];
    const next = {
      ...worker,
      lng: worker.lng + (this.random() - 0.5) * 2 * WALK_DEGREES + (home[0] - worker.lng) * 0.01,
      lat: worker.lat + (this.random() - 0.5) * 2 * WALK_DEGREES + (home[1] - worker.lat) * 0.01,
      at: new Date().toISOString(),
    };
    this.workers[this.walker] = next;
    touched.workers.add(next);
  }

  /** Somewhere in a grid: near its centre, towards one of its corners. @param {Area} grid */
  inside(grid) {
    const corner = grid.ring[Math.floor(this.random() * grid.ring.length)] ?? grid.centre;
    const share = Math.sqrt(this.random()) * 0.8;
    return {
      lng: grid.centre[0] + (corner[0] - grid.centre[0]) * share,
      lat: grid.centre[1] + (corner[1] - grid.centre[1]) * share,
    };
  }
}

/** @returns {Touched} */
function nothing() {
  return { cards: new Set(), gone: new Set(), workers: new Set(), areas: new Set() };
}

function emptySummary() {
  return {
    incidents: {
      open: 0,
      byStep: /** @type {Record<string, number>} */ ({}),
      byLine: /** @type {Record<string, number>} */ ({}),
      overdue: 0,
      reportedToday: 0,
      closedToday: 0,
    },
    workers: { total: 0, onDuty: 0 },
    patrols: { due: 0, done: 0, missed: 0 },
    alarms: { open: 0 },
  };
}

/** @param {ReturnType<typeof emptySummary>} summary @param {Card} card @param {1 | -1} by */
function count({ incidents }, card, by) {
  incidents.open += by;
  incidents.byStep[card.step] = (incidents.byStep[card.step] ?? 0) + by;
  incidents.byLine[card.line] = (incidents.byLine[card.line] ?? 0) + by;
  if (card.overdue) incidents.overdue += by;
}
