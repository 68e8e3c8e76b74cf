// An invented district: one round outline, cut in two again and again along crooked lines. Neighbours share their cut.

/** @typedef {[number, number]} Point */

/**
 * A small seeded generator (mulberry32): the same district on every start.
 * @param {number} seed
 * @returns {() => number} 0 ≤ n < 1
 */
export function seeded(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/**
 * @param {Point} centre degrees
 * @param {number} radius degrees of latitude
 * @param {() => number} random
 * @returns {Point[]} an open ring
 */
export function outline([lng, lat], radius, random) {
  const waves = Array.from({ length: 5 }, (_, k) => ({ k: k + 2, a: (random() * 0.16) / (k + 1), p: random() * 6.28 }));
  return Array.from({ length: 160 }, (_, i) => {
    const angle = (i / 160) * 2 * Math.PI;
    const r = radius * (1 + waves.reduce((sum, { k, a, p }) => sum + a * Math.sin(k * angle + p), 0));
    return /** @type {Point} */ ([lng + 1.25 * r * Math.cos(angle), lat + r * Math.sin(angle)]);
  });
}

/**
 * Cuts an area into `parts` pieces of about the same size.
 * @param {Point[]} ring
 * @param {number} parts
 * @param {() => number} random
 * @returns {Point[][]}
 */
export function divide(ring, parts, random) {
  if (parts <= 1) return [ring];
  const first = Math.floor(parts / 2);
  const [a, b] = cut(ring, first / parts, random);
  return [...divide(a, first, random), ...divide(b, parts - first, random)];
}

/**
 * @param {Point[]} ring
 * @param {number} share of the first piece
 * @param {() => number} random
 * @returns {[Point[], Point[]]}
 */
function cut(ring, share, random) {
  const long = axis(ring) + (random() - 0.5) * 0.7;
  const along = /** @param {Point} p */ p => p[0] * Math.cos(long) + p[1] * Math.sin(long);
  const target = area(ring) * share;
  let [low, high] = [Math.min(...ring.map(along)), Math.max(...ring.map(along))];
  let best = crossings(ring, along, (low + high) / 2);
  for (let i = 0; i < 24; i++) {
    const middle = (low + high) / 2;
    best = crossings(ring, along, middle);
    if (area(piece(ring, best)) < target) low = middle;
    else high = middle;
  }
  const wiggle = crooked(best[0].point, best[1].point, random);
  const one = piece(ring, best);
  const other = piece(ring, [best[1], best[0]]);
  return along(centroid(one)) < along(centroid(other))
    ? [
        [...one, ...wiggle.toReversed()],
        [...other, ...wiggle],
      ]
    : [
        [...other, ...wiggle],
        [...one, ...wiggle.toReversed()],
      ];
}

/**
 * The two outermost places where the ring crosses a line.
 * @param {Point[]} ring
 * @param {(p: Point) => number} along
 * @param {number} at
 * @returns {[{ edge: number, point: Point }, { edge: number, point: Point }]}
 */
function crossings(ring, along, at) {
  const found = ring.flatMap((p, edge) => {
    const q = /** @type {Point} */ (ring[(edge + 1) % ring.length]);
    const [a, b] = [along(p) - at, along(q) - at];
    if (a < 0 === b < 0) return [];
    const t = a / (a - b);
    return [{ edge, point: /** @type {Point} */ ([p[0] + t * (q[0] - p[0]), p[1] + t * (q[1] - p[1])]) }];
  });
  const up = found.filter(({ edge }) => along(/** @type {Point} */ (ring[edge])) - at < 0);
  const down = found.filter(({ edge }) => along(/** @type {Point} */ (ring[edge])) - at >= 0);
  const one = up[Math.floor(up.length / 2)] ?? { edge: 0, point: /** @type {Point} */ (ring[0]) };
  const two = down[Math.floor(down.length / 2)] ?? { edge: 1, point: /** @type {Point} */ (ring[1]) };
  return [two, one];
}

/**
 * The part of the ring from the first crossing round to the second, both included. It is the side below the line.
 * @param {Point[]} ring
 * @param {readonly [{ edge: number, point: Point }, { edge: number, point: Point }]} ends
 * @returns {Point[]}
 */
function piece(ring, [from, to]) {
  /** @type {Point[]} */
  const points = [from.point];
  for (let i = (from.edge + 1) % ring.length; i !== (to.edge + 1) % ring.length; i = (i + 1) % ring.length) {
    points.push(/** @type {Point} */ (ring[i]));
  }
  points.push(to.point);
  return points;
}

/**
 * @param {Point} a
 * @param {Point} b
 * @param {() => number} random
 * @param {number} depth
 * @returns {Point[]} the points between a and b, without them
 */
function crooked(a, b, random, depth = 4) {
  if (depth === 0) return [];
  const sway = (random() - 0.5) * 0.22;
  const middle = /** @type {Point} */ ([
    (a[0] + b[0]) / 2 - (b[1] - a[1]) * sway,
    (a[1] + b[1]) / 2 + (b[0] - a[0]) * sway,
  ]);
  return [...crooked(a, middle, random, depth - 1), middle, ...crooked(middle, b, random, depth - 1)];
}

/** @param {Point[]} ring */
function area(ring) {
  let sum = 0;
  ring.forEach((p, i) => {
    const q = /** @type {Point} */ (ring[(i + 1) % ring.length]);
    sum += p[0] * q[1] - q[0] * p[1];
  });
  return Math.abs(sum) / 2;
}

/**
 * @param {Point[]} ring
 * @returns {Point}
 */
export function centroid(ring) {
  const sum = ring.reduce(([x, y], p) => [x + p[0], y + p[1]], [0, 0]);
  return [sum[0] / ring.length, sum[1] / ring.length];
}

/** The direction in which the ring is longest. @param {Point[]} ring */
function axis(ring) {
  const [cx, cy] = centroid(ring);
  let [xx, yy, xy] = [0, 0, 0];
  for (const [x, y] of ring) {
    xx += (x - cx) ** 2;
    yy += (y - cy) ** 2;
    xy += (x - cx) * (y - cy);
  }
  return Math.atan2(2 * xy, xx - yy) / 2;
}
