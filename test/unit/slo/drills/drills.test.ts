import { describe, expect, it } from 'vitest';
import { isBad } from '../../../../slo/drills/seconds.ts';
import type { DrillRow } from '../../../../slo/measurements.ts';
import { down, drill, judged, type Shop, without } from './bookshop.ts';

/** The shelf crashes at 20, is back at 30, and answers again from `until` on. */
const crash = drill('shelf', 20, 30);
const shop = (until: number, changes: Partial<Shop> = {}): Shop => ({
  drills: [crash],
  failing: { shelf: down(20, until), store: down(20, until) },
  ...changes,
});

function outcome(of: Shop) {
  const [first] = judged(of).drills?.drills ?? [];
  if (first === undefined) throw new Error('no drill');
  return first;
}

describe('a fault that everybody recovers from', () => {
  it('tells each time from where it begins', () => {
    expect(outcome(shop(33))).toMatchObject({
      answer: 'pass',
      recoveredSecond: 33,
      recoverSeconds: 13,
      recoverFromEndSeconds: 3,
      detectSeconds: 0,
      watchedSeconds: 80,
    });
  });

  it('reads a part of a second off the share that still failed in it', () => {
    const failing = (second: number) => (second === 33 ? 5 : down(20, 33)(second));
    expect(outcome(shop(0, { failing: { shelf: failing } })).recoverSeconds).toBe(13.25);
  });

  it('measures that share against what the fault failed before', () => {
    const failing = (second: number) => (second === 33 ? 5 : down(20, 33, 10)(second));
    expect(outcome(shop(0, { failing: { shelf: failing } })).recoverSeconds).toBe(13.5);
  });

  it('needs ten events, however few there are in a second', () => {
    const failing = { shelf: down(20, 92) };
    expect(outcome(shop(0, { failing })).recoverSeconds).toBe(72);
    expect(outcome(shop(0, { failing, rate: { shelf: 1 } }))).toMatchObject({ answer: 'fail' });
  });

  it('takes the clock of the slices for what was counted, and that of the plan for the fault', () => {
    const late = outcome(shop(33, { changes: { sliceOffsetSeconds: 0.4 } }));
    expect(late.recoveredSecond).toBeCloseTo(33.4, 9);
    expect(late.recoverSeconds).toBeCloseTo(13.4, 9);
  });

  it('ends only when those that may fail with it are good again too', () => {
    const failing = { shelf: down(20, 31), store: down(20, 40) };
    expect(outcome(shop(0, { failing }))).toMatchObject({ recoverSeconds: 20 });
  });

  it('does not take a lull while the fault lasts for recovery', () => {
    const failing = (second: number) => down(20, 22)(second) + down(28, 32)(second);
    expect(outcome(shop(0, { failing: { shelf: failing } })).recoverSeconds).toBe(12);
  });

  it('lets a fail-over count before the fault ends, and nothing from its end', () => {
    expect(outcome(shop(0, { failing: { shelf: down(20, 23) } }))).toMatchObject({
      recoverSeconds: 3,
      recoverFromEndSeconds: 0,
    });
  });

  it('starts anew where a second of five is bad again', () => {
    const failing = (second: number) => down(20, 32)(second) + down(35, 36)(second);
    expect(outcome(shop(0, { failing: { shelf: failing } })).recoverSeconds).toBe(16);
  });

  it('does not call good what fails a little too often in each second', () => {
    const failing = (second: number) => (second >= 20 && second < 60 ? (second < 32 ? 20 : 1) : 0);
    expect(outcome(shop(0, { failing: { shelf: failing } })).recoverSeconds).toBeGreaterThan(35);
  });

  it('recovers at once where nobody noticed', () => {
    const unnoticed = outcome({ drills: [crash] });
    expect(unnoticed).toMatchObject({ answer: 'pass', recoverSeconds: 0 });
    expect(unnoticed.detectSeconds).toBeUndefined();
    expect(unnoticed.alert).toBeUndefined();
    // What it cost is counted over all of its ten seconds.
    expect(unnoticed.cost).toMatchObject({ requests: 10 * 80, journeys: [] });
  });
});

