import { describe, expect, it } from 'vitest';
import { compareProfiles } from '../../../../slo/profile/compare.ts';
import { profileSample } from '../../../fixtures/profiled/sample.ts';

const outcomesOf = (comparison: ReturnType<typeof compareProfiles>) =>
  Object.fromEntries(comparison.figures.map(({ figure, outcome }) => [figure, outcome]));

describe('compareProfiles', () => {
  it('finds nothing between a profile and itself that its intervals do not allow for', () => {
    const same = compareProfiles(profileSample(), profileSample());
    expect(same.warnings).toEqual([]);
    expect(Object.values(outcomesOf(same))).not.toContain('worse');
    expect(Object.values(outcomesOf(same))).not.toContain('better');
    expect(same.functions).toEqual([]);
  });

  it('tells throughput, latency, time and memory that became worse for certain', () => {
    const slower = profileSample({ factor: 1.5, leakBytes: 2048 });
    const comparison = compareProfiles(profileSample(), slower);
    expect(outcomesOf(comparison)).toEqual({
      throughput: 'worse',
      'p50 at 500 requests/s': 'worse',
      'p99 at 500 requests/s': 'worse',
      'time per request': 'worse',
      'memory growth per request': 'worse',
    });
    expect(outcomesOf(compareProfiles(slower, profileSample())).throughput).toBe('better');
  });

  it('names the function whose own time has grown', () => {
    const comparison = compareProfiles(profileSample(), profileSample({ hotShare: 0.6 }));
    const [first] = comparison.functions;
    expect(first).toMatchObject({ figure: 'hot (srv/app.js)', outcome: 'worse' });
  });

  it('leaves out latencies of a saturated generator, and says what else differs', () => {
    const other = profileSample({ caveats: ['generator-saturated'], fingerprint: 'other' });
    const comparison = compareProfiles(profileSample(), other);
    expect(Object.keys(outcomesOf(comparison)).filter((name) => name.startsWith('p'))).toEqual([]);
    expect(comparison.warnings).toEqual(['the two were asked for different requests']);
  });
});
