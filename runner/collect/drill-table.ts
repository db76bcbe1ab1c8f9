/** Steps of faults, as the rows of Measurements that follow from them. */
import type { PlannedFault } from '../../profiles/faults.ts';
import type { DrillRow } from '../../slo/measurements.ts';
import type { FaultEvent, FaultStep } from '../faults/events.ts';

/** The step that each second of a row tells of. */
const seconds = {
  injected: 'injectedSecond',
  'took-effect': 'tookEffectSecond',
  'rolling-back': 'rollBackSecond',
  'rolled-back': 'rolledBackSecond',
  steady: 'steadySecond',
} as const satisfies Partial<Record<FaultStep, keyof DrillRow>>;

interface Drill {
  readonly driver: string;
  readonly atMs: Map<string, number>;
  readonly problems: Set<string>;
}

export class DrillTable {
  readonly #faults: readonly PlannedFault[];
  readonly #drills = new Map<string, Drill>();

  constructor(faults: readonly PlannedFault[]) {
    this.#faults = faults;
  }

  /** Adds a step; one that was told before, by log or journal, changes nothing. */
  add({ fault, driver, step, atMs, text }: FaultEvent): void {
    const drill = this.#drills.get(fault) ?? { driver, atMs: new Map(), problems: new Set() };
    this.#drills.set(fault, drill);
    if (!drill.atMs.has(step)) drill.atMs.set(step, atMs);
    if (step === 'problem' || step === 'roll-back-failed') {
      drill.problems.add(step === 'problem' ? (text ?? '') : `ROLL-BACK FAILED: ${text ?? ''}`);
    }
  }

  /** One row for each fault that was begun, in the plan's order. @param startedAtMs wall clock of second 0. */
  rows(startedAtMs: number): DrillRow[] {
    return this.#faults.flatMap((fault) => {
      const drill = this.#drills.get(fault.id);
      if (drill === undefined) return [];
      const known = Object.entries(seconds).flatMap(([step, name]) => {
        const atMs = drill.atMs.get(step);
        return atMs === undefined ? [] : [[name, (atMs - startedAtMs) / 1000] as const];
      });
      const { driver, problems } = drill;
      return [{ fault, driver, ...Object.fromEntries(known), problems: [...problems] }];
    });
  }
}
