import { describe, expect, it } from 'vitest';
import { analyseCpuProfile, type CpuProfile } from '../../../../slo/profile/cpu-profile.ts';

const frame = (functionName: string, url = 'file:///srv/app.js', lineNumber = 9) => ({
  functionName,
  url,
  lineNumber,
});
const profileOf = (nodes: CpuProfile['nodes'], samples: readonly number[]): CpuProfile => ({
  nodes,
  samples,
  startTime: 0,
  endTime: 1e6,
});
const times = (count: number, id: number) => Array.from({ length: count }, () => id);

describe('analyseCpuProfile', () => {
  const nodes = [
    { id: 1, callFrame: frame('(root)', '', -1), children: [2, 3] },
    { id: 2, callFrame: frame('(idle)', '', -1) },
    { id: 3, callFrame: frame('handle'), children: [4, 5] },
    { id: 4, callFrame: frame('hot', 'file:///srv/hot.js', 0) },
    { id: 5, callFrame: frame('handle'), children: [6] },
    { id: 6, callFrame: frame('hot', 'file:///srv/hot.js', 0) },
  ];
  const analysis = analyseCpuProfile(
    profileOf(nodes, [...times(50, 2), ...times(10, 3), ...times(25, 4), ...times(5, 5), ...times(10, 6)]),
  );

  it('counts shares of the time that was not idle, the busiest function first', () => {
    expect(analysis).toMatchObject({ samples: 100, busySamples: 50, busyShare: 0.5, seconds: 1 });
    expect(analysis.functions[0]).toMatchObject({ name: 'hot', file: 'file:///srv/hot.js', line: 1 });
    expect(analysis.functions[0]?.selfShare.value).toBeCloseTo(0.7, 12);
    expect(analysis.functions[0]?.selfShare.low).toBeLessThan(0.7);
    expect(analysis.functions[0]?.selfShare.high).toBeGreaterThan(0.7);
  });

  it('counts a function that calls itself once in its total', () => {
    expect(analysis.functions.find(({ name }) => name === 'handle')?.totalShare).toBe(1);
  });

  it('counts it once however deep it is called', () => {
    const depth = 130;
    const chain = Array.from({ length: depth }, (_, id) => ({
      id,
      callFrame: frame(id === 0 ? '(root)' : `f${id}`),
      children: [id + 1],
    }));
    const deep = [
      ...chain,
      { id: depth, callFrame: frame('again'), children: [depth + 1] },
      { id: depth + 1, callFrame: frame('again') },
    ];
    const { functions } = analyseCpuProfile(profileOf(deep, times(10, depth + 1)));
    expect(functions[0]).toMatchObject({ name: 'again', totalShare: 1 });
  });

  it('draws who calls whom, without idle time', () => {
    expect(analysis.flame.samples).toBe(50);
    expect(analysis.flame.children.map(({ name }) => name)).toEqual(['handle']);
    expect(analysis.flame.children[0]?.children.map(({ name, samples }) => [name, samples])).toEqual([
      ['hot', 25],
      ['handle', 15],
    ]);
  });

  it('joins calls of one function from one place, and leaves out what is thinner than a pixel', () => {
    const twice = [
      { id: 1, callFrame: frame('(root)', '', -1), children: [2, 3, 4] },
      { id: 2, callFrame: frame('work') },
      { id: 3, callFrame: frame('work') },
      { id: 4, callFrame: frame('rare') },
    ];
    const { flame } = analyseCpuProfile(profileOf(twice, [...times(600, 2), ...times(399, 3), 4]));
    expect(flame.children.map(({ name, samples }) => [name, samples])).toEqual([['work', 999]]);
  });

  it('says nothing about a profile without samples', () => {
    expect(analyseCpuProfile(profileOf([], []))).toMatchObject({ busyShare: 0, functions: [] });
  });
});
