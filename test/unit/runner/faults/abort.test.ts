import { describe, expect, it } from 'vitest';
import { watchErrorShare } from '../../../../runner/faults/abort.ts';

describe('the share of errors over the last seconds', () => {
  const totals = (requests: number, errors: number, dropped = 0) => ({ requests, errors, dropped });

  it('is unknown until so many seconds were seen', () => {
    const shareOf = watchErrorShare(2);
    expect(shareOf(totals(10, 10), 0)).toBeUndefined();
    expect(shareOf(totals(20, 20), 1900)).toBeUndefined();
    expect(shareOf(totals(20, 20), 2000)).toBe(1);
  });

  it('forgets what lies before them', () => {
    const shareOf = watchErrorShare(2);
    shareOf(totals(100, 100), 0);
    shareOf(totals(200, 100), 1000);
    expect(shareOf(totals(300, 150), 2000)).toBe(0.25);
    expect(shareOf(totals(400, 250), 3000)).toBe(0.75);
  });

  it('counts iterations that found no free VU, and says nothing where nothing happened', () => {
    const shareOf = watchErrorShare(1);
    shareOf(totals(100, 0), 0);
    expect(shareOf(totals(100, 0, 30), 1000)).toBe(1);
    expect(shareOf(totals(100, 0, 30), 2000)).toBeUndefined();
  });
});
