import type { AreaShapes } from '../../core/protocol';
import { type Bounds, type Camera, cameraFor, mercatorX, mercatorY, screenX, screenY } from './camera';
import { MAP_COLOURS, type MapEvents, type MapView, PADDING_SHARE } from './mapView';
import { ringsOf } from './shapes';

interface Drawn {
  readonly code: string;
  readonly path: Path2D;
}

/** The map where there is no WebGL: the same polygons on a plain canvas, without moving or zooming by hand. */
export class PlainMap implements MapView {
  readonly kind = 'plain';
  private readonly canvas = document.createElement('canvas');
  private readonly pen = this.canvas.getContext('2d');
  private view: Camera = { x: 0.5, y: 0.5, scale: 1, width: 1, height: 1 };
  private bounds: Bounds | null = null;
  private shapes: AreaShapes | null = null;
  private around: AreaShapes | null = null;
  private colours: ReadonlyMap<string, string> = new Map();
  private lit: string | null = null;
  private drawn: Drawn[] = [];

  constructor(
    private readonly host: HTMLElement,
    private readonly events: MapEvents,
  ) {
    this.canvas.className = 'plain-map';
    host.append(this.canvas);
    this.canvas.addEventListener('click', event => {
      const code = this.at(event);
      if (code) events.picked(code);
    });
    this.canvas.addEventListener('mousemove', event => events.hovered(this.at(event)));
    this.canvas.addEventListener('mouseleave', () => events.hovered(null));
    new ResizeObserver(() => this.resize()).observe(host);
    this.resize();
  }

  camera(): Camera {
    return this.view;
  }

  show(shapes: AreaShapes, around: AreaShapes | null): void {
    this.shapes = shapes;
    this.around = around;
    this.colours = new Map();
    this.lit = null;
    this.draw();
  }

  fit(bounds: Bounds): void {
    this.bounds = bounds;
    this.resize();
  }

  shade(colours: ReadonlyMap<string, string>): void {
    const changed = [...colours].some(([code, colour]) => this.colours.get(code) !== colour);
    this.colours = new Map(colours);
    if (changed) this.draw();
  }

  highlight(code: string | null): void {
    if (this.lit === code) return;
    this.lit = code;
    this.draw();
  }

  private resize(): void {
    const { clientWidth: width, clientHeight: height } = this.host;
    this.canvas.width = width * devicePixelRatio;
    this.canvas.height = height * devicePixelRatio;
    const padding = Math.min(width, height) * PADDING_SHARE;
    this.view = this.bounds ? cameraFor(this.bounds, width, height, padding) : { ...this.view, width, height };
    this.draw();
    this.events.moved();
  }

  private draw(): void {
    const pen = this.pen;
    if (!pen) return;
    pen.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    pen.clearRect(0, 0, this.view.width, this.view.height);
    pen.lineJoin = 'round';
    pen.strokeStyle = MAP_COLOURS.around;
    for (const { path } of this.paths(this.around)) pen.stroke(path);
    this.drawn = this.paths(this.shapes);
    for (const { code, path } of this.drawn) {
      pen.fillStyle = this.colours.get(code) ?? MAP_COLOURS.base;
      pen.fill(path, 'evenodd');
      pen.strokeStyle = code === this.lit ? MAP_COLOURS.highlight : MAP_COLOURS.edge;
      pen.lineWidth = code === this.lit ? 3 : 1.2;
      pen.stroke(path);
    }
  }

  private paths(shapes: AreaShapes | null): Drawn[] {
    return (shapes?.features ?? []).map(feature => {
      const path = new Path2D();
      for (const ring of ringsOf(feature.geometry)) {
        ring.forEach(([lng = 0, lat = 0], index) => {
          const x = screenX(this.view, mercatorX(lng));
          const y = screenY(this.view, mercatorY(lat));
          if (index === 0) path.moveTo(x, y);
          else path.lineTo(x, y);
        });
        path.closePath();
      }
      return { code: feature.properties.code, path };
    });
  }

  private at(event: MouseEvent): string | null {
    const [x, y] = [event.offsetX * devicePixelRatio, event.offsetY * devicePixelRatio];
    return this.drawn.find(({ path }) => this.pen?.isPointInPath(path, x, y, 'evenodd'))?.code ?? null;
  }
}
