import { describe, expect, it } from 'vitest';
import { withoutExcused } from '../../../../slo/drills/excuse.ts';
import type { DrillRow } from '../../../../slo/measurements.ts';
import { concerns } from '../../../../slo/scope.ts';
import type { Objective, Sli } from '../../../../slo/types.ts';
import { histogramOf } from '../fixtures.ts';
import {
  down,
  drill,
  judged,
  measured,
  objectives,
  planWith,
  type Shop,
  verdictOn,
  without,
} from './bookshop.ts';

type DrillSli = Sli & { measure: 'drills' };

function promise(figure: DrillSli['figure'], value: number, more: Partial<DrillSli> = {}): Objective {
  return {
    ...(objectives[0] as Objective),
    id: figure,
    target: 0.999,
    sli: { measure: 'drills', figure, op: 'lte', value, ...more },
  };
}

const mean = promise('mean-time-to-recover', 30);
const each = promise('time-to-recover', 15);

/** Three crashes of the shelf, which is back so many seconds after each began. */
function crashes(...recoverAfter: readonly number[]): Shop {
  const drills = recoverAfter.map((_, index): DrillRow => {
    const row = drill('shelf', 5 + 30 * index, 10 + 30 * index);
    return { ...row, fault: { ...row.fault, id: `shelf-crash-${index}` } };
  });
  const failing = (second: number) =>
    recoverAfter.some((after, index) => down(5 + 30 * index, 5 + 30 * index + after)(second) > 0) ? 20 : 0;
  return { drills, failing: { shelf: failing } };
}

describe('the mean time to recover', () => {
  const verdictOf = (shop: Shop, of = mean) => verdictOn(judged(shop, [of]), of.id);

  it('is kept if its upper bound is', () => {
    const verdict = verdictOf(crashes(8, 10, 12));
    // 10 + t(0.95; 2) × 2 / √3, t = 2.919986.
    expect(verdict.evidence.mean?.mean).toBe(10);
    expect(verdict.evidence.mean?.high).toBeCloseTo(10 + (2.919986 * 2) / Math.sqrt(3), 5);
    expect(verdict.answer).toBe('pass');
    expect(verdict.reason).toContain('at least 36.8 % of such drills');
  });

  it('is open while the bound is over the limit, and broken if the lower one is', () => {
    expect(verdictOf(crashes(8, 10, 12), promise('mean-time-to-recover', 12)).answer).toBe('inconclusive');
    expect(verdictOf(crashes(8, 10, 12), promise('mean-time-to-recover', 6)).answer).toBe('fail');
  });

  it('is broken by a drill that never recovered, whatever the others took', () => {
    const verdict = verdictOf(crashes(8, 10, 60));
    expect(verdict.answer).toBe('fail');
    expect(verdict.evidence.mean?.mean).toBe(9);
    expect(verdict.reason).toContain('35 s after the fault began');
  });

  it('cannot be proven by one drill', () => {
    const verdict = verdictOf(crashes(8));
    expect(verdict.answer).toBe('inconclusive');
    expect(verdict.dataMissing).toBeUndefined();
  });
});

