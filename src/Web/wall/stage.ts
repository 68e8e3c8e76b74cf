import type { Api } from '../core/api';
import { parentOf } from '../core/code';
import { el } from '../core/dom';
import type { Names } from '../core/names';
import type { AreaState, Change } from '../core/store';
import type { MarkDirty, Painters } from './frame';
import { AreasLayer } from './layers/areas';
import { CasesLayer } from './layers/cases';
import { mapKey } from './layers/key';
import { Overlay } from './layers/overlay';
import { Pace } from './layers/pace';
import { PulsesLayer } from './layers/pulses';
import { WorkersLayer } from './layers/workers';
import type { MapEvents, MapView } from './map/mapView';
import { openMap } from './map/openMap';
import { bindText } from './texts';

/** Shades change at most this often: each change repaints the map itself. */
const SHADE_EVERY_MS = 1_000;
const MARKS_EVERY_MS = 250;

/** Pulses open smoothly enough in steps of this length. */
const PULSE_STEP_MS = 30;

interface Layers {
  readonly map: MapView;
  readonly areas: AreasLayer;
  readonly workers: WorkersLayer;
  readonly cases: CasesLayer;
  readonly pulses: PulsesLayer;
  readonly dirty: { readonly areas: MarkDirty; readonly cases: MarkDirty; readonly overlay: MarkDirty };
}

/** The middle of the wall: the map and everything on it. */
export class Stage {
  readonly root = el('section', { class: 'stage', 'data-testid': 'map' });
  private readonly host = el('div', { class: 'map' });
  private layers: Layers | null = null;
  private showing: string | null = null;
  private shownTop = false;

  constructor(
    private readonly api: Api,
    private readonly names: Names,
    private readonly top: string,
    private readonly state: () => AreaState | null,
    private readonly pick: (code: string) => void,
  ) {
    this.root.append(this.host);
  }

  get kind(): MapView['kind'] | 'none' {
    return this.layers?.map.kind ?? 'none';
  }

  /** Opens the map; the panels live without it meanwhile. */
  async load(clock: Painters, styleUrl: string | null): Promise<void> {
    let moved = () => {};
    let lit = (_code: string | null) => {};
    const events: MapEvents = { moved: () => moved(), picked: this.pick, hovered: code => lit(code) };
    const map = await openMap(this.host, styleUrl, events);
    const [workers, cases, pulses] = [new WorkersLayer(), new CasesLayer(), new PulsesLayer()];
    const overlay = new Overlay(
      this.root,
      () => map.camera(),
      [workers, cases, pulses],
      () => moved(),
    );
    const areas = new AreasLayer(this.root, map, this.pick);
    this.root.append(mapKey());
    if (map.kind === 'plain') this.root.append(bindText(el('p', { class: 'map-note' }), 'noMap'));
    const pace = new Pace();
    const overlayDirty = clock.add(
      now => {
        pace.measured(clock.fps(), now);
        return overlay.paint(now);
      },
      () => Math.max(pace.everyMs, pulses.busy ? PULSE_STEP_MS : workers.stepMs(map.camera())),
    );
    const casesDirty = clock.add(() => {
      cases.update(this.state()?.incidents ?? new Map());
      overlayDirty();
      return false;
    }, MARKS_EVERY_MS);
    const areasDirty = clock.add(() => {
      areas.paint(this.state());
      return false;
    }, SHADE_EVERY_MS);
    const placeDirty = clock.add(() => {
      areas.place();
      return false;
    });
    moved = () => {
      placeDirty();
      overlayDirty(true);
    };
    lit = code => map.highlight(code);
    const dirty = { areas: areasDirty, cases: casesDirty, overlay: overlayDirty };
    this.layers = { map, areas, workers, cases, pulses, dirty };
    const { showing } = this;
    this.showing = null;
    if (showing !== null) await this.show(showing);
    this.replaced(performance.now());
  }

  /** Moves the map to an area. */
  async show(code: string): Promise<void> {
    if (code === this.showing) return;
    this.showing = code;
    this.layers?.workers.clear();
    this.layers?.pulses.clear();
    const parent = parentOf(code);
    const around = parent?.startsWith(this.top) ? this.api.shapesWithin(parent) : null;
    const all = Promise.all([this.api.shapesWithin(code), around?.catch(() => null) ?? null]);
    const [shapes, outlines] = await all.catch(error => {
      // Not shown after all, so that the next snapshot of the area tries again.
      if (this.showing === code) this.showing = null;
      throw error;
    });
    this.names.learnShapes(shapes);
    if (code !== this.showing || !this.layers) return;
    this.layers.areas.show(shapes, outlines, this.shownTop);
    this.shownTop = true;
    this.layers.dirty.areas();
  }

  /** Everything is new: a snapshot. */
  replaced(now: number): void {
    const { layers } = this;
    layers?.workers.update(this.state()?.workers ?? new Map(), now);
    layers?.dirty.areas();
    layers?.dirty.cases();
    layers?.dirty.overlay();
  }

  /** A frame changed these things. */
  changed(change: Change, now: number): void {
    const { layers } = this;
    const state = this.state();
    if (!layers || !state) return;
    if (change.workers) layers.workers.update(state.workers, now);
    layers.pulses.add(change.news, now);
    if (change.children || change.summary) layers.dirty.areas();
    if (change.incidents) layers.dirty.cases();
    if (change.workers || change.news.length > 0) layers.dirty.overlay();
  }

  highlight(code: string | null): void {
    this.layers?.map.highlight(code);
  }
}