describe('what was noticed', () => {
  it('is first seen by whoever depends on it', () => {
    const failing = { shelf: down(25, 31), store: down(23, 31) };
    expect(outcome(shop(0, { failing })).detectSeconds).toBe(2.5);
  });

  it('fires the page of one hour once 14.4 budgets of an hour burn, had the hour before been clean', () => {
    // 14.4 × 1 % of an hour of 20 a second are 518.4 s of full outage: a fault of 10 s does not come near.
    expect(outcome(shop(33)).alert).toBeUndefined();
  });

  it('fires an alert of the objective’s own, and says which', () => {
    const alert = {
      name: 'fast',
      severity: 'page',
      op: 'gt',
      threshold: 10,
      lookbackSeconds: [60],
      alertAfterSeconds: 0,
      whenBreaching: true,
      whenNoData: false,
    } as const;
    const own = {
      ...shopObjective,
      id: 'shelf-own',
      alerts: [alert],
    };
    const [first] = judged(shop(33), [own]).drills?.drills ?? [];
    // A share of 10 % in 60 s is passed with the seventh bad second, which ends at 27.
    expect(first?.alert).toEqual({
      objectiveId: 'shelf-own',
      name: 'fast',
      severity: 'page',
      afterSeconds: 6.5,
    });
  });

  it('looks at each fault by itself, whatever burned before', () => {
    const alert = { name: 'fast', severity: 'page', op: 'gt', threshold: 10, lookbackSeconds: [60] } as const;
    const when = { alertAfterSeconds: 0, whenBreaching: true, whenNoData: false };
    const own = { ...shopObjective, id: 'shelf-own', alerts: [{ ...alert, ...when }] };
    const again = drill('shelf', 50, 60);
    const failing = (second: number) => down(20, 33)(second) + down(50, 62)(second);
    const shop: Shop = {
      drills: [crash, { ...again, fault: { ...again.fault, id: 'again' } }],
      failing: { shelf: failing },
    };
    const drills = judged(shop, [own]).drills?.drills ?? [];
    expect(drills.map(({ alert }) => alert?.afterSeconds)).toEqual([6.5, 6.5]);
  });

  it('is mitigated by the first answer of a stand-in', () => {
    const tips = outcome({
      drills: [drill('tips', 20, 30)],
      failing: { tips: down(22, 31) },
      standIns: ['tips'],
    });
    expect(outcome(shop(33)).mitigateSeconds).toBeUndefined();
    expect(tips).toMatchObject({ mitigateSeconds: 1.5, cost: { fallbacks: 180, failedRequests: 0 } });
  });
});

const shopObjective = {
  displayName: '',
  description: '',
  service: 'shelf',
  target: 0.99,
  windowDays: 30,
  sli: { measure: 'requests', service: 'shelf', routes: ['shelf.get'] },
  labels: {},
  source: { file: 'shop.yaml', line: 1 },
} as const;

it('adds up what the fault cost', () => {
  const { cost } = outcome(shop(33));
  expect(cost).toMatchObject({
    requests: 13 * 80,
    failedRequests: 13 * 40,
    journeys: [{ journey: 'visit', total: 13 * 20, failed: 13 * 20 }],
  });
  // 13 s of full outage, where 1 % of 30 days are 25,920 s.
  expect(cost?.budget).toMatchObject({ objectiveId: 'shelf-availability', outageSeconds: 13 });
  expect(cost?.budget?.share).toBeCloseTo(13 / 25_920, 12);
});

describe('probes, each of which met a canary that fails one request in four,', () => {
  const uptime = {
    ...shopObjective,
    id: 'shelf-uptime',
    sli: { measure: 'probes', service: 'shelf' },
  } as const;
  const states = Array.from({ length: 100 }, (_, second) => (second >= 20 && second < 30 ? 2 : 1));
  const spentWith = (shelfRate: number, failing: number) => {
    const canary = shop(0, { failing: { shelf: down(20, 30, failing) }, rate: { shelf: shelfRate } });
    const probes = [{ service: 'shelf', states, causes: [] }];
    return judged({ ...canary, changes: { probes } }, [uptime]).drills?.drills[0]?.cost?.budget;
  };

  it('do not count beside requests, which tell how few that is', () => {
    expect(spentWith(20, 5)).toMatchObject({ objectiveId: 'shelf-availability', outageSeconds: 2.5 });
  });

  it('tell the outage where hardly a request came', () => {
    expect(spentWith(0, 0)).toMatchObject({ objectiveId: 'shelf-uptime', outageSeconds: 10 });
  });
});

