import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { watchBeats } from '../../../../runner/faults/supervisor/beats.ts';

const patienceMs = 1_000;
let silences: number;

/** One look after another, each as long after the one before as is said; only a fake clock's time passes. */
function looks(...gapsMs: readonly number[]): void {
  for (const gapMs of gapsMs) {
    nowMs += gapMs;
    vi.advanceTimersByTime(100);
  }
}
let nowMs: number;

beforeEach(() => {
  silences = 0;
  nowMs = 0;
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  vi.spyOn(performance, 'now').mockImplementation(() => nowMs);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const watch = () =>
  watchBeats(patienceMs, () => {
    silences += 1;
  });
const steadily = (count: number): number[] => Array(count).fill(100);

describe('beats', () => {
  it('are missed once, after patience', () => {
    watch();
    looks(...steadily(10));
    expect(silences).toBe(0);
    looks(...steadily(20));
    expect(silences).toBe(1);
  });

  it('that come are not missed', () => {
    const { beat } = watch();
    for (let second = 0; second < 10; second += 1) {
      looks(...steadily(9));
      beat();
    }
    expect(silences).toBe(0);
  });

  it('are waited for a moment more by whoever stood still itself: they may lie unread', () => {
    watch();
    looks(60_000);
    expect(silences).toBe(0);
    looks(...steadily(4));
    expect(silences).toBe(1);
  });
});
