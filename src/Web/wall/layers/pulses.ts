import type { Card } from '../../core/protocol';
import { type Camera, mercatorX, mercatorY } from '../map/camera';
import { CASE_COLOURS } from './cases';
import type { OverlayLayer } from './overlay';

const PULSE_MS = 1_600;
/** A storm shows as many pulses as the eye can tell apart; more are not drawn, the numbers tell the rest. */
export const PULSES_MAX = 120;
const RADIUS_PX = 34;

interface Pulse {
  readonly x: number;
  readonly y: number;
  readonly colour: string;
  readonly startedAt: number;
}

/** A ring that opens where a case has just come in. */
export class PulsesLayer implements OverlayLayer {
  private pulses: Pulse[] = [];

  add(cards: readonly Card[], now: number): void {
    for (const card of cards) {
      if (!card.position || this.pulses.length >= PULSES_MAX) continue;
      this.pulses.push({
        x: mercatorX(card.position.lng),
        y: mercatorY(card.position.lat),
        colour: CASE_COLOURS[card.severity],
        startedAt: now,
      });
    }
  }

  clear(): void {
    this.pulses = [];
  }

  /** Whether any is still opening. */
  get busy(): boolean {
    return this.pulses.length > 0;
  }

  draw(pen: CanvasRenderingContext2D, camera: Camera, now: number): boolean {
    this.pulses = this.pulses.filter(pulse => now - pulse.startedAt < PULSE_MS);
    const unit = Math.min(camera.width, camera.height) / 900;
    for (const pulse of this.pulses) {
      const share = Math.max(0, (now - pulse.startedAt) / PULSE_MS);
      const opened = 1 - (1 - share) ** 3;
      const x = (pulse.x - camera.x) * camera.scale + camera.width / 2;
      const y = (pulse.y - camera.y) * camera.scale + camera.height / 2;
      pen.globalAlpha = 1 - share;
      pen.strokeStyle = pulse.colour;
      pen.lineWidth = (1 + 2.5 * (1 - share)) * unit;
      pen.beginPath();
      pen.arc(x, y, (3 + RADIUS_PX * opened) * unit, 0, 2 * Math.PI);
      pen.stroke();
      pen.fillStyle = pulse.colour;
      pen.beginPath();
      pen.arc(x, y, 4 * (1 - share) * unit, 0, 2 * Math.PI);
      pen.fill();
    }
    pen.globalAlpha = 1;
    return this.pulses.length > 0;
  }
}