it('holds the cost against as many seconds of calm just before, in the same phase', () => {
  // The fault lasts for 13 s; ten of the 13 before it were as bad.
  const restless = shop(33);
  const shelf = (second: number) => Math.max(down(10, 20)(second), down(20, 33)(second));
  const { calm } = outcome({ ...restless, failing: { ...restless.failing, shelf } });
  expect(calm).toMatchObject({ objectiveId: 'shelf-availability', outageSeconds: 10 });
});

it('takes for calm only what follows the fault before, and reckons it up to as many seconds', () => {
  // Calm are 12 to 20; four of these eight seconds were bad, as six and a half of 13 would be.
  const shelf = (second: number) => Math.max(down(5, 16)(second), down(20, 33)(second));
  const drills = [crash, drill('mail', 2, 12)];
  const { calm } = outcome({ ...shop(33), drills, failing: { shelf, store: down(20, 33) } });
  expect(calm?.outageSeconds).toBeCloseTo(6.5, 9);
  expect(outcome({ ...shop(33), drills: [crash, drill('mail', 2, 16)] }).calm).toBeUndefined();
});

describe('backlogs and ages', () => {
  const second = (index: number) => ({ second: index, phase: 'peak' });
  const backlog = (value: (at: number) => number) =>
    Array.from({ length: 100 }, (_, index) => ({
      ...second(index),
      reading: 'bus-backlog',
      value: value(index),
    }));

  it('drains when it is back at what was usual before the fault', () => {
    const readings = backlog((at) => (at < 20 ? at % 3 : at < 24 ? 0 : at < 44 ? 50 : at % 7));
    expect(outcome(shop(33, { readings })).readings).toEqual([
      { reading: 'bus-backlog', kind: 'backlog', highest: 50, backAfterSeconds: 14 },
    ]);
  });

  it('has no time if it never drains, and is no matter if it never rose', () => {
    // What grows while something else is broken belongs to that.
    const others = { drills: [crash, drill('mail', 50, 60)], readings: backlog((at) => (at > 52 ? 50 : 0)) };
    expect(outcome(shop(33, others)).readings).toEqual([]);
    const [never] = outcome(shop(33, { readings: backlog((at) => (at < 20 ? 0 : 50)) })).readings;
    expect(never).toEqual({ reading: 'bus-backlog', kind: 'backlog', highest: 50 });
    expect(outcome(shop(33, { readings: backlog(() => 2) })).readings).toEqual([]);
    const wavering = backlog((at) => (at < 20 ? 40 : at < 60 ? 79 : 0));
    expect(outcome(shop(33, { readings: wavering })).readings).toEqual([]);
    const little = backlog((at) => (at < 20 ? 1 : 10));
    expect(outcome(shop(33, { readings: little })).readings).toEqual([]);
  });

  it('counts the time until data is fresh again from the fault’s beginning', () => {
    const age = {
      ...shopObjective,
      id: 'age',
      sli: { measure: 'readings', reading: 'age-seconds', op: 'lt', value: 5, census: false },
    } as const;
    const readings = Array.from({ length: 100 }, (_, index) => ({
      ...second(index),
      reading: 'age-seconds',
      value: index >= 24 && index < 47 ? index - 20 : 1,
    }));
    const [first] = judged(shop(33, { readings }), [age]).drills?.drills ?? [];
    const sparse = readings.filter(({ second: at }) => at % 3 === 0).map((row) => ({ ...row, value: 1 }));
    expect(judged(shop(33, { readings: sparse }), [age]).drills?.drills[0]?.readings).toEqual([]);
    expect(first?.readings).toEqual([
      { reading: 'age-seconds', kind: 'objective', highest: 26, backAfterSeconds: 27 },
    ]);
  });
});

