import { expect, test } from 'vitest';
import snapshotFile from '../../../../tests/Golden/snapshot.json';
import type { Snapshot, WorkerDot } from '../../core/protocol';
import { applySnapshot } from '../../core/store';
import { funnelRows } from './funnel';
import { ranked } from './ranking';
import { rostered } from './roster';
import { freshness, STALE_AFTER_MS } from './staleness';

const state = applySnapshot(snapshotFile as Snapshot);

test('[WA15] data that the server vouched for a moment ago are live', () => {
  expect(freshness('live', 0, 1_000, 3_000)).toEqual({ kind: 'live', ageMs: 2_000 });
});

test('[WA15] a line that is being mended is not live, however fresh the data', () => {
  expect(freshness('reconnecting', 2, 1_000, 3_000)).toEqual({ kind: 'reconnecting', ageMs: 2_000, attempt: 2 });
});

test('[WA15] old data are stale, even when the line looks well', () => {
  expect(freshness('live', 0, 0, STALE_AFTER_MS).kind).toBe('live');
  expect(freshness('live', 0, 0, STALE_AFTER_MS + 1)).toEqual({
    kind: 'stale',
    ageMs: STALE_AFTER_MS + 1,
    attempt: 0,
  });
});

test('[WA15] before the first word nothing is claimed', () => {
  expect(freshness('live', 0, null, 99_999)).toEqual({ kind: 'connecting' });
});

test('[WA16] the funnel holds every open case once and never widens', () => {
  const { incidents } = state.summary;
  const rows = funnelRows({
    ...state.summary,
    incidents: {
      ...incidents,
      byStep: { Reported: 4, Dispatched: 3, Returned: 2, Handling: 9, Inspecting: 1, Feedback: 5 },
      closedToday: 30,
    },
  });
  expect(rows.map(row => row.here)).toEqual([4, 5, 9, 1, 5, 30]);
  expect(rows.map(row => row.reached)).toEqual([54, 50, 45, 36, 35, 30]);
  expect(rows[1]?.returned).toBe(2);
});

test('[WA17] areas are ranked by the chosen number, equal ones by code', () => {
  const codes = (by: 'open' | 'overdue') => ranked(state.children.values(), by).map(child => child.code.slice(-3));
  expect(codes('open')).toEqual(['002', '001', '003']);
  expect(codes('overdue')).toEqual(['001', '002', '003']);
});

test('[WA17] silent workers stand first in the roster', () => {
  const worker = (id: string, status: WorkerDot['status']): WorkerDot => ({ id, lng: 0, lat: 0, status, at: '' });
  const rows = rostered([worker('a', 'OffDuty'), worker('b', 'OnDuty'), worker('c', 'Silent'), worker('d', 'OnDuty')]);
  expect(rows.map(row => row.id)).toEqual(['c', 'b', 'd', 'a']);
});
