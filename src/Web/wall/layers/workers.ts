import type { WorkerDot, WorkerStatus } from '../../core/protocol';
import { type Camera, mercatorX, mercatorY } from '../map/camera';
import type { OverlayLayer } from './overlay';

/** A dot takes as long to its new place as its last report took to come, within these bounds. */
const GLIDE_MIN_MS = 250;
const GLIDE_MAX_MS = 10_000;
/** A dot that moves by less than this many pixels looks as if it stood. */
const STEP_SEEN_PX = 0.4;
/** However slowly the dots move, they are drawn again this often. */
const STEP_MAX_MS = 250;
/** Up to this many dots are drawn large, with a ring. */
const LARGE_DOTS_MAX = 120;
export const WORKER_COLOURS: Readonly<Record<WorkerStatus, string>> = {
  OnDuty: '#7be8ff',
  OffDuty: '#51677f',
  Silent: '#ff7a59',
};
const STATUSES: readonly WorkerStatus[] = ['OffDuty', 'OnDuty', 'Silent'];

interface Glide {
  status: WorkerStatus;
  fromX: number;
  fromY: number;
  toX: number;
  toY: number;
  startedAt: number;
  glideMs: number;
}

/** The workers as dots that glide from report to report. */
export class WorkersLayer implements OverlayLayer {
  private readonly glides = new Map<string, Glide>();
  private movingUntil = 0;
  /** Of the fastest dot, in Mercator units a millisecond. */
  private speed = 0;

  /** Takes over who is there now. A worker seen before glides on from where its dot is. */
  update(workers: ReadonlyMap<string, WorkerDot>, now: number): void {
    for (const id of this.glides.keys()) if (!workers.has(id)) this.glides.delete(id);
    this.speed = 0;
    for (const worker of workers.values()) this.put(worker, now);
  }

  /** How long the fastest dot takes to move by as much as can be seen: drawing more often shows nothing new. */
  stepMs(camera: Camera): number {
    return Math.min(STEP_MAX_MS, STEP_SEEN_PX / Math.max(Number.MIN_VALUE, this.speed * camera.scale));
  }

  clear(): void {
    this.glides.clear();
  }

  /** Where a dot is at a moment, in Mercator units; for tests and for the layer itself. */
  placeOf(id: string, now: number): readonly [number, number] | null {
    const glide = this.glides.get(id);
    return glide ? [along(glide.fromX, glide.toX, glide, now), along(glide.fromY, glide.toY, glide, now)] : null;
  }

  draw(pen: CanvasRenderingContext2D, camera: Camera, now: number): boolean {
    const large = this.glides.size <= LARGE_DOTS_MAX;
    const unit = Math.min(camera.width, camera.height) / 900;
    const size = (large ? 9 : 2.6) * unit;
    const { x, y, scale, width, height } = camera;
    for (const status of STATUSES) {
      pen.fillStyle = WORKER_COLOURS[status];
      for (const glide of this.glides.values()) {
        if (glide.status !== status) continue;
        const left = (along(glide.fromX, glide.toX, glide, now) - x) * scale + width / 2;
        const top = (along(glide.fromY, glide.toY, glide, now) - y) * scale + height / 2;
        if (left < 0 || top < 0 || left > width || top > height) continue;
        if (large) ring(pen, left, top, size);
        else pen.fillRect(left - size / 2, top - size / 2, size, size);
      }
    }
    return now < this.movingUntil;
  }

  private put(worker: WorkerDot, now: number): void {
    const [toX, toY] = [mercatorX(worker.lng), mercatorY(worker.lat)];
    const glide = this.glides.get(worker.id);
    if (!glide) {
      const still = { fromX: toX, fromY: toY, toX, toY, startedAt: now, glideMs: GLIDE_MIN_MS };
      this.glides.set(worker.id, { status: worker.status, ...still });
      return;
    }
    glide.status = worker.status;
    if (glide.toX !== toX || glide.toY !== toY) this.turn(glide, toX, toY, now);
    if (now >= glide.startedAt + glide.glideMs) return;
    const distance = Math.hypot(glide.toX - glide.fromX, glide.toY - glide.fromY);
    this.speed = Math.max(this.speed, distance / glide.glideMs);
  }

  private turn(glide: Glide, toX: number, toY: number, now: number): void {
    glide.fromX = along(glide.fromX, glide.toX, glide, now);
    glide.fromY = along(glide.fromY, glide.toY, glide, now);
    glide.glideMs = Math.min(GLIDE_MAX_MS, Math.max(GLIDE_MIN_MS, now - glide.startedAt));
    glide.toX = toX;
    glide.toY = toY;
    glide.startedAt = now;
    this.movingUntil = Math.max(this.movingUntil, now + glide.glideMs);
  }
}

function along(from: number, to: number, glide: Glide, now: number): number {
  const share = (now - glide.startedAt) / glide.glideMs;
  return share >= 1 ? to : from + (to - from) * Math.max(0, share);
}

function ring(pen: CanvasRenderingContext2D, x: number, y: number, size: number): void {
  pen.globalAlpha = 0.25;
  pen.beginPath();
  pen.arc(x, y, size, 0, 2 * Math.PI);
  pen.fill();
  pen.globalAlpha = 1;
  pen.beginPath();
  pen.arc(x, y, size / 2, 0, 2 * Math.PI);
  pen.fill();
}
