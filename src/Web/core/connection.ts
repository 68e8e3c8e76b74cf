import { type Frame, HUB, type Since, type Snapshot, type WatchAnswer } from './protocol';

/** Pauses between attempts; the last one is repeated for ever. */
export const RECONNECT_PAUSES_MS = [300, 1_000, 2_000, 4_000, 8_000, 15_000] as const;
/** A pause is stretched by up to this share, so that a hundred walls do not come back in one instant. */
const JITTER = 0.3;
/** An attempt to connect, or a Watch, that takes longer has failed. */
export const ANSWER_MAX_MS = 10_000;
/** After this long without a word the area is asked for again: a quiet area and a dead line look the same. */
export const PROBE_AFTER_MS = 4_000;
/** Frames kept while a Watch is under way. What does not fit shows as a gap afterwards, and a gap is resumed. */
const PENDING_MAX = 64;

/** The part of a SignalR HubConnection that the wall uses. */
export interface Hub {
  start(): Promise<void>;
  stop(): Promise<void>;
  invoke<T>(method: string, ...args: unknown[]): Promise<T>;
  on(method: string, handler: (...args: never[]) => void): void;
  onclose(handler: () => void): void;
}

export type LinkState = 'connecting' | 'live' | 'reconnecting';

/** What the owner of a connection does with what arrives. */
export interface ConnectionEvents {
  /** Where the wall stands in the watched area, or null to start from a snapshot. */
  held(): Since | null;
  snapshot(area: Snapshot): void;
  /** Returns false when the frame does not continue what is held, so that the area is asked for again. */
  frame(frame: Frame): boolean;
  /** The server has spoken about the watched area: what is held is up to date now. */
  heard(): void;
  link(state: LinkState, attempt: number): void;
  /** The server refuses the area; the connection waits for another one. */
  refused(code: string, message: string): void;
  /** The token is no longer accepted. Resolves when there is another one. */
  unauthorized(): Promise<void>;
}

/** Time and chance come from outside. */
export interface Timing {
  pause(ms: number): Promise<void>;
  random(): number;
}

/** Keeps one area watched, whatever happens to the line. Never gives up. */
export class Connection {
  readonly counts = { connects: 0, snapshots: 0, resumes: 0, frames: 0, probes: 0, closings: 0 };
  private hub: Hub | null = null;
  private code: string | null = null;
  private turn = 0;
  private pending: Frame[] | null = null;
  private heardSinceProbe = false;
  private stopped = false;

  constructor(
    private readonly open: () => Hub,
    private readonly events: ConnectionEvents,
    private readonly timing: Timing,
  ) {}

  /** Watches another area from now on; what still arrives about the former one is ignored. */
  watch(code: string): void {
    const former = this.code;
    this.code = code;
    const hub = this.hub;
    if (!hub) return;
    if (former && former !== code) hub.invoke(HUB.unwatch, former).catch(() => undefined);
    void this.ask(hub);
  }

  /** Connects, and connects again, until `stop`. */
  async run(): Promise<void> {
    for (let attempt = 0; !this.stopped; attempt++) {
      this.events.link(attempt === 0 && this.counts.connects === 0 ? 'connecting' : 'reconnecting', attempt);
      if (await this.session()) attempt = 0;
      if (this.stopped) return;
      const pause = RECONNECT_PAUSES_MS[Math.min(attempt, RECONNECT_PAUSES_MS.length - 1)] ?? 0;
      this.events.link('reconnecting', attempt + 1);
      await this.timing.pause(pause * (1 + JITTER * this.timing.random()));
    }
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.hub?.stop();
  }

