import { type GeoJSONSource, type LngLatBoundsLike, Map as MapLibre, setWorkerUrl } from 'maplibre-gl';
import 'maplibre-gl/dist/maplibre-gl.css';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import type { AreaShapes } from '../../core/protocol';
import { type Bounds, type Camera, cameraAt } from './camera';
import { MAP_COLOURS, type MapEvents, type MapView, PADDING_SHARE } from './mapView';

const FLIGHT_MS = 900;
const AREAS = 'areas';
const AROUND = 'around';
const NOTHING: AreaShapes = { type: 'FeatureCollection', features: [] };

/** The wall's map on MapLibre, in an empty style of our own or in a configured one. */
export class GlMap implements MapView {
  readonly kind = 'gl';
  private shaded = new Map<string, string>();
  private highlighted: string | null = null;

  private constructor(
    private readonly map: MapLibre,
    private readonly host: HTMLElement,
  ) {}

  /** Resolves when the style is there and the map can be drawn on. */
  static async open(host: HTMLElement, styleUrl: string | null, events: MapEvents): Promise<GlMap> {
    setWorkerUrl(workerUrl);
    const map = new MapLibre({
      container: host,
      style: styleUrl ?? { version: 8, sources: {}, layers: [] },
      center: [108.3, 22.8],
      zoom: 9,
      attributionControl: styleUrl === null ? false : { compact: true },
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      renderWorldCopies: false,
      fadeDuration: 0,
      canvasContextAttributes: { antialias: true, powerPreference: 'high-performance' },
    });
    map.keyboard.disableRotation();
    map.touchZoomRotate.disableRotation();
    await new Promise<void>((resolve, reject) => {
      map.once('load', () => resolve());
      map.once('error', event => reject(event.error));
    });
    map.on('error', () => undefined);
    addLayers(map);
    map.on('move', () => events.moved());
    map.on('resize', () => events.moved());
    map.on('click', AREAS, event => {
      const code = event.features?.[0]?.properties.code;
      if (typeof code === 'string') events.picked(code);
    });
    map.on('mousemove', AREAS, event => {
      const code = event.features?.[0]?.properties.code;
      events.hovered(typeof code === 'string' ? code : null);
    });
    map.on('mouseleave', AREAS, () => events.hovered(null));
    return new GlMap(map, host);
  }

  camera(): Camera {
    const { lng, lat } = this.map.getCenter();
    return cameraAt(lng, lat, this.map.getZoom(), this.host.clientWidth, this.host.clientHeight);
  }

  show(shapes: AreaShapes, around: AreaShapes | null): void {
    this.map.removeFeatureState({ source: AREAS });
    this.shaded = new Map();
    this.highlighted = null;
    this.map.getSource<GeoJSONSource>(AREAS)?.setData(shapes);
    this.map.getSource<GeoJSONSource>(AROUND)?.setData(around ?? NOTHING);
  }

  fit(bounds: Bounds, animate: boolean): void {
    const box: LngLatBoundsLike = [bounds[0], bounds[1], bounds[2], bounds[3]];
    const padding = Math.round(Math.min(this.host.clientWidth, this.host.clientHeight) * PADDING_SHARE);
    this.map.fitBounds(box, { padding, animate, duration: FLIGHT_MS, linear: true });
  }

  shade(colours: ReadonlyMap<string, string>): void {
    for (const [code, colour] of colours) {
      // A feature state that is set again repaints the whole map, so only changes go through.
      if (this.shaded.get(code) === colour) continue;
      this.shaded.set(code, colour);
      this.map.setFeatureState({ source: AREAS, id: code }, { colour });
    }
  }

  highlight(code: string | null): void {
    if (code === this.highlighted) return;
    if (this.highlighted) this.map.setFeatureState({ source: AREAS, id: this.highlighted }, { lit: false });
    if (code) this.map.setFeatureState({ source: AREAS, id: code }, { lit: true });
    this.highlighted = code;
  }
}

function addLayers(map: MapLibre): void {
  map.addSource(AROUND, { type: 'geojson', data: NOTHING });
  map.addSource(AREAS, { type: 'geojson', data: NOTHING, promoteId: 'code' });
  map.addLayer({
    id: AROUND,
    type: 'line',
    source: AROUND,
    paint: { 'line-color': MAP_COLOURS.around, 'line-width': 1 },
  });
  map.addLayer({
    id: 'areas-glow',
    type: 'line',
    source: AREAS,
    paint: { 'line-color': MAP_COLOURS.outline, 'line-width': 14, 'line-blur': 14, 'line-opacity': 0.3 },
  });
  map.addLayer({
    id: AREAS,
    type: 'fill',
    source: AREAS,
    paint: {
      'fill-color': ['to-color', ['coalesce', ['feature-state', 'colour'], MAP_COLOURS.base]],
      'fill-opacity': 0.94,
      'fill-antialias': false,
    },
  });
  map.addLayer({
    id: 'areas-edge',
    type: 'line',
    source: AREAS,
    layout: { 'line-join': 'round' },
    paint: {
      'line-color': ['case', ['boolean', ['feature-state', 'lit'], false], MAP_COLOURS.highlight, MAP_COLOURS.edge],
      'line-width': ['case', ['boolean', ['feature-state', 'lit'], false], 3, 1.2],
    },
  });
}
