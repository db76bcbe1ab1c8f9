import { expect, test } from 'vitest';
import { createShareTest, type ShareTest } from '../../../../slo/statistics/share-test.ts';

function secondsUntilDecided(shareTest: ShareTest, bad: (second: number) => number, perSecond = 100) {
  for (let second = 1; second <= 20_000; second += 1) {
    const decision = shareTest.add(perSecond, bad(second));
    if (decision !== undefined) return { decision, second };
  }
  return undefined;
}

test('a clean stream passes where the mixture does: 37,883 events for 99.99 %', () => {
  const clean = secondsUntilDecided(createShareTest({ target: 0.9999, alpha: 0.05 }), () => 0, 1);
  expect(clean).toBeUndefined();
  const faster = secondsUntilDecided(createShareTest({ target: 0.9999, alpha: 0.05 }), () => 0);
  expect(faster).toEqual({ decision: 'pass', second: 379 });
});

test('an assumed design effect makes it wait as many times longer', () => {
  const shareTest = createShareTest({ target: 0.9999, alpha: 0.05, assumedDesignEffect: 10 });
  expect(secondsUntilDecided(shareTest, () => 0)).toEqual({ decision: 'pass', second: 3_789 });
});

test('lone failures at five times the allowed rate fail early; nothing is decided at the allowed rate', () => {
  const five = createShareTest({ target: 0.999, alpha: 0.05 });
  const failed = secondsUntilDecided(five, (second) => (second % 2 === 0 ? 1 : 0));
  expect(failed?.decision).toBe('fail');
  expect(failed?.second).toBeLessThan(60);
  const allowed = createShareTest({ target: 0.999, alpha: 0.05 });
  expect(secondsUntilDecided(allowed, (second) => (second % 10 === 5 ? 1 : 0))).toBeUndefined();
});

test('one burst does not fail what as many lone failures do', () => {
  const burst = createShareTest({ target: 0.999, alpha: 0.05, assumedDesignEffect: 10 });
  for (let second = 0; second < 300; second += 1) burst.add(100, second === 150 ? 90 : 0);
  expect(burst.add(100, 0)).toBeUndefined();
  const lone = createShareTest({ target: 0.999, alpha: 0.05 });
  const bads = (second: number) => (second % 10 < 3 ? 1 : 0);
  expect(secondsUntilDecided(lone, bads)?.decision).toBe('fail');
});

test('a dead service fails within a second, and what is decided stays decided', () => {
  const shareTest = createShareTest({ target: 0.999, alpha: 0.05 });
  expect(shareTest.add(100, 100)).toBe('fail');
  expect(shareTest.add(1_000_000, 0)).toBe('fail');
});

test('a service that dies late fails once its running share is 40 times the allowed one', () => {
  const shareTest = createShareTest({ target: 0.999, alpha: 0.05, assumedDesignEffect: 2_000 });
  const died = secondsUntilDecided(shareTest, (second) => (second > 300 ? 100 : 0));
  expect(died?.decision).toBe('fail');
  expect(died?.second).toBe(313);
});

test('seconds without events are no evidence', () => {
  const shareTest = createShareTest({ target: 0.999, alpha: 0.05 });
  expect(shareTest.add(0, 0)).toBeUndefined();
  expect(shareTest.evidence()).toEqual({ logPass: 0, logFail: Number.NEGATIVE_INFINITY });
});