describe('the time to recover of each', () => {
  const verdictOf = (shop: Shop) => verdictOn(judged(shop, [each]), each.id);

  it('is compared one by one, exactly', () => {
    expect(verdictOf(crashes(8, 10, 15)).answer).toBe('pass');
    const slow = verdictOf(crashes(8, 10, 16));
    expect(slow).toMatchObject({ answer: 'fail', evidence: { total: 3, bad: 1, lowest: 8, highest: 16 } });
    expect(slow.reason).toContain('shelf-crash-2, 16 s');
  });

  it('lacks data where a drill proves nothing: no policy tolerates that', () => {
    const shop = crashes(8, 10, 12);
    const [first, ...others] = shop.drills as [DrillRow, ...DrillRow[]];
    const drills = [without(first, 'tookEffectSecond'), ...others];
    expect(verdictOf({ ...shop, drills })).toMatchObject({ answer: 'inconclusive', dataMissing: true });
  });

  it('lacks data where a planned drill was never begun', () => {
    const shop = crashes(8, 10);
    const verdict = judged({ ...shop, changes: { drills: shop.drills.slice(1) } }, [each]);
    expect(verdictOn(verdict, each.id)).toMatchObject({ answer: 'inconclusive', dataMissing: true });
    expect(verdictOn(verdict, each.id).reason).toContain('Was never begun');
  });

  it('fails by a roll-back that failed', () => {
    const shop = crashes(8, 10);
    const [first, ...others] = shop.drills as [DrillRow, ...DrillRow[]];
    const drills = [without(first, 'rolledBackSecond', 'steadySecond'), ...others];
    expect(verdictOf({ ...shop, drills }).answer).toBe('fail');
  });
});

it('asks what a bad deploy may cost only of bad deploys', () => {
  const budget = promise('budget-spent', 0.0004, { fault: 'bad-deploy' });
  const deploy = drill('shelf', 20, 30, {}, 'bad-deploy');
  const shop: Shop = { drills: [deploy], failing: { shelf: down(20, 30) } };
  // Ten seconds of 25,920 s.
  expect(verdictOn(judged(shop, [budget]), budget.id)).toMatchObject({
    answer: 'pass',
    evidence: { total: 1, highest: expect.closeTo(10 / 25_920, 9) },
  });
  const longer: Shop = { ...shop, failing: { shelf: down(20, 31) } };
  expect(verdictOn(judged(longer, [budget]), budget.id).answer).toBe('fail');
  expect(concerns(planWith([drill('shelf', 20, 30).fault]), budget)).toBe(false);
});

it('does not take a change that nobody notices for a failure that everybody recovers from', () => {
  const deploy = drill('shelf', 20, 30, {}, 'rolling-deploy');
  expect(concerns(planWith([deploy.fault]), each)).toBe(false);
  expect(concerns(planWith([deploy.fault]), promise('budget-spent', 0.01, { fault: 'rolling-deploy' }))).toBe(
    true,
  );
});

it('is asked of nothing where the profile breaks nothing', () => {
  const ids = judged({ drills: [] }, [mean, each]).objectives.map(({ objective }) => objective.id);
  expect(ids).toEqual(objectives.map(({ id }) => id));
});

