import { expect, test } from 'vitest';
import { checkTag } from '../../../../runner/cli/baseline.ts';
import { parseLeastEffect } from '../../../../runner/cli/compare-options.ts';
import { ProblemList } from '../../../../runner/problem-list.ts';
import { usualLeastEffect } from '../../../../slo/compare/types.ts';

test('without options the usual least effect holds', () => {
  expect(parseLeastEffect({}, new ProblemList())).toEqual(usualLeastEffect);
});

test('percentages and milliseconds are read', () => {
  const options = { leastLatency: '5%', leastLatencyMs: '0.5', leastErrors: '0.02 %' };
  expect(parseLeastEffect(options, new ProblemList())).toEqual({
    latencyShare: 0.05,
    latencyMs: 0.5,
    badShare: 0.0002,
  });
});

test('everything that cannot be read is told at once', () => {
  const list = new ProblemList();
  parseLeastEffect({ leastLatency: '10', leastLatencyMs: '5ms', leastErrors: '-1%' }, list);
  expect(() => list.throwIfAny()).toThrow(/--least-latency cannot.*--least-latency-ms.*--least-errors/s);
});

test.each(['release-41', 'v1.2.3', 'main', '2026-11-27'])('%s is a tag', (tag) => {
  expect(() => checkTag(tag)).not.toThrow();
});

test.each(['latest', '', '../runs', 'a b', '-x', 'a/b'])('"%s" is no tag', (tag) => {
  expect(() => checkTag(tag)).toThrow('INVALID_OPTION');
});
