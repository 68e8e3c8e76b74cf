import { beforeEach, expect, test } from 'vitest';
import snapshotFile from '../../../tests/Golden/snapshot.json';
import {
  ANSWER_MAX_MS,
  Connection,
  type ConnectionEvents,
  type Hub,
  PROBE_AFTER_MS,
  RECONNECT_PAUSES_MS,
} from './connection';
import type { Frame, Since, Snapshot, WatchAnswer } from './protocol';

const snapshot = snapshotFile as Snapshot;
const fresh: WatchAnswer = { kind: 'snapshot', area: snapshot };

/** A clock that only moves when told. */
class FakeTiming {
  readonly asked: number[] = [];
  private waiting: { ms: number; go: () => void }[] = [];

  pause = (ms: number): Promise<void> => {
    this.asked.push(ms);
    return new Promise(go => this.waiting.push({ ms, go }));
  };

  random = () => 0;

  /** Ends every pause of this length that is under way. */
  async pass(ms: number): Promise<void> {
    const due = this.waiting.filter(entry => entry.ms === ms);
    this.waiting = this.waiting.filter(entry => entry.ms !== ms);
    for (const entry of due) entry.go();
    await settled();
  }
}

class FakeHub implements Hub {
  readonly calls: unknown[][] = [];
  private handlers = new Map<string, (...args: never[]) => void>();
  private close = () => {};

  constructor(
    private readonly answer: (args: unknown[]) => Promise<WatchAnswer>,
    private readonly starts: () => Promise<void>,
  ) {}

  start = () => this.starts();
  stop = async () => this.close();
  on = (method: string, handler: (...args: never[]) => void) => void this.handlers.set(method, handler);
  onclose = (handler: () => void) => {
    this.close = handler;
  };
  invoke = async <T>(method: string, ...args: unknown[]) => {
    this.calls.push([method, ...args]);
    return (method === 'Watch' ? await this.answer(args) : null) as T;
  };
  say = (method: string, argument: unknown) => this.handlers.get(method)?.(argument as never);
  drop = () => this.close();
}

/** Lets every promise that can go on do so. */
async function settled(): Promise<void> {
  for (let i = 0; i < 30; i++) await Promise.resolve();
}

let timing: FakeTiming;
let hubs: FakeHub[];
let log: string[];
let held: Since | null;
let answers: (args: unknown[]) => Promise<WatchAnswer>;
let starts: () => Promise<void>;
let fits: (frame: Frame) => boolean;

beforeEach(() => {
  timing = new FakeTiming();
  hubs = [];
  log = [];
  held = null;
  answers = async () => fresh;
  starts = async () => {};
  fits = () => true;
});

function connect(): Connection {
  const events: ConnectionEvents = {
    held: () => held,
    snapshot: area => {
      held = { epoch: area.epoch, version: area.version };
      log.push(`snapshot ${area.version}`);
    },
    frame: frame => {
      log.push(`frame ${frame.to}`);
      return fits(frame);
    },
    heard: () => log.push('heard'),
    link: (state, attempt) => log.push(`${state} ${attempt}`),
    refused: (code, message) => log.push(`refused ${code} ${message}`),
    unauthorized: async () => void log.push('unauthorized'),
  };
  const open = () => {
    const hub = new FakeHub(
      args => answers(args),
      () => starts(),
    );
    hubs.push(hub);
    return hub;
  };
  return new Connection(open, events, timing);
}

async function live(): Promise<{ connection: Connection; hub: FakeHub }> {
  const connection = connect();
  connection.watch(snapshot.code);
  void connection.run();
  await settled();
  log.length = 0;
  return { connection, hub: hubs[0] as FakeHub };
}

const frame = (from: number, to: number): Frame => ({
  code: snapshot.code,
  epoch: snapshot.epoch,
  from,
  to,
  at: snapshot.at,
});

test('[WA7] the wall asks for its area without anything held and is live with the snapshot', async () => {
  const connection = connect();
  connection.watch(snapshot.code);
  void connection.run();
  await settled();
  expect(hubs[0]?.calls).toEqual([['Watch', snapshot.code, null]]);
  expect(log).toEqual(['connecting 0', 'snapshot 41', 'live 0', 'heard']);
});

test('[WA8] a frame that does not fit is answered by asking again with what is held', async () => {
  const { hub } = await live();
  fits = () => false;
  answers = async () => ({ kind: 'resumed', frames: [] });
  hub.say('frame', frame(50, 51));
  await settled();
  expect(hub.calls.at(-1)).toEqual(['Watch', snapshot.code, { epoch: 7, version: 41 }]);
});

test('[WA8] frames that come before the answer wait for it', async () => {
  const { hub } = await live();
  let answer = (_: WatchAnswer) => {};
  fits = () => false;
  answers = () => new Promise(resolve => (answer = resolve));
  hub.say('frame', frame(50, 51));
  fits = () => true;
  hub.say('frame', frame(51, 52));
  expect(log).toEqual(['frame 51']);
  answer({ kind: 'resumed', frames: [frame(41, 51)] });
  await settled();
  expect(log).toEqual(['frame 51', 'live 0', 'heard', 'frame 51', 'frame 52', 'heard']);
});

