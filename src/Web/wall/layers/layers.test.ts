import { expect, test } from 'vitest';
import type { WorkerDot } from '../../core/protocol';
import { cameraAt, cameraFor, mercatorX, mercatorY, screenX, screenY } from '../map/camera';
import { labelPoint } from '../map/shapes';
import { FPS_HIGH, FPS_LOW, PACE_MAX_MS, Pace } from './pace';
import { keepOrRescale, SHADES, scaleFor, shadeOf } from './scale';
import { WorkersLayer } from './workers';

const worker = (lng: number): ReadonlyMap<string, WorkerDot> =>
  new Map([['W1', { id: 'W1', lng, lat: 0, status: 'OnDuty', at: '' }]]);

test('[WA18] a dot glides to its new place in the time its report took to come', () => {
  const layer = new WorkersLayer();
  layer.update(worker(0), 0);
  layer.update(worker(0.36), 5_000);
  const x = (now: number) => layer.placeOf('W1', now)?.[0];
  expect(x(5_000)).toBeCloseTo(0.5, 7);
  expect(x(7_500)).toBeCloseTo(0.5005, 7);
  expect(x(10_000)).toBeCloseTo(0.501, 7);
  expect(x(20_000)).toBeCloseTo(0.501, 7);
});

test('[WA18] a report on the way bends the dot from where it is', () => {
  const layer = new WorkersLayer();
  layer.update(worker(0), 0);
  layer.update(worker(0.36), 4_000);
  layer.update(worker(0), 6_000);
  expect(layer.placeOf('W1', 6_000)?.[0]).toBeCloseTo(0.5005, 7);
});

test('[WA18] a worker who is gone leaves no dot', () => {
  const layer = new WorkersLayer();
  layer.update(worker(0), 0);
  layer.update(new Map(), 10);
  expect(layer.placeOf('W1', 10)).toBeNull();
});

test('[WA18] dots are drawn as often as one of them moves visibly', () => {
  const layer = new WorkersLayer();
  layer.update(worker(0), 0);
  layer.update(worker(0.0036), 1_000);
  const near = cameraAt(0, 0, 16, 1_000, 1_000);
  const far = cameraAt(0, 0, 6, 1_000, 1_000);
  expect(layer.stepMs(near)).toBeLessThan(10);
  expect(layer.stepMs(far)).toBe(250);
});

test('[WA19] shades have round ends and the busiest area has the last one', () => {
  expect(scaleFor(802)).toEqual([100, 200, 300, 400, 500]);
  expect(scaleFor(0)).toEqual([1, 2, 3, 4, 5]);
  expect(shadeOf(scaleFor(802), 802)).toBe(SHADES.at(-1));
  expect(shadeOf(scaleFor(802), 0)).toBe(SHADES[0]);
  expect(shadeOf(scaleFor(802), 100)).toBe(SHADES[1]);
});

test('[WA19] the scale stays while it fits, so that colours do not flicker', () => {
  const scale = scaleFor(802);
  expect(keepOrRescale(scale, 850)).toBe(scale);
  expect(keepOrRescale(scale, 2_000)).not.toBe(scale);
  expect(keepOrRescale(scale, 100)).not.toBe(scale);
});

test('[WA20] a weak machine draws what moves less often, a recovered one more often again', () => {
  const pace = new Pace();
  let now = 0;
  const seconds = (count: number, fps: number) => {
    for (let i = 0; i < count; i++) {
      now += 1_000;
      pace.measured(fps, now);
    }
  };
  seconds(3, FPS_LOW - 1);
  const slowed = pace.everyMs;
  expect(slowed).toBeGreaterThan(33);
  seconds(100, FPS_LOW - 1);
  expect(pace.everyMs).toBe(PACE_MAX_MS);
  seconds(100, FPS_HIGH - 1);
  expect(pace.everyMs).toBe(PACE_MAX_MS);
  seconds(100, FPS_HIGH + 1);
  expect(pace.everyMs).toBe(0);
});

test('[WA21] the camera shows the bounds inside the padding', () => {
  const camera = cameraFor([108, 22, 109, 23], 800, 1_000, 50);
  expect(screenX(camera, mercatorX(108))).toBeCloseTo(50);
  expect(screenX(camera, mercatorX(109))).toBeCloseTo(750);
  expect(screenY(camera, mercatorY(23))).toBeGreaterThanOrEqual(50);
  expect(screenY(camera, mercatorY(22))).toBeLessThanOrEqual(950);
});

test('[WA21] the label of a hollow area lies inside it', () => {
  const u = [
    [0, 0],
    [9, 0],
    [9, 9],
    [7, 9],
    [7, 2],
    [2, 2],
    [2, 9],
    [0, 9],
    [0, 0],
  ];
  const [lng = 0, lat = 0] = labelPoint({ type: 'Polygon', coordinates: [u] });
  expect(lat < 2 || lng < 2 || lng > 7).toBe(true);
});
