import { expect, test } from 'vitest';
import { FrameClock } from './frame';

/** A screen whose frames come when the test says so. */
function screen() {
  let next: ((now: number) => void) | null = null;
  const clock = new FrameClock(callback => {
    next = callback;
  });
  clock.start();
  const frame = (now: number) => {
    const callback = next;
    next = null;
    callback?.(now);
  };
  return { clock, frame };
}

test('[WA13] however often something changes, it is painted once a frame', () => {
  const { clock, frame } = screen();
  let painted = 0;
  const dirty = clock.add(() => void painted++);
  frame(16);
  for (let i = 0; i < 1_000; i++) dirty();
  expect(painted).toBe(1);
  frame(32);
  expect(painted).toBe(2);
  frame(48);
  expect(painted).toBe(2);
});

test('[WA13] a painter that still moves is painted in the next frame without being asked', () => {
  const { clock, frame } = screen();
  const times: number[] = [];
  clock.add(now => {
    times.push(now);
    return now < 40;
  });
  for (const now of [16, 32, 48, 64]) frame(now);
  expect(times).toEqual([16, 32, 48]);
});

test('[WA13] a painter with a pace waits for it and loses nothing', () => {
  const { clock, frame } = screen();
  const times: number[] = [];
  const dirty = clock.add(now => void times.push(now), 100);
  frame(0);
  dirty();
  for (const now of [50, 99, 100, 150, 300]) frame(now);
  expect(times).toEqual([0, 100]);
});

test('[WA13] what is urgent does not wait for its pace', () => {
  const { clock, frame } = screen();
  const times: number[] = [];
  const dirty = clock.add(now => void times.push(now), 100);
  frame(0);
  dirty(true);
  frame(16);
  expect(times).toEqual([0, 16]);
});

test('[WA13] the frame rate is counted from the frames themselves', () => {
  const { clock, frame } = screen();
  expect(clock.fps()).toBe(0);
  for (let i = 0; i <= 60; i++) frame(i * 20);
  expect(clock.fps()).toBeCloseTo(50);
});

test('[WA13] the frame rate is that of the last moments, not of better times before', () => {
  const { clock, frame } = screen();
  for (let i = 0; i <= 300; i++) frame(i * 16);
  for (let i = 1; i <= 20; i++) frame(4_800 + i * 200);
  expect(clock.fps()).toBeCloseTo(5);
});

test('[WA24] what is not shown is not painted, and is painted once it is', () => {
  const { clock, frame } = screen();
  let shown = false;
  let painted = 0;
  const dirty = clock.only(() => shown).add(() => void painted++);
  frame(16);
  dirty();
  frame(32);
  expect(painted).toBe(0);
  shown = true;
  frame(48);
  frame(64);
  expect(painted).toBe(1);
});
