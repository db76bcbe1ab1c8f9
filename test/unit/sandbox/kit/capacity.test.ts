import { expect, test, vi } from 'vitest';
import { Autoscaler, scaling } from '../../../../sandbox/kit/autoscaler.ts';
import { createScaling, normalDayCapacity } from '../../../../sandbox/kit/scaling.ts';
import { Slots } from '../../../../sandbox/kit/slots.ts';

const turn = () => new Promise((done) => setImmediate(done));

test('work beyond the slots waits its turn, first in first out', async () => {
  const slots = new Slots(1, 10);
  const order: number[] = [];
  const work = [1, 2, 3].map((id) => slots.work(1).then(() => order.push(id)));
  await turn();
  expect(slots.queued).toBe(2);
  await Promise.all(work);
  expect(order).toEqual([1, 2, 3]);
  expect(slots.queued).toBe(0);
});

test('a full queue refuses with 503', async () => {
  const slots = new Slots(1, 1);
  const accepted = [slots.work(1), slots.work(1)];
  await expect(slots.work(1)).rejects.toMatchObject({ statusCode: 503 });
  await Promise.all(accepted);
});

test('more capacity admits who waits at once', async () => {
  const slots = new Slots(1, 10);
  const work = [slots.work(1), slots.work(1), slots.work(1)];
  await turn();
  slots.resize(3);
  expect(slots.queued).toBe(0);
  await Promise.all(work);
});

test('utilisation is the busy share of slot time since the last reading', async () => {
  let nowMs = 0;
  const slots = new Slots(2, 10, () => nowMs);
  const work = slots.work(0);
  nowMs = 500;
  expect(slots.read().utilisation).toBe(0.5);
  nowMs = 1000;
  await work;
  expect(slots.read().utilisation).toBe(0.5);
  nowMs = 2000;
  expect(slots.read().utilisation).toBe(0);
});

test('the queue is read as its mean since the last reading', async () => {
  let nowMs = 0;
  const slots = new Slots(1, 10, () => nowMs);
  const work = [slots.work(0), slots.work(0), slots.work(0)];
  nowMs = 100;
  await work[0];
  await Promise.all(work);
  nowMs = 1000;
  // Two waited for 100 ms of 1000.
  expect(slots.read().queued).toBe(0.2);
  nowMs = 2000;
  expect(slots.read().queued).toBe(0);
});

const busy = { utilisation: 1, queued: 0 };
const idle = { utilisation: 0.1, queued: 0 };
const repeat = (times: number, step: () => number) => Array.from({ length: times }, step);

test('replicas come after the start-up delay', () => {
  const autoscaler = new Autoscaler({ min: 2, max: 8 });
  const replicas = repeat(scaling.startUpSeconds + 1, () => autoscaler.tick(busy));
  // ceil(2 × 1 / 0.6) = 4
  expect(replicas).toEqual([2, 2, 2, 4]);
});

test('a queue that lasts asks for one replica more than it looks, requests that met once do not', () => {
  const autoscaler = new Autoscaler({ min: 1, max: 8 });
  repeat(scaling.startUpSeconds + 1, () => autoscaler.tick({ utilisation: 0.5, queued: 0.1 }));
  expect(autoscaler.replicas).toBe(1);
  repeat(scaling.startUpSeconds + 1, () => autoscaler.tick({ utilisation: 0.5, queued: 3 }));
  expect(autoscaler.replicas).toBe(2);
});

test('never beyond its limits, and back to the least after a quiet stretch', () => {
  const autoscaler = new Autoscaler({ min: 1, max: 3 });
  repeat(60, () => autoscaler.tick(busy));
  expect(autoscaler.replicas).toBe(3);
  const quiet = repeat(scaling.scaleInAfterSeconds, () => autoscaler.tick(idle));
  expect(quiet.slice(-2)).toEqual([3, 1]);
});

test('replicas that a lost zone has no room for are gone at once, and come back when there is room', () => {
  const autoscaler = new Autoscaler({ min: 1, max: 4 });
  repeat(60, () => autoscaler.tick(busy));
  autoscaler.limitTo(0.5);
  expect(repeat(10, () => autoscaler.tick(busy)).at(-1)).toBe(2);
  autoscaler.limitTo(1);
  expect(repeat(10, () => autoscaler.tick(busy)).at(-1)).toBe(4);
});

test.each([
  ['scales', { slotsPerReplica: 1, replicas: { min: 1, max: 2 } }, 2],
  ['keeps what a normal day needs, if that is all it was given', normalDayCapacity, 1],
])('a service under load %s', async (_does, capacity, slotsAtTheEnd) => {
  vi.useFakeTimers();
  const { slots } = createScaling(capacity);
  const work = Array.from({ length: 6 }, () => slots.work(1_000));
  await vi.advanceTimersByTimeAsync(10_000);
  await Promise.all(work);
  expect(slots.capacity).toBe(slotsAtTheEnd);
  vi.useRealTimers();
});
