import { expect, test } from 'vitest';
import { PeakproofError } from '../../../scenarios/problem.ts';
import { parsePolicies } from '../../../slo/policies.ts';

const ci = `name: ci
description: for pipelines
blocking:
  - tier: critical
inconclusive: tolerate
partial: hold
`;

function problemsOf(text: string) {
  try {
    parsePolicies([{ file: 'ci.yaml', text }]);
  } catch (error) {
    if (error instanceof PeakproofError) return error.problems;
  }
  return [];
}

test('reads a policy', () => {
  expect(parsePolicies([{ file: 'ci.yaml', text: ci }])).toEqual([
    {
      name: 'ci',
      description: 'for pipelines',
      blocking: [{ tier: 'critical' }],
      inconclusive: 'tolerate',
      partial: 'hold',
    },
  ]);
});

test('reports everything wrong at once, with lines and what was meant', () => {
  const text = ci
    .replace('inconclusive: tolerate', 'inconclusiv: ignore')
    .replace('partial: hold', 'partial: maybe');
  expect(problemsOf(text).map(({ code, line }) => `${code} ${line}`)).toEqual([
    'INVALID_POLICY 1',
    'INVALID_POLICY 6',
    'INVALID_POLICY 5',
  ]);
  expect(problemsOf(text)[2]?.cause).toBe('unknown field inconclusiv (did you mean "inconclusive"?)');
});

test('a policy that selects nothing, and two of one name, are refused', () => {
  expect(problemsOf(ci.replace('\n  - tier: critical', ' []'))[0]?.cause).toContain('{} selects all');
  expect(problemsOf(`${ci}---\n${ci}`)).toMatchObject([{ cause: 'policy "ci" exists already', line: 8 }]);
});