describe('objectives while something is broken on purpose', () => {
  const crash = drill('shelf', 20, 30);

  it('are not held against the broken service and what may fail with it, up to recovery', () => {
    const verdict = judged({ drills: [crash], failing: { shelf: down(20, 33), store: down(21, 33) } });
    expect(verdictOn(verdict, 'shelf-availability').evidence).toMatchObject({ total: 87 * 20, bad: 0 });
    expect(verdictOn(verdict, 'store-availability').evidence).toMatchObject({ total: 87 * 20, bad: 0 });
    expect(verdictOn(verdict, 'mail-availability').evidence).toMatchObject({ total: 2000, bad: 0 });
  });

  it('are held against everybody else', () => {
    const verdict = judged({ drills: [crash], failing: { shelf: down(20, 33), mail: down(20, 33) } });
    // One burst refutes nothing by itself, but no policy lets it through.
    const withheld = { suspected: true, evidence: { total: 2000, bad: 260 } };
    expect(verdictOn(verdict, 'mail-availability')).toMatchObject(withheld);
    const tips = judged({ drills: [drill('tips', 20, 30)], failing: { store: down(20, 30) } });
    expect(verdictOn(tips, 'store-availability')).toMatchObject({ suspected: true, evidence: { bad: 200 } });
  });

  it('are held against the broken service again once it has recovered', () => {
    const failing = (second: number) => down(20, 33)(second) + down(60, 70)(second);
    const verdict = judged({ drills: [crash], failing: { shelf: failing } });
    expect(verdictOn(verdict, 'shelf-availability').evidence.bad).toBe(200);
  });

  it('are held against it all along if the fault is not proven to be the cause', () => {
    const drills = [without(crash, 'tookEffectSecond')];
    const verdict = judged({ drills, failing: { shelf: down(20, 33) } });
    expect(verdictOn(verdict, 'shelf-availability').evidence.bad).toBe(260);
  });

  it('leave out journeys and visits that could not begin, where they pass what may fail', () => {
    const visits: Objective = {
      ...(objectives[0] as Objective),
      id: 'visits',
      sli: { measure: 'journeys', journey: 'visit' },
    };
    const drops = [{ scenario: 'visit', phase: 'peak', from: 25, counts: [7, ...Array(14).fill(0), 3] }];
    const shop: Shop = { drills: [crash], failing: { shelf: down(20, 33), store: down(20, 33) } };
    const verdict = judged({ ...shop, changes: { drops } }, [visits]);
    expect(verdictOn(verdict, 'visits').evidence).toMatchObject({ total: 87 * 20 + 3, bad: 3 });
    expect(verdictOn(verdict, 'mail-availability').evidence.dropped).toBe(0);
    const tips = judged({ ...shop, drills: [drill('tips', 20, 30)], changes: { drops } }, [visits]);
    expect(verdictOn(tips, 'visits').evidence).toMatchObject({ dropped: 10, bad: 13 * 20 + 10 });
  });

  it('are excused for three minutes after the fault at most', () => {
    const shop: Shop = { drills: [drill('shelf', 1, 2)], failing: { shelf: down(1, 250) }, seconds: 250 };
    const [first] = judged(shop).drills?.drills ?? [];
    const excuse = first?.excused.find(({ name }) => name === 'shelf');
    expect(excuse).toMatchObject({ kind: 'service', fromSecond: 1, toSecond: 182 });
  });

  it('leave out readings of data that the broken service feeds, or that may fail, until they are good again', () => {
    const age = (service: string, index: number): Objective => ({
      ...(objectives[0] as Objective),
      id: `${service}-age`,
      service,
      sli: { measure: 'readings', reading: `age-${index}`, op: 'lt', value: 5, census: false },
    });
    const readings = Array.from({ length: 300 }, (_, index) => ({
      second: Math.floor(index / 3),
      phase: 'peak',
      reading: `age-${index % 3}`,
      value: index >= 3 * 20 && index < 3 * 45 ? 9 : 1,
    }));
    // The store feeds tips, the shelf does not feed mail; the store may fail with the shelf.
    const store = judged({ drills: [drill('store', 20, 30)], readings }, [age('tips', 0), age('mail', 1)]);
    expect(verdictOn(store, 'tips-age').evidence).toMatchObject({ total: 75, bad: 0 });
    expect(verdictOn(store, 'mail-age').evidence).toMatchObject({ total: 100, bad: 25 });
    const shelf = judged({ drills: [crash], readings }, [age('store', 2)]);
    expect(verdictOn(shelf, 'store-age').evidence).toMatchObject({ total: 75, bad: 0 });
  });

  it('ask probes and histograms no more than requests', () => {
    const excuse = { kind: 'service', name: 'shelf', fromSecond: 20, toSecond: 22 } as const;
    const base = measured({ drills: [] });
    const histogram = histogramOf([10], 3);
    const row = { route: 'x.get', phase: 'peak', histogram };
    const judgedOn = withoutExcused(
      {
        ...base,
        probes: ['shelf', 'mail'].map((service) => ({ service, states: Array(30).fill(1), causes: [] })),
        latencyByRoute: ['shelf', 'mail'].map((service) => ({ ...row, service })),
      },
      [excuse],
    );
    expect(judgedOn.probes.map(({ states }) => Array.from(states).slice(19, 23))).toEqual([
      [1, 0, 0, 1],
      [1, 1, 1, 1],
    ]);
    expect(judgedOn.latencyByRoute.map(({ service }) => service)).toEqual(['mail']);
  });
});
