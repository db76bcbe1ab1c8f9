import { expect, it } from 'vitest';
import type { FaultKind } from '../../../../profiles/faults.ts';
import { alternatedChanges } from '../../../../slo/drills/alternated.ts';
import { down, drill, judged } from './bookshop.ts';

/** Two changes of the shelf of ten seconds each, with ten seconds and more of calm before each. */
function changes(kind: FaultKind, failing: (second: number) => number) {
  const drills = [20, 50].map((from, index) =>
    drill(
      'shelf',
      from,
      from + 10,
      { fault: { ...drill('shelf', from, from + 10, {}, kind).fault, id: `shelf-${kind}-${index}` } },
      kind,
    ),
  );
  return judged({ drills, failing: { shelf: failing } }).drills?.alternated;
}

it('adds up what alternating changes and the calm before them failed, and tests the difference', () => {
  // Four seconds with one bad request of 20 in each change.
  const few = (second: number) => down(21, 25, 1)(second) + down(51, 55, 1)(second);
  const [found, ...others] = changes('rolling-deploy', few) ?? [];
  expect(others).toEqual([]);
  expect(found).toMatchObject({
    ...{ fault: 'rolling-deploy', service: 'shelf', times: 2, objectiveId: 'shelf-availability' },
    ...{ during: { total: 400, bad: 8 }, calm: { total: 400, bad: 0 } },
  });
  // C(400, 8) / C(800, 8)
  expect(found?.p).toBeCloseTo(0.003771, 6);
});

it('sees no difference where the calm was as bad', () => {
  const throughout = (second: number) => (second % 5 === 0 ? 1 : 0);
  const [found] = changes('rolling-deploy', throughout) ?? [];
  expect(found?.during).toEqual(found?.calm);
  expect(found?.p).toBeGreaterThan(0.5);
});

it('says nothing of faults, which shall cost something, nor of a change that was made once', () => {
  expect(changes('crash', down(20, 22))).toEqual([]);
  const once = drill('shelf', 20, 30, {}, 'flag-rollout');
  expect(judged({ drills: [once] }).drills?.alternated).toEqual([]);
});

it('takes the objective that was worse most surely, and makes it pay for having been chosen', () => {
  const report = judged({
    drills: [20, 50].map((from) => drill('shelf', from, from + 10, {}, 'rolling-deploy')),
  }).drills;
  const drills = (report?.drills ?? []).map((outcome) => ({
    ...outcome,
    beside: [
      { objectiveId: 'uptime', during: { total: 10, bad: 0 }, calm: { total: 10, bad: 0 } },
      { objectiveId: 'latency', during: { total: 200, bad: 4 }, calm: { total: 200, bad: 0 } },
    ],
  }));
  const [found] = alternatedChanges(drills);
  expect(found).toMatchObject({ objectiveId: 'latency', during: { total: 400, bad: 8 } });
  // Twice C(400, 8) / C(800, 8)
  expect(found?.p).toBeCloseTo(0.0075413, 6);
});
