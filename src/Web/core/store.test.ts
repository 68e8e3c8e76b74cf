import { expect, test } from 'vitest';
import after from '../../../tests/Golden/after.json';
import frame1 from '../../../tests/Golden/frame-1.json';
import frame2 from '../../../tests/Golden/frame-2.json';
import snapshot from '../../../tests/Golden/snapshot.json';
import type { Card, Frame, Snapshot } from './protocol';
import { type AreaState, applyFrame, applySnapshot, CARDS_KEPT, CARDS_MAX, sinceOf, toSnapshot } from './store';

const start = () => applySnapshot(snapshot as Snapshot);
const first = frame1 as Frame;
const second = frame2 as Frame;

function applied(state: AreaState, frame: Frame) {
  const result = applyFrame(state, frame);
  if (result.kind !== 'applied') throw new Error(`not applied: ${result.kind}`);
  return result;
}

test('[WA1] the golden frames turn the golden snapshot into the golden result', () => {
  const state = applied(applied(start(), first).state, second).state;
  expect(toSnapshot(state)).toEqual(after);
});

test('[WA1] a frame leaves the state it came upon as it was', () => {
  const state = start();
  applied(state, first);
  expect(toSnapshot(state)).toEqual(snapshot);
});

test('[WA2] a gap asks for a resume', () => {
  expect(applyFrame(start(), second)).toEqual({ kind: 'resumeNeeded' });
});

test('[WA2] a frame that overlaps what is held asks for a resume', () => {
  const state = { ...start(), version: 43 };
  expect(applyFrame(state, second)).toEqual({ kind: 'resumeNeeded' });
});

test('[WA2] another epoch asks for a resume, also where the version would fit', () => {
  expect(applyFrame(start(), { ...first, epoch: 8 })).toEqual({ kind: 'resumeNeeded' });
});

test('[WA3] a frame that is already held changes nothing', () => {
  const state = applied(start(), first).state;
  expect(applyFrame(state, first)).toEqual({ kind: 'old' });
});

test('[WA3] a frame of an area that is no longer watched changes nothing', () => {
  expect(applyFrame(start(), { ...first, code: '450105002' })).toEqual({ kind: 'old' });
});

test('[WA4] only what a frame holds is reported as changed', () => {
  const still: Frame = { code: first.code, epoch: first.epoch, from: 41, to: 42, at: first.at };
  expect(applied(start(), still).change).toEqual({
    summary: false,
    children: false,
    incidents: false,
    workers: false,
    news: [],
  });
  expect(applied(start(), first).change).toMatchObject({
    summary: true,
    children: true,
    incidents: true,
    workers: true,
  });
});

test('[WA5] a case seen for the first time is news, a changed one and a late old one are not', () => {
  const card = first.incidents?.put?.[0] as Card;
  const old = { ...card, id: 'old', reportedAt: '2026-03-01T08:00:00+08:00' };
  const frame = { ...first, incidents: { put: [...(first.incidents?.put ?? []), old] } };
  expect(applied(start(), frame).change.news.map(news => news.id)).toEqual([card.id]);
});

test('[WA6] cases beyond the bound are let go, the oldest first, and the numbers stay', () => {
  const card = first.incidents?.put?.[0] as Card;
  const day = Date.parse('2026-03-01T09:15:00+08:00');
  const put = Array.from({ length: CARDS_MAX }, (_, i) => ({
    ...card,
    id: `storm-${i}`,
    reportedAt: new Date(day + i * 1_000).toISOString(),
  }));
  const { state } = applied(start(), { ...first, incidents: { put } });
  expect(state.incidents.size).toBe(CARDS_KEPT);
  expect(state.incidents.has(`storm-${CARDS_MAX - 1}`)).toBe(true);
  expect(state.incidents.has('storm-0')).toBe(false);
  expect(state.summary).toEqual(first.summary);
});

test('[WA2] a resume starts from the epoch and version held, or from nothing', () => {
  expect(sinceOf(start())).toEqual({ epoch: 7, version: 41 });
  expect(sinceOf(null)).toBeNull();
});
