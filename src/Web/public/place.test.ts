import { expect, test } from 'vitest';
import { toDrawing, toPlace } from './place';

test('[PG5] a place that was touched on the map is the place that is drawn there', () => {
  const frame = '108.2 22.9 0.0005 0.0004';
  expect(toPlace(frame, 100, 50)).toEqual([expect.closeTo(108.25, 9), expect.closeTo(22.88, 9)]);
  const [x, y] = toDrawing(frame, ...toPlace(frame, 321, 123));
  expect(x).toBeCloseTo(321, 6);
  expect(y).toBeCloseTo(123, 6);
});
