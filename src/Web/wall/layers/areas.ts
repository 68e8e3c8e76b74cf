import { el, setText } from '../../core/dom';
import { count } from '../../core/formats';
import type { AreaShapes } from '../../core/protocol';
import type { AreaState } from '../../core/store';
import { mercatorX, mercatorY, screenX, screenY } from '../map/camera';
import type { MapView } from '../map/mapView';
import { boundsOf, labelPoint } from '../map/shapes';
import { bindText } from '../texts';
import { keepOrRescale, type Scale, SHADES, shadeOf } from './scale';

interface Label {
  readonly code: string;
  readonly element: HTMLElement;
  readonly open: HTMLElement;
  readonly x: number;
  readonly y: number;
}

/** The areas of the map: their shades by open cases, their names and counts, and the legend. */
export class AreasLayer {
  private readonly labels: HTMLElement;
  private readonly legend: HTMLElement;
  private readonly legendTitle = bindText(el('em'), 'legend');
  private shown: Label[] = [];
  private scale: Scale | null = null;
  private legendOf: Scale | null = null;

  constructor(
    host: HTMLElement,
    private readonly map: MapView,
    private readonly pick: (code: string) => void,
  ) {
    this.labels = el('div', { class: 'labels' });
    this.legend = el('div', { class: 'legend', 'data-testid': 'legend' });
    host.append(this.labels, this.legend);
  }

  show(shapes: AreaShapes, around: AreaShapes | null, animate: boolean): void {
    this.map.show(shapes, around);
    const bounds = boundsOf(shapes);
    if (bounds) this.map.fit(bounds, animate);
    this.scale = null;
    this.shown = shapes.features.map(feature => this.label(feature));
    this.labels.replaceChildren(...this.shown.map(label => label.element));
    this.place();
  }

  /** Shades and counts by the children's summaries. A grid has none: it shows its own count and compares nothing. */
  paint(state: AreaState | null): void {
    if (!state) return;
    const openOf = new Map([...state.children.values()].map(child => [child.code, child.summary.incidents.open]));
    const alone = openOf.size === 0;
    if (alone) openOf.set(state.code, state.summary.incidents.open);
    this.legend.hidden = alone;
    this.scale = keepOrRescale(this.scale, Math.max(0, ...openOf.values()));
    const colours = new Map<string, string>();
    for (const label of this.shown) {
      const open = openOf.get(label.code);
      if (open === undefined) continue;
      setText(label.open, count(open));
      colours.set(label.code, alone ? SHADES[1] : shadeOf(this.scale, open));
    }
    this.map.shade(colours);
    this.paintLegend(this.scale);
  }

  /** Puts the labels where the camera has them now. */
  place(): void {
    const camera = this.map.camera();
    for (const label of this.shown) {
      const x = screenX(camera, label.x).toFixed(1);
      const y = screenY(camera, label.y).toFixed(1);
      label.element.style.transform = `translate(${x}px, ${y}px) translate(-50%, -50%)`;
    }
  }

  private label(feature: AreaShapes['features'][number]): Label {
    const { code, name } = feature.properties;
    const open = el('b');
    const element = el('button', { type: 'button', class: 'label', tabindex: '-1' }, el('span', {}, name), open);
    element.addEventListener('click', () => this.pick(code));
    element.addEventListener('mouseenter', () => this.map.highlight(code));
    element.addEventListener('mouseleave', () => this.map.highlight(null));
    const [lng = 0, lat = 0] = labelPoint(feature.geometry);
    return { code, element, open, x: mercatorX(lng), y: mercatorY(lat) };
  }

  private paintLegend(scale: Scale): void {
    if (this.legendOf === scale) return;
    this.legendOf = scale;
    const steps = SHADES.map((shade, index) => {
      const from = index === 0 ? 0 : (scale[index - 1] ?? 0);
      const step = el('span', {}, index === SHADES.length - 1 ? `${count(from)}+` : count(from));
      step.style.setProperty('--shade', shade);
      return step;
    });
    this.legend.replaceChildren(this.legendTitle, ...steps);
  }
}
