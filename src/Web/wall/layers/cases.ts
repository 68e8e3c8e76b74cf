import type { Card, Severity } from '../../core/protocol';
import { type Camera, mercatorX, mercatorY } from '../map/camera';
import type { OverlayLayer } from './overlay';

/** With more cases than this only those that need somebody's eye are marked: overdue, urgent and major ones. */
const ALL_MARKED_MAX = 150;
export const CASE_COLOURS: Readonly<Record<Severity, string>> = {
  Normal: '#ffd166',
  Urgent: '#ff9f43',
  Major: '#ff4d6d',
};

interface Mark {
  readonly x: number;
  readonly y: number;
  readonly colour: string;
  readonly overdue: boolean;
}

/** Open cases that have a place, as small diamonds; overdue ones have a white edge. */
export class CasesLayer implements OverlayLayer {
  private marks: readonly Mark[] = [];
  private large = true;

  update(cards: ReadonlyMap<string, Card>): void {
    const all = cards.size <= ALL_MARKED_MAX;
    const marks: Mark[] = [];
    for (const card of cards.values()) {
      if (!card.position || (!all && !card.overdue && card.severity === 'Normal')) continue;
      marks.push({
        x: mercatorX(card.position.lng),
        y: mercatorY(card.position.lat),
        colour: CASE_COLOURS[card.severity],
        overdue: card.overdue,
      });
    }
    this.marks = marks;
    this.large = all;
  }

  draw(pen: CanvasRenderingContext2D, camera: Camera): boolean {
    const half = ((this.large ? 7 : 3.4) * Math.min(camera.width, camera.height)) / 900;
    pen.lineWidth = half / 3;
    pen.strokeStyle = '#ffffff';
    for (const mark of this.marks) {
      const x = (mark.x - camera.x) * camera.scale + camera.width / 2;
      const y = (mark.y - camera.y) * camera.scale + camera.height / 2;
      pen.fillStyle = mark.colour;
      pen.beginPath();
      pen.moveTo(x, y - half);
      pen.lineTo(x + half, y);
      pen.lineTo(x, y + half);
      pen.lineTo(x - half, y);
      pen.closePath();
      pen.fill();
      if (mark.overdue) pen.stroke();
    }
    return false;
  }
}
