import type { AreaChild, Card, Delta, Epoch, Frame, Since, Snapshot, Summary, Tier, WorkerDot } from './protocol';

/** A snapshot brings at most this many cases; the wall falls back to as many when it holds too many. */
export const CARDS_KEPT = 1_000;
/** More cases than this are not held: the oldest go, down to CARDS_KEPT. Numbers never come from counting them. */
export const CARDS_MAX = 2_000;
/** A worker beyond this many is not drawn. */
export const WORKERS_MAX = 10_000;
/** A case seen for the first time is news only if it was reported this shortly before the frame. */
export const NEWS_AGE_MAX_MS = 30_000;

/** What the wall holds of one area. Never changed in place: each frame makes the next one. */
export interface AreaState {
  readonly code: string;
  readonly name: string;
  readonly tier: Tier;
  readonly parent: string | null;
  readonly epoch: Epoch;
  readonly version: number;
  readonly at: string;
  readonly summary: Summary;
  readonly children: ReadonlyMap<string, AreaChild>;
  readonly incidents: ReadonlyMap<string, Card>;
  readonly workers: ReadonlyMap<string, WorkerDot>;
}

/** What a frame touched, so that only that is painted again. */
export interface Change {
  readonly summary: boolean;
  readonly children: boolean;
  readonly incidents: boolean;
  readonly workers: boolean;
  /** Cases that have just come in. */
  readonly news: readonly Card[];
}

export type FrameResult =
  | { readonly kind: 'applied'; readonly state: AreaState; readonly change: Change }
  | { readonly kind: 'old' }
  | { readonly kind: 'resumeNeeded' };

export function applySnapshot(area: Snapshot): AreaState {
  return {
    code: area.code,
    name: area.name,
    tier: area.tier,
    parent: area.parent,
    epoch: area.epoch,
    version: area.version,
    at: area.at,
    summary: area.summary,
    children: new Map(area.children.map(child => [child.code, child])),
    incidents: bounded(new Map(area.incidents.map(card => [card.id, card]))),
    workers: new Map(area.workers.slice(0, WORKERS_MAX).map(worker => [worker.id, worker])),
  };
}

/** Takes a frame that continues exactly what is held; one already held is old; anything else asks for a resume. */
export function applyFrame(state: AreaState, frame: Frame): FrameResult {
  if (frame.code !== state.code) return { kind: 'old' };
  if (frame.epoch !== state.epoch) return { kind: 'resumeNeeded' };
  if (frame.to <= state.version) return { kind: 'old' };
  if (frame.from !== state.version) return { kind: 'resumeNeeded' };
  const change: Change = {
    summary: frame.summary != null,
    children: (frame.children?.length ?? 0) > 0,
    incidents: touches(frame.incidents),
    workers: touches(frame.workers),
    news: newsOf(state, frame),
  };
  const next: AreaState = {
    ...state,
    version: frame.to,
    at: frame.at,
    summary: frame.summary ?? state.summary,
    children: change.children
      ? merged(state.children, { put: frame.children ?? [] }, child => child.code)
      : state.children,
    incidents: change.incidents
      ? bounded(merged(state.incidents, frame.incidents ?? {}, card => card.id))
      : state.incidents,
    workers: change.workers
      ? merged(state.workers, frame.workers ?? {}, worker => worker.id, WORKERS_MAX)
      : state.workers,
  };
  return { kind: 'applied', state: next, change };
}

/** Where the wall stands, for a resume. */
export function sinceOf(state: AreaState | null): Since | null {
  return state && { epoch: state.epoch, version: state.version };
}

/** The state as a snapshot again, in one fixed order: children by code, cases newest first, workers by id. */
export function toSnapshot(state: AreaState): Snapshot {
  const { children, incidents, workers, ...rest } = state;
  return {
    ...rest,
    children: [...children.values()].sort((a, b) => compare(a.code, b.code)),
    incidents: newestFirst(incidents.values()),
    workers: [...workers.values()].sort((a, b) => compare(a.id, b.id)),
  };
}

export function newestFirst(cards: Iterable<Card>): Card[] {
  const timed = [...cards].map(card => ({ card, at: Date.parse(card.reportedAt) }));
  timed.sort((a, b) => b.at - a.at || compare(b.card.id, a.card.id));
  return timed.map(entry => entry.card);
}

function newsOf(state: AreaState, frame: Frame): readonly Card[] {
  const earliest = Date.parse(frame.at) - NEWS_AGE_MAX_MS;
  return (frame.incidents?.put ?? []).filter(
    card => !state.incidents.has(card.id) && Date.parse(card.reportedAt) >= earliest,
  );
}

function touches<T>(delta: Delta<T> | null | undefined): boolean {
  return delta != null && ((delta.put?.length ?? 0) > 0 || (delta.gone?.length ?? 0) > 0);
}

function merged<T>(held: ReadonlyMap<string, T>, delta: Delta<T>, key: (item: T) => string, max = Infinity) {
  const next = new Map(held);
  for (const id of delta.gone ?? []) next.delete(id);
  for (const item of delta.put ?? []) {
    if (next.size < max || next.has(key(item))) next.set(key(item), item);
  }
  return next;
}

function bounded(cards: ReadonlyMap<string, Card>): ReadonlyMap<string, Card> {
  if (cards.size <= CARDS_MAX) return cards;
  return new Map(
    newestFirst(cards.values())
      .slice(0, CARDS_KEPT)
      .map(card => [card.id, card]),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
