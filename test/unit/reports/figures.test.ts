import { describe, expect, it } from 'vitest';
import {
  achievedShare,
  clockTime,
  counted,
  decimal,
  goodShare,
  list,
  milliseconds,
  multiple,
  roughShare,
} from '../../../reports/figures.ts';

describe('figures never claim more than was seen', () => {
  it.each([
    [0.99988, '99.988 %'],
    [0.999999, '99.9999 %'],
    [0.5, '50 %'],
    [1, '100 %'],
    [0, '0 %'],
  ])('goodShare(%d) is %s', (share, text) => expect(goodShare(share)).toBe(text));

  it('cuts what a plan achieved instead of rounding it up', () => {
    expect(achievedShare(0.99996)).toBe('99.9 %');
  });
});

describe('figures fit a table', () => {
  it.each([
    [0.4567, '0.46'],
    [27.834, '27.8'],
    [310.6, '311'],
    [31_000, '31,000'],
  ])('decimal(%d) is %s', (value, text) => expect(decimal(value)).toBe(text));

  it.each([
    [4.219, '4.2 ms'],
    [83.4, '83 ms'],
    [1900, '1.9 s'],
    [12_345, '12.3 s'],
  ])('milliseconds(%d) is %s', (ms, text) => expect(milliseconds(ms)).toBe(text));

  it.each([
    [0.004, '< 1 %'],
    [0.342, '34 %'],
    [12.5, '12.5 times'],
    [0, '0 %'],
  ])('roughShare(%d) is %s', (share, text) => expect(roughShare(share)).toBe(text));

  it('reads like language', () => {
    expect([counted(1, 'error'), counted(1200, 'error')]).toEqual(['1 error', '1,200 errors']);
    expect([clockTime(5), clockTime(125.9)]).toEqual(['0:05', '2:05']);
    expect([multiple(10), multiple(2.25)]).toEqual(['10x', '2.3x']);
    expect([list([]), list(['a']), list(['a', 'b', 'c'])]).toEqual(['', 'a', 'a, b and c']);
  });
});
