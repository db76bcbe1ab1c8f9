import { expect, test } from 'vitest';
import { PeakproofError } from '../../../scenarios/problem.ts';
import { parsePolicies, validatePolicyFile } from '../../../slo/policies.ts';
import { objective } from './fixtures.ts';

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

const full = `${ci}leastSample: 1000
assumedDesignEffect: 4
toleratedRegressions:
  latency: 10%
  errors: 0.1 %
  selectors:
    - tier: degradable
waivers:
  - objective: payment-uptime
    owner: payments
    reason: moves to another host
    expires: 2026-12-31
  - objective: { tier: degradable }
    owner: web
    reason: known
    expires: 2026-12-01
`;
const known = [
  objective({ id: 'payment-uptime' }),
  objective({ id: 'other', labels: { tier: 'degradable' } }),
];

test('reads all that a policy may say, shares as numbers, waivers with their line', () => {
  expect(parsePolicies([{ file: 'ci.yaml', text: full }], known)[0]).toMatchObject({
    leastSample: 1000,
    assumedDesignEffect: 4,
    toleratedRegressions: { latency: 0.1, errors: 0.001, selectors: [{ tier: 'degradable' }] },
    waivers: [
      { objective: 'payment-uptime', expires: '2026-12-31', source: { file: 'ci.yaml', line: 15 } },
      { objective: { tier: 'degradable' }, owner: 'web', source: { line: 19 } },
    ],
  });
});

test('a policy reads back equal from JSON, as it is saved with a run', () => {
  const [policy] = parsePolicies([{ file: 'ci.yaml', text: ci }]);
  expect(JSON.parse(JSON.stringify(policy))).toEqual(policy);
});

test.each([
  ['leastSample: 1000', 'leastSample: 0', 7, /leastSample: too small/],
  ['assumedDesignEffect: 4', 'assumedDesignEffect: 0.5', 8, /failures cannot come less than one at a time/],
  ['latency: 10%', 'latency: 0.1', 10, /toleratedRegressions.latency: give a percentage such as 10%/],
  ['latency: 10%', 'latency: -10%', 10, /give a percentage/],
  [
    'errors: 0.1 %',
    'error: 0.1 %',
    11,
    /unknown field toleratedRegressions.error \(did you mean "errors"\?\)/,
  ],
  ['    owner: payments\n', '', 15, /waivers\[0\].owner: invalid input/],
  ['reason: known', 'reason: " "', 21, /waivers\[1\].reason: say it in words/],
  ['    expires: 2026-12-31\n', '', 15, /waivers\[0\].expires: give the last day/],
  ['expires: 2026-12-31', 'expires: 2026-02-30', 18, /expires: give the last day as YYYY-MM-DD/],
  ['expires: 2026-12-31', 'expires: never', 18, /a waiver without end is a changed promise/],
  ['objective: payment-uptime', 'objective: 7', 15, /name an objective's id, or labels/],
  ['payment-uptime', 'paymnt-uptime', 15, /no objective "paymnt-uptime" \(did you mean "payment-uptime"\?\)/],
  ['objective: { tier: degradable }', 'objective: { tier: gold }', 19, /no objective has these labels/],
])('refuses %j as %j, on line %d', (from, to, line, cause) => {
  const { problems } = validatePolicyFile({ file: 'ci.yaml', text: full.replace(from, to) }, known);
  expect(problems).toMatchObject([{ code: 'INVALID_POLICY', file: 'ci.yaml', line }]);
  expect(problems[0]?.cause).toMatch(cause);
});

test('without knowing the objectives, waivers may speak of any', () => {
  expect(validatePolicyFile({ file: 'ci.yaml', text: full }).problems).toEqual([]);
});
