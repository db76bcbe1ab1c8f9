import { describe, expect, it } from 'vitest';
import { createRandom, hashText, weightedChoice } from '../../../../scenarios/k6/random.ts';

function draws(stream: number, index: number, count: number): number[] {
  const random = createRandom();
  random.start(stream, index);
  return Array.from({ length: count }, () => random.next());
}

describe('createRandom', () => {
  it('draws the same values for the same stream and index', () => {
    expect(draws(7, 3, 20)).toEqual(draws(7, 3, 20));
  });

  it('draws other values for a neighbouring index and another stream', () => {
    expect(draws(7, 3, 5)).not.toEqual(draws(7, 4, 5));
    expect(draws(7, 3, 5)).not.toEqual(draws(8, 3, 5));
  });

  it('is uniform over the first draws of many iterations, which is how scenarios use it', () => {
    const counts = new Array<number>(10).fill(0);
    for (let index = 0; index < 20_000; index++) {
      const tenth = Math.floor((draws(hashText('1/checkout'), index, 1)[0] ?? 0) * 10);
      counts[tenth] = (counts[tenth] ?? 0) + 1;
    }
    for (const count of counts) expect(Math.abs(count - 2000)).toBeLessThan(200);
  });

  it('draws the second value independently of the first', () => {
    const seconds = Array.from({ length: 20_000 }, (_, index) => draws(hashText('1/search'), index, 2))
      .filter(([first = 0]) => first < 0.1)
      .map(([, second = 0]) => second);
    const mean = seconds.reduce((sum, second) => sum + second, 0) / seconds.length;
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.03);
    const lowest = seconds.filter((second) => second < 0.1).length / seconds.length;
    expect(Math.abs(lowest - 0.1)).toBeLessThan(0.03);
  });

  it('never stands still, whatever the seed', () => {
    for (let stream = 0; stream < 2000; stream++) {
      const [first, second] = draws(stream, 0, 2);
      expect(first).not.toBe(second);
    }
  });

  it('keeps integers within both bounds and reaches them', () => {
    const random = createRandom();
    random.start(1, 1);
    const seen = new Set(Array.from({ length: 200 }, () => random.integer(3, 6)));
    expect([...seen].sort()).toEqual([3, 4, 5, 6]);
  });

  it('draws ranks by Zipf: the first in ln 2 / ln (n + 1) of the draws, none beyond n', () => {
    const random = createRandom();
    random.start(1, 1);
    const ranks = Array.from({ length: 50_000 }, () => random.zipfRank(2000));
    expect(ranks.filter((rank) => rank === 1).length / ranks.length).toBeCloseTo(0.0912, 2);
    expect(Math.min(...ranks)).toBe(1);
    expect(Math.max(...ranks)).toBeLessThanOrEqual(2000);
  });

  it('refuses to pick from nothing', () => {
    expect(() => createRandom().pick([])).toThrow(RangeError);
  });
});

describe('hashText', () => {
  it('is FNV-1a', () => {
    expect(hashText('')).toBe(0x811c9dc5);
    expect(hashText('a')).toBe(0xe40c292c);
    expect(hashText('foobar')).toBe(0xbf9cf968);
  });
});

describe('weightedChoice', () => {
  const choose = weightedChoice([
    { name: 'rare', weight: 1 },
    { name: 'never', weight: 0 },
    { name: 'often', weight: 3 },
  ]);

  it.each([
    [0, 'rare'],
    [0.249, 'rare'],
    [0.25, 'often'],
    [0.999_999, 'often'],
  ])('maps %f to %s', (draw, name) => {
    expect(choose(draw).name).toBe(name);
  });

  it('refuses weights that add up to nothing', () => {
    expect(() => weightedChoice([{ weight: 0 }])).toThrow(RangeError);
  });
});
