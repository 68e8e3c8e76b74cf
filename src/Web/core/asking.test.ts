import { beforeEach, expect, test } from 'vitest';
import { ASK_MAX_MS, Asking, FAILURE_PAUSES_MS, Refusal } from './asking';
import { ANSWER_AGE_MAX_MS, standing } from './standing';

const EVERY_MS = 60_000;

interface Sent {
  readonly question: string;
  readonly signal: AbortSignal;
  answer(value: string): Promise<void>;
  fail(error: Error): Promise<void>;
}

let sent: Sent[];
let pauses: { ms: number; go: () => void }[];
let visible: boolean;
let now: number;
let asking: Asking<string, string>;

/** Lets every promise that can go on do so. */
async function settled(): Promise<void> {
  for (let i = 0; i < 30; i++) await Promise.resolve();
}

/** The one pause under way that is not the limit of an answer, which ends now. */
async function passPause(): Promise<number> {
  const due = pauses.filter(pause => pause.ms !== ASK_MAX_MS).at(-1);
  pauses = [];
  due?.go();
  await settled();
  return due?.ms ?? 0;
}

beforeEach(async () => {
  [sent, pauses, visible, now] = [[], [], true, 1_000];
  const timing = {
    pause: (ms: number) => new Promise<void>(go => pauses.push({ ms, go })),
    random: () => 0,
  };
  const ask = (question: string, signal: AbortSignal) =>
    new Promise<string>((resolve, reject) => {
      const then = (act: () => void) => {
        act();
        return settled();
      };
      sent.push({
        question,
        signal,
        answer: value => then(() => resolve(value)),
        fail: error => then(() => reject(error)),
      });
    });
  asking = new Asking(EVERY_MS, ask, () => {}, timing, { now: () => now, visible: () => visible });
  void asking.run();
  await settled();
});

test('[WA25] nothing is asked before it is wanted; then at once, and again after the pace', async () => {
  expect(sent).toHaveLength(0);
  asking.want('a');
  await settled();
  expect(sent.map(one => one.question)).toEqual(['a']);
  expect(standing(asking.state, now)).toBe('asking');
  await sent[0]?.answer('one');
  expect(asking.state).toEqual({ value: 'one', at: 1_000, failures: 0, refusal: null });
  expect(sent).toHaveLength(1);
  expect(await passPause()).toBe(EVERY_MS);
  expect(sent).toHaveLength(2);
});

test('[WA25] questions never overlap: while an answer is awaited no other is sent for it', async () => {
  asking.want('a');
  await settled();
  asking.wake();
  await settled();
  expect(sent).toHaveLength(1);
});

test('[WA25] another question drops the old answer, and the old request with whatever it brings', async () => {
  asking.want('a');
  await settled();
  await sent[0]?.answer('of a');
  await passPause();
  asking.want('b');
  expect(asking.state.value).toBeNull();
  await settled();
  expect(sent[1]?.signal.aborted).toBe(true);
  expect(sent.map(one => one.question)).toEqual(['a', 'a', 'b']);
  await sent[1]?.answer('late, of a');
  expect(asking.state.value).toBeNull();
  await sent[2]?.answer('of b');
  expect(asking.state.value).toBe('of b');
});

test('[WA25] an answer that has just come when another question is put is not taken for its answer', async () => {
  asking.want('a');
  await settled();
  const come = sent[0]?.answer('of a');
  asking.want('b');
  await come;
  expect(asking.state.value).toBeNull();
  expect(sent[1]?.question).toBe('b');
});

test('[WA25] a page that nobody looks at asks for nothing, and at once when it is looked at again', async () => {
  visible = false;
  asking.want('a');
  await settled();
  expect(sent).toHaveLength(0);
  visible = true;
  asking.wake();
  await settled();
  expect(sent).toHaveLength(1);
});

test('[WA25] a page that is left asks no more', async () => {
  asking.want('a');
  await settled();
  await sent[0]?.answer('one');
  asking.want(null);
  await passPause();
  expect(sent).toHaveLength(1);
});

test('[WA26] failures keep the last answer, stale, and are repeated after longer and longer pauses', async () => {
  asking.want('a');
  await settled();
  await sent[0]?.answer('one');
  await passPause();
  for (const [index, pause] of [...FAILURE_PAUSES_MS, FAILURE_PAUSES_MS.at(-1)].entries()) {
    await sent[index + 1]?.fail(new Error('away'));
    expect(asking.state).toEqual({ value: 'one', at: 1_000, failures: index + 1, refusal: null });
    expect(standing(asking.state, now)).toBe('stale');
    expect(await passPause()).toBe(pause);
  }
  await sent.at(-1)?.answer('two');
  expect(standing(asking.state, now)).toBe('fresh');
});

test('[WA26] an answer that does not come in time is a failure', async () => {
  asking.want('a');
  await settled();
  pauses.find(pause => pause.ms === ASK_MAX_MS)?.go();
  await settled();
  expect(asking.state.failures).toBe(1);
  expect(sent[0]?.signal.aborted).toBe(true);
  expect(standing(asking.state, now)).toBe('silent');
});

test('[WA26] a refusal takes away what was shown, and is asked about again', async () => {
  asking.want('a');
  await settled();
  await sent[0]?.answer('one');
  await passPause();
  await sent[1]?.fail(new Refusal(403, 'RoleMayNot'));
  expect(asking.state).toMatchObject({ value: null, at: null, refusal: { status: 403, code: 'RoleMayNot' } });
  expect(standing(asking.state, now)).toBe('refused');
  await passPause();
  await sent[2]?.answer('two');
  expect(asking.state).toMatchObject({ value: 'two', refusal: null });
});

test('[WA26] an old answer is stale though nothing failed', () => {
  const asked = { value: 'one', at: 1_000, failures: 0, refusal: null };
  expect(standing(asked, 1_000 + ANSWER_AGE_MAX_MS)).toBe('fresh');
  expect(standing(asked, 1_001 + ANSWER_AGE_MAX_MS)).toBe('stale');
});
