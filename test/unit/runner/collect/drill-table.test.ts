import { expect, it } from 'vitest';
import { DrillTable } from '../../../../runner/collect/drill-table.ts';
import type { FaultEvent, FaultStep } from '../../../../runner/faults/events.ts';
import { plannedFault } from '../../../fixtures/faults/driver.ts';

const first = plannedFault('first', 10, 20);
const second = plannedFault('second', 30, 40);
const third = plannedFault('third', 50, 60);
const startedAtMs = 1_000_000;

function event(fault: string, step: FaultStep, second: number, text?: string): FaultEvent {
  const atMs = startedAtMs + second * 1000;
  return { fault, driver: 'lever', step, atMs, ...(text === undefined ? {} : { text }) };
}

it('has a row for each fault that was begun, in the order of the plan, with parts of seconds', () => {
  const table = new DrillTable([first, second, third]);
  table.add(event('second', 'begun', 28));
  table.add(event('second', 'problem', 30, 'not steady'));
  for (const [step, at] of [
    ['begun', 8],
    ['injecting', 10],
    ['injected', 10.25],
    ['took-effect', 10.5],
    ['rolling-back', 20],
    ['rolled-back', 20.125],
    ['steady', 21.75],
  ] as const) {
    table.add(event('first', step, at));
  }
  expect(table.rows(startedAtMs)).toEqual([
    {
      fault: first,
      driver: 'lever',
      injectedSecond: 10.25,
      tookEffectSecond: 10.5,
      rollBackSecond: 20,
      rolledBackSecond: 20.125,
      steadySecond: 21.75,
      problems: [],
    },
    { fault: second, driver: 'lever', problems: ['not steady'] },
  ]);
});

it('takes what it is told twice for one', () => {
  const table = new DrillTable([first]);
  const events = [event('first', 'injected', 10), event('first', 'problem', 11, 'it was ended early')];
  for (const one of [...events, ...events]) table.add(one);
  // A roll-back that ran again, from the runner: the first one counts.
  table.add(event('first', 'rolled-back', 12));
  table.add(event('first', 'rolled-back', 15));
  expect(table.rows(startedAtMs)).toMatchObject([
    { injectedSecond: 10, rolledBackSecond: 12, problems: ['it was ended early'] },
  ]);
});

it('tells a roll-back that failed as such, and no time of it', () => {
  const table = new DrillTable([first]);
  table.add(event('first', 'rolling-back', 20));
  table.add(event('first', 'roll-back-failed', 25, 'DELETE http://x: answered 503'));
  const [row] = table.rows(startedAtMs);
  expect(row?.problems).toEqual(['ROLL-BACK FAILED: DELETE http://x: answered 503']);
  expect(row).not.toHaveProperty('rolledBackSecond');
});
