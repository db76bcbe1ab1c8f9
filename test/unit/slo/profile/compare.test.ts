import { describe, expect, it } from 'vitest';
import { compareProfiles } from '../../../../slo/profile/compare.ts';
import type { ServiceProfile } from '../../../../slo/profile/types.ts';
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

  it('does not take one of several functions without a name for all of them', () => {
    const before = profileSample({ functionName: '(anonymous)' });
    const { node } = before;
    const rare = { name: '(anonymous)', file: 'file:///srv/app.js', line: 99 };
    const functions = [
      ...(node?.cpuProfile?.functions ?? []),
      { ...rare, selfShare: { value: 0.001, low: 0.0005, high: 0.002 }, totalShare: 0.001 },
    ];
    const cpuProfile = node?.cpuProfile && { ...node.cpuProfile, functions };
    const after: ServiceProfile = { ...before, ...(node && cpuProfile && { node: { ...node, cpuProfile } }) };
    expect(compareProfiles(before, after).functions).toEqual([]);
  });

  it('does not take memory that shrinks as fast as before for growth', () => {
    const shrinking = (value: number): ServiceProfile => {
      const sample = profileSample();
      const heap = { points: [], bytesPerRequest: { value, low: value - 5, high: value + 5 } };
      return { ...sample, ...(sample.node && { node: { ...sample.node, heap } }) };
    };
    const outcomes = outcomesOf(compareProfiles(shrinking(-150), shrinking(-180)));
    expect(outcomes['memory growth per request']).toBe('same');
  });

  it('compares a rate with the nearest one before', () => {
    const [run] = profileSample().rates;
    if (run === undefined) throw new Error('the sample has a rate');
    const slow = {
      ...run,
      ratePerSecond: 540,
      latencyMs: profileSample({ factor: 2 }).rates[0]?.latencyMs ?? run.latencyMs,
    };
    const both = { ...profileSample(), rates: [run, slow] };
    expect(Object.values(outcomesOf(compareProfiles(both, both)))).not.toContain('worse');
  });

  it('leaves out latencies of a saturated generator, and says what else differs', () => {
    const other = profileSample({ caveats: ['generator-saturated'], fingerprint: 'other' });
    const comparison = compareProfiles(profileSample(), other);
    expect(Object.keys(outcomesOf(comparison)).filter((name) => name.startsWith('p'))).toEqual([]);
    expect(comparison.warnings).toEqual(['the two were asked for different requests']);
  });
});
