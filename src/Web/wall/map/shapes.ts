import type { AreaShapes } from '../../core/protocol';
import type { Bounds } from './camera';

type Ring = readonly GeoJSON.Position[];

/** Points tried in each direction when a place for a label is looked for. */
const LABEL_STEPS = 14;

export function ringsOf(geometry: GeoJSON.Polygon | GeoJSON.MultiPolygon): readonly Ring[] {
  return geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat();
}

export function boundsOf(shapes: AreaShapes): Bounds | null {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const feature of shapes.features) {
    for (const ring of ringsOf(feature.geometry)) {
      for (const [lng = 0, lat = 0] of ring) {
        west = Math.min(west, lng);
        east = Math.max(east, lng);
        south = Math.min(south, lat);
        north = Math.max(north, lat);
      }
    }
  }
  return west === Infinity ? null : [west, south, east, north];
}

/** A point well inside the area: of a raster of points, the inner one that is farthest from every edge. */
export function labelPoint(geometry: GeoJSON.Polygon | GeoJSON.MultiPolygon): GeoJSON.Position {
  const rings = ringsOf(geometry);
  const all = rings.flat();
  const lngs = all.map(p => p[0] ?? 0);
  const lats = all.map(p => p[1] ?? 0);
  const [west, east, south, north] = [Math.min(...lngs), Math.max(...lngs), Math.min(...lats), Math.max(...lats)];
  let best: GeoJSON.Position = [(west + east) / 2, (south + north) / 2];
  let bestDistance = -1;
  for (let i = 1; i < LABEL_STEPS; i++) {
    for (let j = 1; j < LABEL_STEPS; j++) {
      const lng = west + ((east - west) * i) / LABEL_STEPS;
      const lat = south + ((north - south) * j) / LABEL_STEPS;
      const distance = insideDistance(rings, lng, lat);
      if (distance > bestDistance) {
        bestDistance = distance;
        best = [lng, lat];
      }
    }
  }
  return best;
}

/** Squared distance to the nearest edge for a point inside, -1 outside. Degrees are good enough to compare. */
function insideDistance(rings: readonly Ring[], lng: number, lat: number): number {
  let inside = false;
  let nearest = Infinity;
  for (const ring of rings) {
    for (let i = 1; i < ring.length; i++) {
      const [ax = 0, ay = 0] = ring[i - 1] ?? [];
      const [bx = 0, by = 0] = ring[i] ?? [];
      if (ay > lat !== by > lat && lng < ((bx - ax) * (lat - ay)) / (by - ay) + ax) inside = !inside;
      nearest = Math.min(nearest, segmentDistance(lng, lat, ax, ay, bx, by));
    }
  }
  return inside ? nearest : -1;
}

function segmentDistance(x: number, y: number, ax: number, ay: number, bx: number, by: number): number {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length));
  return (x - ax - along * dx) ** 2 + (y - ay - along * dy) ** 2;
}
