import { describe, expect, test } from 'vitest';
import { compareRuns } from '../../../../slo/compare/compare.ts';
import { type Comparison, usualLeastEffect } from '../../../../slo/compare/types.ts';
import { runOf, services, type Truth } from './runs.ts';

function compared(base: Truth, candidate: Truth): Comparison {
  return compareRuns(runOf(base), runOf(candidate), usualLeastEffect);
}

const names = ({ regressions }: Comparison) => regressions.map(({ service, kind }) => `${service} ${kind}`);

describe('latency', () => {
  test('20 % in one service is found there and nowhere else', () => {
    const comparison = compared({ seed: 1 }, { seed: 2, slower: { payment: 1.2 } });
    expect(names(comparison)).toEqual(['payment latency']);
    const [regression] = comparison.regressions;
    expect(regression?.shiftShare).toBeGreaterThan(0.15);
    expect(regression?.shiftShare).toBeLessThan(0.25);
    expect(comparison.outcome).toBe('regression');
    expect(comparison.summary).toBe('One regression: payment latency.');
  });

  test('twenty pairs of equal runs give at most one regression', () => {
    const found = Array.from({ length: 20 }, (_, i) =>
      compared({ seed: 100 + 2 * i }, { seed: 101 + 2 * i }),
    );
    expect(found.flatMap(names).length).toBeLessThanOrEqual(1);
    expect(found.every(({ outcome }) => outcome !== 'nothing')).toBe(true);
  }, 60_000);

  test('callers of a slow service are consequences of it', () => {
    const comparison = compared({ seed: 3 }, { seed: 4, slower: { products: 4 } });
    expect(names(comparison)).toEqual(['products latency']);
    const consequences = comparison.changes.filter(({ consequenceOf }) => consequenceOf !== undefined);
    expect(consequences.map(({ service }) => service)).toEqual(
      expect.arrayContaining(['front', 'cart', 'search']),
    );
    for (const { consequenceOf } of consequences) expect(consequenceOf).toEqual(['products']);
  });

  test('a caller that slowed down by more than its callee explains is a regression too', () => {
    const comparison = compared({ seed: 5 }, { seed: 6, slower: { payment: 1.3, order: 4 } });
    expect(names(comparison)).toEqual(['order latency', 'payment latency']);
  });

  test('another mix of routes is no change of latency', () => {
    const comparison = compared({ seed: 7, writeShare: 0.3 }, { seed: 8, writeShare: 0.6 });
    expect(names(comparison)).toEqual([]);
    const payment = comparison.changes.find(({ service }) => service === 'payment');
    expect(Math.abs(payment?.shift ?? Number.NaN)).toBeLessThan(3);
  });

  test('a slowdown that all services share is no verdict on any', () => {
    const comparison = compared({ seed: 9 }, { seed: 10, machine: 1.4 });
    expect(comparison.regressions).toEqual([]);
    expect(comparison.outcome).toBe('nothing');
    expect(comparison.commonShiftShare).toBeGreaterThan(0.3);
    expect(comparison.summary).toContain('in all services alike');
  });

  test('a regression still stands out while the machine is slower', () => {
    const comparison = compared({ seed: 11 }, { seed: 12, machine: 1.15, slower: { payment: 1.6 } });
    expect(names(comparison)).toEqual(['payment latency']);
  });

  test('less than the least effect is no regression, however sure', () => {
    const comparison = compared(
      { seed: 13, ratePerSecond: 60 },
      { seed: 14, ratePerSecond: 60, slower: { payment: 1.06 } },
    );
    expect(names(comparison)).toEqual([]);
    expect(comparison.changes.find(({ service }) => service === 'payment')?.standing).toBe('same');
  });

  test('too few blocks say nothing', () => {
    const comparison = compared({ seed: 15, seconds: 15 }, { seed: 16, seconds: 15, slower: { payment: 3 } });
    expect(comparison.regressions).toEqual([]);
    expect(comparison.outcome).toBe('nothing');
  });

  test('a faster service is better, and no regression', () => {
    const comparison = compared({ seed: 17 }, { seed: 18, slower: { payment: 0.7 } });
    expect(comparison.outcome).toBe('none');
    expect(comparison.changes.find(({ service }) => service === 'payment')?.standing).toBe('better');
  });
});

describe('errors', () => {
  test('a service that fails throughout is found, its callers are consequences', () => {
    const errors = { payment: () => 0.1, order: () => 0.08 };
    const comparison = compared({ seed: 21 }, { seed: 22, errors });
    expect(names(comparison)).toEqual(['payment errors']);
    const availability = comparison.changes.find(({ objectiveId }) => objectiveId === 'payment-availability');
    expect(availability).toMatchObject({ standing: 'worse', consequenceOf: ['payment'] });
    const order = comparison.changes.find(({ service, kind }) => service === 'order' && kind === 'errors');
    expect(order?.consequenceOf).toEqual(['payment']);
  });

  test.each([3, 20])(
    'an outage of %i s is one event, however many requests and blocks it took',
    (seconds) => {
      const burst = (second: number) => (second >= 30 && second < 30 + seconds ? 1 : 0);
      const comparison = compared({ seed: 23 }, { seed: 24, errors: { mail: burst } });
      expect(comparison.regressions).toEqual([]);
    },
  );

  test('a rate that rises from one to another is found', () => {
    const before = { mail: () => 0.02 };
    const after = { mail: () => 0.3 };
    expect(names(compared({ seed: 25, errors: before }, { seed: 26, errors: after }))).toContain(
      'mail errors',
    );
  });

  test('errors that are equally frequent in both are no regression', () => {
    const errors = Object.fromEntries(services.map((service) => [service, () => 0.05]));
    expect(compared({ seed: 27, errors }, { seed: 28, errors }).regressions).toEqual([]);
  });
});