describe('a drill that is no success', () => {
  const answers: readonly [string, DrillRow, number, Partial<Shop>, string, RegExp][] = [
    ['had no effect', without(crash, 'tookEffectSecond'), 33, {}, 'inconclusive', /no effect that was seen/],
    [
      'was not injected',
      without(crash, 'tookEffectSecond', 'injectedSecond'),
      0,
      {},
      'inconclusive',
      /not inj/,
    ],
    ['never recovered', crash, 100, {}, 'fail', /watching ended, 80 s after/],
    ['was not rolled back', without(crash, 'rolledBackSecond', 'steadySecond'), 33, {}, 'fail', /roll-back/],
    ['was never seen as before', without(crash, 'steadySecond'), 33, {}, 'fail', /never seen as before/],
    ['met no traffic', crash, 0, { rate: { shelf: 0 } }, 'inconclusive', /no request reached shelf/],
    ['was cut short', crash, 100, { changes: { end: 'interrupted' } }, 'inconclusive', /run ended/],
    [
      'was killed before its roll-back',
      without(crash, 'rolledBackSecond', 'steadySecond'),
      100,
      { changes: { end: 'killed' } },
      'inconclusive',
      /run ended/,
    ],
    [
      'was killed before its roll-back, though nobody noticed the fault',
      without(crash, 'rollBackSecond', 'rolledBackSecond', 'steadySecond'),
      0,
      { changes: { end: 'killed' } },
      'inconclusive',
      /roll-back was not seen/,
    ],
    [
      'had problems',
      drill('shelf', 20, 30, { problems: ['a probe hung'] }),
      33,
      {},
      'inconclusive',
      /probe hung/,
    ],
  ];
  for (const [name, row, until, changes, answer, reason] of answers) {
    it(`that ${name} is ${answer}`, () => {
      const found = outcome({ ...shop(until, changes), drills: [row] });
      expect(found.answer).toBe(answer);
      expect(found.reason).toMatch(reason);
    });
  }

  it('keeps the time that it was watched, and has none to recover', () => {
    const { watchedSeconds, recoverSeconds } = outcome(shop(100));
    expect([watchedSeconds, recoverSeconds]).toEqual([80, undefined]);
  });

  it('is watched only up to a later fault that touches the same services', () => {
    const second = drill('store', 50, 60);
    const [first] =
      judged({ drills: [crash, second], failing: { shelf: down(20, 100) } }).drills?.drills ?? [];
    expect(first).toMatchObject({ answer: 'fail', watchedSeconds: 30 });
    const during = drill('store', 25, 60);
    const [both] = judged({ drills: [crash, during], failing: { shelf: down(20, 33) } }).drills?.drills ?? [];
    expect(both).toMatchObject({ answer: 'pass', watchedSeconds: 80 });
    const other = drill('mail', 50, 60);
    const [watched] =
      judged({ drills: [crash, other], failing: { shelf: down(20, 70) } }).drills?.drills ?? [];
    expect(watched).toMatchObject({ answer: 'pass', recoverSeconds: 50 });
  });
});

it('takes a second for bad only if chance would not do it', () => {
  expect(isBad({ total: 20, bad: 0 }, 0.99)).toBe(false);
  expect(isBad({ total: 1, bad: 1 }, 0.99)).toBe(true);
  // One of two is expected of every fiftieth such second, two of twenty of every sixtieth, three of every thousandth.
  expect(isBad({ total: 2, bad: 1 }, 0.99)).toBe(false);
  expect(isBad({ total: 20, bad: 2 }, 0.99)).toBe(false);
  expect(isBad({ total: 20, bad: 3 }, 0.99)).toBe(true);
  expect(isBad({ total: 20, bad: 1 }, 0.9999)).toBe(true);
});

it('says nothing of drills where nothing was broken', () => {
  expect(judged({ drills: [] }).drills).toBeUndefined();
});
