import type { Timing } from './connection';

/** Pauses after failures in a row; the last one is repeated for ever. */
export const FAILURE_PAUSES_MS = [5_000, 10_000, 20_000, 40_000, 80_000, 160_000] as const;
/** A pause is stretched by up to this share, so that many walls do not ask in one instant. */
const JITTER = 0.2;
/** An answer that takes longer is a failure. */
export const ASK_MAX_MS = 30_000;

/** The server's no. It is an answer: what was shown before must not stay. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
  ) {
    super(`${status} ${code}`);
  }
}

/** What is known of the answer to one question. */
export interface Asked<T> {
  /** The last answer to this very question; null before the first and after a refusal. */
  readonly value: T | null;
  /** When it came, in milliseconds since 1970. */
  readonly at: number | null;
  /** Attempts in a row, since then, that brought no answer. */
  readonly failures: number;
  readonly refusal: Refusal | null;
}

const NOTHING_YET: Asked<never> = { value: null, at: null, failures: 0, refusal: null };

export interface Watcher {
  now(): number;
  /** Nobody looks at a hidden page; nothing is asked for it. */
  visible(): boolean;
}

/** Asks one question again and again at a calm pace, one at a time, for as long as it is wanted and looked at. */
export class Asking<Q, T> {
  state: Asked<T> = NOTHING_YET;
  private question: Q | null = null;
  private turn = 0;
  private abort = new AbortController();
  private wakeUp = () => {};
  private woken = this.sleep();

  constructor(
    private readonly everyMs: number,
    private readonly ask: (question: Q, signal: AbortSignal) => Promise<T>,
    private readonly changed: () => void,
    private readonly timing: Timing,
    private readonly watcher: Watcher,
  ) {}

  /** Another question from now on, or none with null. The old answer is gone at once, as is one still on its way. */
  want(question: Q | null): void {
    this.question = question;
    this.turn++;
    this.abort.abort();
    this.state = NOTHING_YET;
    this.changed();
    this.wake();
  }

  /** Goes on at once, instead of after the pause. */
  wake(): void {
    this.wakeUp();
  }

  /** Runs for as long as the page lives. */
  async run(): Promise<void> {
    for (;;) {
      if (this.question === null || !this.watcher.visible()) {
        await this.woken;
        continue;
      }
      const turn = this.turn;
      await this.once(this.question, turn);
      if (turn === this.turn) await Promise.race([this.woken, this.timing.pause(this.pauseMs())]);
    }
  }

  private async once(question: Q, turn: number): Promise<void> {
    const abort = new AbortController();
    this.abort = abort;
    void this.timing.pause(ASK_MAX_MS).then(() => abort.abort());
    const stopped = new Promise<never>((_, reject) => {
      abort.signal.addEventListener('abort', () => reject(new Error('not waited for any longer')));
    });
    try {
      const value = await Promise.race([this.ask(question, abort.signal), stopped]);
      if (turn === this.turn) this.state = { value, at: this.watcher.now(), failures: 0, refusal: null };
    } catch (error) {
      if (turn === this.turn) this.state = this.failed(error);
    }
    if (turn === this.turn) this.changed();
  }

  private failed(error: unknown): Asked<T> {
    const failures = this.state.failures + 1;
    return error instanceof Refusal ? { value: null, at: null, failures, refusal: error } : { ...this.state, failures };
  }

  private pauseMs(): number {
    const { failures } = this.state;
    const last = FAILURE_PAUSES_MS.length;
    const pause = failures === 0 ? this.everyMs : (FAILURE_PAUSES_MS[Math.min(failures, last) - 1] ?? this.everyMs);
    return pause * (1 + JITTER * this.timing.random());
  }

  private sleep(): Promise<void> {
    return new Promise(resolve => {
      this.wakeUp = () => {
        this.woken = this.sleep();
        resolve();
      };
    });
  }
}
