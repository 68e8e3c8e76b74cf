// Web Mercator with the world as the unit square: what MapLibre shows at zoom z is 512·2^z pixels wide. The wall never
// turns or tilts its map, so that a point's place on the screen is one multiplication and one addition.

const TILE_PX = 512;

export interface Camera {
  /** Mercator, 0…1. */
  readonly x: number;
  readonly y: number;
  /** CSS pixels the whole world would take. */
  readonly scale: number;
  readonly width: number;
  readonly height: number;
}

/** West, south, east, north in degrees. */
export type Bounds = readonly [number, number, number, number];

export function mercatorX(lng: number): number {
  return lng / 360 + 0.5;
}

export function mercatorY(lat: number): number {
  return 0.5 - Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) / (2 * Math.PI);
}

export function screenX(camera: Camera, x: number): number {
  return (x - camera.x) * camera.scale + camera.width / 2;
}

export function screenY(camera: Camera, y: number): number {
  return (y - camera.y) * camera.scale + camera.height / 2;
}

export function cameraAt(lng: number, lat: number, zoom: number, width: number, height: number): Camera {
  return { x: mercatorX(lng), y: mercatorY(lat), scale: TILE_PX * 2 ** zoom, width, height };
}

/** The camera that shows the bounds as large as they fit inside the padding. */
export function cameraFor(bounds: Bounds, width: number, height: number, padding: number): Camera {
  const [west, south, east, north] = bounds;
  const [left, right, top, bottom] = [mercatorX(west), mercatorX(east), mercatorY(north), mercatorY(south)];
  const scale = Math.min(
    Math.max(1, width - 2 * padding) / Math.max(Number.EPSILON, right - left),
    Math.max(1, height - 2 * padding) / Math.max(Number.EPSILON, bottom - top),
  );
  return { x: (left + right) / 2, y: (top + bottom) / 2, scale, width, height };
}