test('[WA8] resumed frames that do not fit either are replaced by a snapshot', async () => {
  const { hub } = await live();
  fits = () => false;
  answers = async args => (args[1] === null ? fresh : { kind: 'resumed', frames: [frame(90, 91)] });
  hub.say('frame', frame(50, 51));
  await settled();
  expect(hub.calls.at(-1)).toEqual(['Watch', snapshot.code, null]);
  expect(log.at(-3)).toBe('snapshot 41');
});

test('[WA9] after a drop the wall comes back with what it holds', async () => {
  const { hub } = await live();
  hub.drop();
  await settled();
  expect(log).toEqual(['reconnecting 1']);
  await timing.pass(RECONNECT_PAUSES_MS[0]);
  expect(hubs[1]?.calls).toEqual([['Watch', snapshot.code, { epoch: 7, version: 41 }]]);
});

test('[WA9] pauses grow to the longest and go on for ever', async () => {
  starts = () => Promise.reject(new Error('refused'));
  void connect().run();
  await settled();
  const last = RECONNECT_PAUSES_MS.at(-1) as number;
  for (const pause of [...RECONNECT_PAUSES_MS, last, last, last]) await timing.pass(pause);
  const pauses = timing.asked.filter(ms => ms !== ANSWER_MAX_MS);
  expect(pauses).toEqual([...RECONNECT_PAUSES_MS, last, last, last, last]);
  expect(hubs.length).toBe(pauses.length);
});

test('[WA9] a server that says it will close is left and asked anew', async () => {
  const { connection, hub } = await live();
  hub.say('closing', 'TooSlow');
  await settled();
  await timing.pass(RECONNECT_PAUSES_MS[0]);
  expect(hubs.length).toBe(2);
  expect(connection.counts.closings).toBe(1);
});

test('[WA9] an answer that does not come ends the connection', async () => {
  answers = () => new Promise(() => {});
  const connection = connect();
  connection.watch(snapshot.code);
  void connection.run();
  await settled();
  await timing.pass(ANSWER_MAX_MS);
  await timing.pass(RECONNECT_PAUSES_MS[0]);
  expect(hubs.length).toBe(2);
});

test('[WA10] a quiet area is asked for again, and only the answer vouches for it', async () => {
  const { hub } = await live();
  answers = async () => ({ kind: 'resumed', frames: [] });
  await timing.pass(PROBE_AFTER_MS);
  await timing.pass(PROBE_AFTER_MS);
  expect(hub.calls.at(-1)).toEqual(['Watch', snapshot.code, { epoch: 7, version: 41 }]);
  expect(log).toContain('heard');
});

test('[WA10] an area that speaks is not asked', async () => {
  const { hub } = await live();
  await timing.pass(PROBE_AFTER_MS);
  const asked = hub.calls.length;
  hub.say('frame', frame(41, 42));
  await timing.pass(PROBE_AFTER_MS);
  expect(hub.calls.length).toBe(asked);
});

test('[WA11] a change of area unwatches the former one and ignores what still comes from it', async () => {
  const { connection, hub } = await live();
  held = null;
  connection.watch('450105001');
  await settled();
  expect(hub.calls.slice(-2)).toEqual([
    ['Unwatch', snapshot.code],
    ['Watch', '450105001', null],
  ]);
  log.length = 0;
  hub.say('frame', frame(41, 42));
  expect(log).toEqual([]);
});

test('[WA11] the answer to an older question is void', async () => {
  const { connection } = await live();
  const pending: ((answer: WatchAnswer) => void)[] = [];
  answers = () => new Promise(resolve => pending.push(resolve));
  connection.watch('450105001');
  connection.watch(snapshot.code);
  pending[0]?.({ kind: 'snapshot', area: { ...snapshot, version: 7 } });
  pending[1]?.(fresh);
  await settled();
  expect(log).toEqual(['snapshot 41', 'live 0', 'heard']);
});

test.each(['OutsideArea: no', "... invoking 'Watch' on the server. HubException: OutsideArea: no"])(
  '[WA12] a refused area is reported with the reject code, and the connection stays: %s',
  async words => {
    const { connection, hub } = await live();
    answers = () => Promise.reject(new Error(words));
    connection.watch('4501');
    await settled();
    expect(log).toEqual(['refused 4501 OutsideArea: no']);
    expect(hubs).toEqual([hub]);
  },
);

test('[WA12] a fault of the world is no refusal: the connection begins anew', async () => {
  const { connection } = await live();
  answers = () => Promise.reject(new Error('StorageIsUnavailable: again later'));
  connection.watch('4501');
  await settled();
  expect(log.join()).not.toContain('refused');
});

test('[WA12] a token that is refused is replaced before the next attempt', async () => {
  starts = () => Promise.reject(Object.assign(new Error('Unauthorized'), { statusCode: 401 }));
  void connect().run();
  await settled();
  expect(log).toEqual(['connecting 0', 'unauthorized', 'reconnecting 1']);
});
