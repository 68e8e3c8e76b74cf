/** The frame rate is that of this last stretch of time, however few frames it had. */
const FPS_WINDOW_MS = 1_500;
/** Paint times remembered for the figures. */
const COSTS_KEPT = 120;

/** Paints one thing. Returns true to be painted again in the next frame (something still moves). */
export type Paint = (now: number) => boolean | undefined;

interface Painter {
  readonly paint: Paint;
  readonly everyMs: () => number;
  readonly shown: () => boolean;
  dirty: boolean;
  paintedAt: number;
}

/**
 * Marks a painter as changed. However often it is called, the painter runs at most once a frame. `urgent` paints in the
 * very next frame, whatever the painter's pace.
 */
export type MarkDirty = (urgent?: boolean) => void;

/** Where painters are added, and how fast it goes. */
export type Painters = Pick<FrameClock, 'add' | 'fps'>;

/** The one clock that paints. Everything on the wall that changes is painted by it, at most once a frame. */
export class FrameClock {
  private readonly painters: Painter[] = [];
  private readonly starts: number[] = [];
  private readonly costs: number[] = [];
  private running = false;
  private painted = 0;

  constructor(private readonly request: (callback: (now: number) => void) => unknown) {}

  /** `everyMs` is the shortest time between two paintings, for what nobody could read faster anyway. */
  add(paint: Paint, everyMs: number | (() => number) = 0, shown = () => true): MarkDirty {
    const pace = typeof everyMs === 'number' ? () => everyMs : everyMs;
    const painter: Painter = { paint, everyMs: pace, shown, dirty: true, paintedAt: Number.NEGATIVE_INFINITY };
    this.painters.push(painter);
    return urgent => {
      painter.dirty = true;
      if (urgent === true) painter.paintedAt = Number.NEGATIVE_INFINITY;
    };
  }

  /** The clock of a part of the wall: what changes while the part is not shown waits until it is. */
  only(shown: () => boolean): Painters {
    return { add: (paint, everyMs) => this.add(paint, everyMs, shown), fps: () => this.fps() };
  }

  /** Everything is painted again, as after a change of language or size. */
  dirtyAll(): void {
    for (const painter of this.painters) {
      painter.dirty = true;
      painter.paintedAt = Number.NEGATIVE_INFINITY;
    }
  }

  start(): void {
    if (this.running) return;
    this.running = true;
    this.request(this.tick);
  }

  /** Frames a second over the last moments, 0 before the second frame. */
  fps(): number {
    const first = this.starts[0];
    const last = this.starts.at(-1);
    if (first === undefined || last === undefined || last <= first) return 0;
    return ((this.starts.length - 1) * 1_000) / (last - first);
  }

  stats(): { painted: number; paintMsMean: number; paintMsMax: number; frameMsMax: number } {
    let frameMsMax = 0;
    for (let i = 1; i < this.starts.length; i++) {
      frameMsMax = Math.max(frameMsMax, (this.starts[i] ?? 0) - (this.starts[i - 1] ?? 0));
    }
    const sum = this.costs.reduce((total, cost) => total + cost, 0);
    return {
      painted: this.painted,
      paintMsMean: this.costs.length === 0 ? 0 : sum / this.costs.length,
      paintMsMax: Math.max(0, ...this.costs),
      frameMsMax,
    };
  }

  private readonly tick = (now: number): void => {
    this.request(this.tick);
    const begun = performance.now();
    for (const painter of this.painters) {
      if (!painter.dirty || !painter.shown() || now - painter.paintedAt < painter.everyMs()) continue;
      painter.dirty = false;
      painter.paintedAt = now;
      if (painter.paint(now) === true) painter.dirty = true;
    }
    this.painted++;
    this.starts.push(now);
    while (this.starts.length > 2 && (this.starts[0] ?? now) < now - FPS_WINDOW_MS) this.starts.shift();
    this.costs.push(performance.now() - begun);
    if (this.costs.length > COSTS_KEPT) this.costs.shift();
  };
}