  /** One connection from its start to its end. Returns whether it ever became live. */
  private async session(): Promise<boolean> {
    const hub = this.open();
    let over = false;
    const closed = new Promise<void>(resolve => {
      hub.onclose(() => {
        over = true;
        resolve();
      });
    });
    hub.on(HUB.frame, (frame: Frame) => this.take(hub, frame));
    hub.on(HUB.closing, () => {
      this.counts.closings++;
      void hub.stop();
    });
    try {
      await this.within(hub.start());
    } catch (error) {
      await hub.stop().catch(() => undefined);
      if (statusOf(error) === 401) await this.events.unauthorized().catch(() => undefined);
      return false;
    }
    this.hub = hub;
    this.counts.connects++;
    const live = await this.ask(hub);
    while (!over) await Promise.race([closed, this.probe(hub)]);
    this.hub = null;
    this.pending = null;
    return live;
  }

  /** Asks for the watched area with what is held. A newer question makes the answer to an older one void. */
  private async ask(hub: Hub, fromScratch = false): Promise<boolean> {
    const code = this.code;
    if (code === null) return true;
    const turn = ++this.turn;
    this.pending = [];
    try {
      const answer = await this.within(
        hub.invoke<WatchAnswer>(HUB.watch, code, fromScratch ? null : this.events.held()),
      );
      if (turn !== this.turn || hub !== this.hub) return true;
      this.accept(hub, answer);
      return true;
    } catch (error) {
      if (turn !== this.turn || hub !== this.hub) return true;
      this.pending = null;
      const reject = rejectOf(error);
      if (reject !== null) this.events.refused(code, reject);
      else await hub.stop().catch(() => undefined);
      return reject !== null;
    }
  }

  private accept(hub: Hub, answer: WatchAnswer): void {
    const waiting = this.pending ?? [];
    this.pending = null;
    this.heardSinceProbe = true;
    if (answer.kind === 'snapshot') {
      this.counts.snapshots++;
      this.events.snapshot(answer.area);
    } else {
      this.counts.resumes++;
    }
    this.events.link('live', 0);
    this.events.heard();
    const missed = answer.kind === 'resumed' ? answer.frames : [];
    if (!missed.every(frame => this.events.frame(frame))) {
      // Frames meant to close the gap that do not: asking for them again would go round in a circle.
      void this.ask(hub, true);
      return;
    }
    for (const frame of waiting) this.take(hub, frame);
  }

  private take(hub: Hub, frame: Frame): void {
    if (hub !== this.hub || frame.code !== this.code) return;
    if (this.pending) {
      if (this.pending.length < PENDING_MAX) this.pending.push(frame);
      return;
    }
    this.counts.frames++;
    this.heardSinceProbe = true;
    if (this.events.frame(frame)) this.events.heard();
    else void this.ask(hub);
  }

  private async probe(hub: Hub): Promise<void> {
    this.heardSinceProbe = false;
    await this.timing.pause(PROBE_AFTER_MS);
    if (hub !== this.hub || this.heardSinceProbe || this.pending || this.events.held() === null) return;
    this.counts.probes++;
    await this.ask(hub);
  }

  private within<T>(work: Promise<T>): Promise<T> {
    const late = this.timing.pause(ANSWER_MAX_MS).then(() => {
      throw new Error('the server did not answer in time');
    });
    return Promise.race([work, late]);
  }
}

/** Codes that say that the world failed, and nothing of the area. */
const FAULTS = ['UnexpectedFault', 'StorageIsUnavailable', 'TooBusy', 'TooManyRequests', 'SiloIsUnavailable'];

/**
 * The words of a refusal, which start with the reject code; null for any other failure. A gateway of an older version
 * has SignalR's own words in front of them.
 */
function rejectOf(error: unknown): string | null {
  const words = error instanceof Error ? error.message.replace(/^.*HubException: /s, '') : '';
  const code = /^([A-Z][A-Za-z]+): /.exec(words)?.[1];
  return code === undefined || FAULTS.includes(code) ? null : words;
}

function statusOf(error: unknown): number | null {
  if (!(error instanceof Error)) return null;
  if ('statusCode' in error && typeof error.statusCode === 'number') return error.statusCode;
  const match = /Status code '(\d+)'/.exec(error.message);
  return match ? Number(match[1]) : null;
}
