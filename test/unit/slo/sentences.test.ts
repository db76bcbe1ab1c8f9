import { expect, test } from 'vitest';
import { formatShare, formatTarget, sampleReason } from '../../../slo/sentences.ts';
import {
  badShareAtLeast,
  badShareAtMost,
  smallestTotalThatProves,
} from '../../../slo/statistics/binomial.ts';

test.each([
  [0.999899, 'up', 0.9999, '99.9899 %'],
  [0.9998999, 'up', 0.9999, '99.98999 %'],
  [0.99985, 'down', 0.9999, '99.985 %'],
  [0.99990003, 'down', 0.9999, '99.99 %'],
  [0.98999999, 'down', 0.99, '98.9 %'],
  [0.98999999, 'up', 0.99, '98.999999 %'],
  [0.9999, 'down', 0.9999, '99.99 %'],
  [1, 'down', 0.99, '100 %'],
  [0, 'up', 0.99, '0 %'],
] as const)(
  '%d cut %s against %d prints as %s, on its own side of the target',
  (share, cut, target, text) => {
    expect(formatShare(share, cut, target)).toBe(text);
  },
);

test('a target prints as it was written', () => {
  expect([0.9999, 0.999, 0.9995, 0.95].map(formatTarget)).toEqual(['99.99 %', '99.9 %', '99.95 %', '95 %']);
});

const nouns = { events: 'requests', bad: 'failure', bads: 'failures' };

function evidence(bad: number, total: number, dropped = 0) {
  return {
    bad,
    total,
    dropped,
    lowerBound: 1 - badShareAtMost(bad, total),
    upperBound: 1 - badShareAtLeast(bad, total),
  };
}

test('an unproven clean sample says what it proves and how much would suffice', () => {
  const neededTotal = smallestTotalThatProves(0.9999);
  const sampled = {
    target: 0.9999,
    answer: 'inconclusive',
    evidence: evidence(0, 4_210),
    neededTotal,
  } as const;
  expect(sampleReason(sampled, nouns)).toBe(
    'No failure in 4,210 requests proves ≥ 99.928 %; 29,956 clean requests would prove 99.99 %.',
  );
});

test('an unproven sample with failures says between what it lies', () => {
  const neededTotal = smallestTotalThatProves(0.9999, 1);
  const sampled = {
    target: 0.9999,
    answer: 'inconclusive',
    evidence: evidence(1, 9_000),
    neededTotal,
  } as const;
  expect(sampleReason(sampled, nouns)).toBe(
    '1 failure in 9,000 requests: between 99.947 % and 99.99944 % is good; 47,437 requests without a further one would prove 99.99 %.',
  );
});

test('a failed sample names the most that can be good, and what was dropped', () => {
  const sampled = { target: 0.99, answer: 'fail', evidence: evidence(120, 4_210, 20) } as const;
  expect(sampleReason(sampled, nouns)).toBe(
    '120 failures in 4,210 requests (20 of them dropped before they were sent): at most 97.6 % can be good, where 99 % was promised.',
  );
});

test('a passed sample names what it proves', () => {
  const sampled = { target: 0.99, answer: 'pass', evidence: evidence(2, 4_210) } as const;
  expect(sampleReason(sampled, nouns)).toBe(
    '2 failures in 4,210 requests prove ≥ 99.85 %; 99 % was promised.',
  );
});

test.each([
  [29_956, ' if failures come singly'],
  [90_000, ' if failures come up to 3 at a time'],
])('a clean sample of %i says up to which bursts it proves 99.99 %', (total, assumed) => {
  const evidence = { total, bad: 0, dropped: 0, lowerBound: 0.9999, upperBound: 1 };
  const sampled = { target: 0.9999, answer: 'pass', evidence } as const;
  expect(sampleReason(sampled, nouns)).toContain(`${assumed}; 99.99 % was promised.`);
});

test('where so few bursts cannot tell how many events it takes, no number is named', () => {
  const evidence = { total: 900, bad: 40, dropped: 0, lowerBound: 0, upperBound: 0.999, bursts: 1 };
  const sampled = { target: 0.99, answer: 'inconclusive', evidence } as const;
  expect(sampleReason(sampled, nouns)).toContain('how many more would prove 99 %, so few bursts cannot tell');
});
