/** What keeps a flood of beacons from costing more than a little time and memory. */
import { expect, it } from 'vitest';
import { rateLimit } from '../../../../../runner/collect/faro/rate-limit.ts';
import { Recent } from '../../../../../runner/collect/faro/recent.ts';

it('lets a burst through, then as many as the rate brings anew', () => {
  let nowMs = 0;
  const isWithin = rateLimit({ perSecond: 10, burst: 3 }, () => nowMs);
  const allowedOf = (tries: number) => Array.from({ length: tries }, isWithin).filter(Boolean).length;
  expect(allowedOf(5)).toBe(3);
  nowMs = 100;
  expect(allowedOf(5)).toBe(1);
  nowMs = 60_000;
  expect(allowedOf(5)).toBe(3);
});

it('forgets the oldest where the memory is full', () => {
  const recent = new Recent<number>(2);
  for (const [key, value] of Object.entries({ a: 1, b: 2 })) recent.set(key, value);
  recent.set('b', 3);
  expect([recent.get('a'), recent.get('b')]).toEqual([1, 3]);
  recent.set('c', 4);
  expect(['a', 'b', 'c'].map((key) => recent.has(key))).toEqual([false, true, true]);
});
