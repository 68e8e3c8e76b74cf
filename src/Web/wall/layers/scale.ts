/** From quiet to busy, all dark enough for dots and names to stand out on. The last one has no upper end. */
export const SHADES = ['#0f2a42', '#11455f', '#156670', '#6a7338', '#a06a22', '#a83f2c'] as const;
const NICE = [1, 2, 3, 5, 8, 10] as const;

/** Lower ends of all shades but the first, in round numbers, so that the busiest area falls into the last. */
export type Scale = readonly number[];

/** A scale for counts up to `max`, 0 or more. */
export function scaleFor(max: number): Scale {
  const steps = SHADES.length - 1;
  const step = niceAtMost(Math.max(1, max / (steps + 0.5)));
  return Array.from({ length: steps }, (_, i) => step * (i + 1));
}

/** Keeps the scale while it still says something, so that colours do not flicker with every case. */
export function keepOrRescale(held: Scale | null, max: number): Scale {
  const top = held?.at(-1);
  if (held && top !== undefined && max >= top * 0.8 && max <= top * 1.8) return held;
  return scaleFor(max);
}

export function shadeOf(scale: Scale, value: number): string {
  const index = scale.filter(end => value >= end).length;
  return SHADES[index] ?? SHADES[0];
}

function niceAtMost(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const factor = NICE.findLast(nice => nice * power <= value + 1e-9) ?? 1;
  return factor * power;
}
