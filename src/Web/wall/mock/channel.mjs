/**
 * @typedef {import('../../core/protocol').Frame} Frame
 * @typedef {import('../../core/protocol').Since} Since
 * @typedef {import('./life.mjs').Touched} Touched
 */

const FRAMES_KEPT = 40;
const CARDS_MAX = 1_000;
const WORKERS_MAX = 5_000;

/** One watched area: snapshots, numbered frames, and the last frames for whoever resumes. */
export class Channel {
  version = 1;
  /** @type {Frame[]} */ frames = [];

  /** @param {string} code @param {string} epoch @param {import('./life.mjs').Life} life */
  constructor(code, epoch, life) {
    this.code = code;
    this.epoch = epoch;
    this.life = life;
  }

  /** @returns {import('../../core/protocol').Snapshot} */
  snapshot() {
    const area = this.life.areas.get(this.code);
    if (!area) throw new Error('UnknownArea: there is no such area');
    const cards = [...this.life.cards.values()].filter(card => card.grid.startsWith(this.code));
    cards.sort((a, b) => (a.reportedAt < b.reportedAt ? 1 : -1));
    return {
      code: area.code,
      name: area.name,
      tier: area.tier,
      parent: area.parent,
      epoch: this.epoch,
      version: this.version,
      at: new Date().toISOString(),
      summary: this.summaryOf(area.code),
      children: area.children.map(child => this.child(child)),
      incidents: cards.slice(0, CARDS_MAX),
      workers: this.life.workers.filter(worker => this.holds(worker)).slice(0, WORKERS_MAX),
    };
  }

  /** @param {Since | null} since @returns {import('../../core/protocol').WatchAnswer} */
  watch(since) {
    if (since?.epoch === this.epoch) {
      const frames = this.frames.filter(frame => frame.from >= since.version);
      if (since.version === this.version || frames[0]?.from === since.version) return { kind: 'resumed', frames };
    }
    return { kind: 'snapshot', area: this.snapshot() };
  }

  /** The frame for what has been touched, or null if nothing of it is here. @param {Touched} touched */
  next(touched) {
    if (!touched.areas.has(this.code) && ![...touched.workers].some(worker => this.holds(worker))) return null;
    const children = this.life.areas.get(this.code)?.children.filter(child => touched.areas.has(child.code)) ?? [];
    /** @type {Frame} */
    const frame = {
      code: this.code,
      epoch: this.epoch,
      from: this.version,
      to: ++this.version,
      at: new Date().toISOString(),
      ...(touched.areas.has(this.code) && { summary: this.summaryOf(this.code) }),
      ...(children.length > 0 && { children: children.map(child => this.child(child)) }),
      incidents: {
        put: [...touched.cards].filter(card => card.grid.startsWith(this.code)),
        gone: [...touched.gone].filter(id => id.startsWith(this.code)),
      },
      workers: { put: [...touched.workers].filter(worker => this.holds(worker)), gone: [] },
    };
    this.frames.push(frame);
    if (this.frames.length > FRAMES_KEPT) this.frames.shift();
    return frame;
  }

  /** @param {{ id: string }} worker */
  holds(worker) {
    return this.life.gridOf.get(worker.id)?.startsWith(this.code) ?? false;
  }

  /** @param {{ code: string, name: string }} area */
  child({ code, name }) {
    return { code, name, summary: this.summaryOf(code) };
  }

  /** A copy: the original goes on changing. @param {string} code */
  summaryOf(code) {
    const summary = this.life.summaries.get(code);
    if (!summary) throw new Error('UnknownArea: there is no such area');
    return structuredClone(summary);
  }
}
