/** Below this the overlay gives way; above the other it may be drawn more often again. */
export const FPS_LOW = 38;
export const FPS_HIGH = 50;
/** Slower than this the picture would visibly jump. */
export const PACE_MAX_MS = 250;
const PACE_FIRST_MS = 33;
const FACTOR = 1.4;
/** The frame rate needs this long to show what a change of pace has brought. */
const SETTLE_MS = 700;

/** Keeps a weak machine fluent: when frames come too slowly, what moves on the map is drawn less often. */
export class Pace {
  /** The shortest time between two paintings of the overlay. */
  everyMs = 0;
  private changedAt = 0;

  measured(fps: number, now: number): void {
    if (fps === 0 || now - this.changedAt < SETTLE_MS) return;
    if (fps < FPS_LOW && this.everyMs < PACE_MAX_MS) {
      this.everyMs = Math.min(PACE_MAX_MS, Math.max(PACE_FIRST_MS, this.everyMs * FACTOR));
    } else if (fps > FPS_HIGH && this.everyMs > 0) {
      this.everyMs = this.everyMs <= PACE_FIRST_MS ? 0 : this.everyMs / FACTOR;
    } else {
      return;
    }
    this.changedAt = now;
  }
}
