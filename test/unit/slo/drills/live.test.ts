/** Looks at a run that goes on, while something is broken on purpose. */
import { expect, it } from 'vitest';
import { watchEarly } from '../../../../slo/early.ts';
import { phaseHeld, watchObjectives } from '../../../../slo/live.ts';
import { catalog, down, drill, measured, objectives, planWith, without } from './bookshop.ts';

const goingOn = without(drill('shelf', 20, 30), 'rollBackSecond', 'rolledBackSecond', 'steadySecond');
const plan = planWith([goingOn.fault], 25);
const failing = { shelf: down(20, 25), store: down(20, 25) };
const soFar = measured({ drills: [goingOn], seconds: 25, failing });
const withMail = measured({ drills: [goingOn], seconds: 25, failing: { ...failing, mail: () => 10 } });

it('do not call broken what is broken on purpose, nor what may fail with it', () => {
  const look = watchObjectives(plan, objectives, catalog);
  expect(look(soFar).broken).toEqual([]);
  expect(look(withMail).broken).toEqual(['mail-availability']);
});

it('let a phase hold, and no run end, because of it', () => {
  expect(phaseHeld(plan, objectives, soFar, 'peak', catalog)).toBe(true);
  expect(phaseHeld(plan, objectives, withMail, 'peak', catalog)).toBe(false);
  const strict = objectives.map((item) => ({ ...item, target: 0.9999 }));
  const early = watchEarly(planWith([goingOn.fault]), strict, 1, catalog);
  const long = { shelf: down(20, 100), store: down(20, 100), mail: down(20, 100) };
  expect(early(measured({ drills: [goingOn], failing: long }), 100).failed).toEqual(['mail-availability']);
});
