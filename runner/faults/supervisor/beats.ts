/**
 * Notices that the other side stopped beating. Whoever was not awake itself cannot tell: after such a gap of our
 * own, beats that lie unread are read first.
 */

/** The runner tells that it lives this often. */
export const beatEveryMs = 250;
/**
 * A lease ends when it was not renewed for so long. A runner that works on a machine full of others comes late, as
 * was seen, by more than two seconds; one that hangs cannot make a fault longer, which ends by itself in time.
 */
export const leaseMs = 5_000;

const lookEveryMs = 100;
/** A look that comes later than this was not late by chance: this process, or the machine, stood still. */
const ownGapMs = 300;

export interface Beats {
  readonly beat: () => void;
  readonly stop: () => void;
}

/** Calls `onSilence` once, when no beat came for `patienceMs`. */
export function watchBeats(patienceMs: number, onSilence: () => void): Beats {
  let lastBeatMs = performance.now();
  let lastLookMs = lastBeatMs;
  const timer = setInterval(() => {
    const nowMs = performance.now();
    if (nowMs - lastLookMs > ownGapMs) lastBeatMs = Math.max(lastBeatMs, nowMs - patienceMs + ownGapMs);
    lastLookMs = nowMs;
    if (nowMs - lastBeatMs <= patienceMs) return;
    clearInterval(timer);
    onSilence();
  }, lookEveryMs);
  return {
    beat: () => {
      lastBeatMs = performance.now();
    },
    stop: () => clearInterval(timer),
  };
}
