import type { AreaShapes } from '../../core/protocol';
import type { Bounds, Camera } from './camera';

/** What the layers need of a map. Two maps do it: MapLibre, and a plain canvas where there is no WebGL. */
export interface MapView {
  readonly kind: 'gl' | 'plain';
  camera(): Camera;
  /** Shows these areas; `around` are drawn as outlines only, for orientation. */
  show(shapes: AreaShapes, around: AreaShapes | null): void;
  fit(bounds: Bounds, animate: boolean): void;
  /** Fill colours by area code; an area without one keeps its base colour. */
  shade(colours: ReadonlyMap<string, string>): void;
  /** Draws the outline of one area brighter, or of none. */
  highlight(code: string | null): void;
}

export interface MapEvents {
  moved(): void;
  picked(code: string): void;
  hovered(code: string | null): void;
}

/** Free room around the areas, as a share of the smaller side of the map. */
export const PADDING_SHARE = 0.07;

export const MAP_COLOURS = {
  base: '#0e2136',
  edge: '#3d7396',
  outline: '#2fc7ee',
  around: '#1d3a55',
  highlight: '#eaf7ff',
} as const;
