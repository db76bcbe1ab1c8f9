/** What each drill of a run can see: whom it may touch, from when, until when. */
import type { LoadPlan } from '../../profiles/types.ts';
import type { Catalog } from '../../scenarios/model.ts';
import type { DrillRow, Measurements } from '../measurements.ts';
import { mayFailWith } from './dependencies.ts';
import type { Interval } from './recovery.ts';
import type { Watch } from './seconds.ts';

/** What all drills of a run are judged from. */
export interface DrillContext {
  readonly plan: LoadPlan;
  readonly measurements: Measurements;
  readonly catalog: Catalog;
  readonly watch: Watch;
}

/** A drill whose fault is proven to have taken effect, on the clock of the slices. */
export interface EffectiveDrill extends Interval {
  readonly row: DrillRow;
  readonly tookEffectSecond: number;
  /** The broken service and all that may fail with it. */
  readonly mayFail: ReadonlySet<string>;
  /** Where the drill before it was over; 0 for the first. */
  readonly quietSecond: number;
  /** Where the next fault begins, whomever it touches, or measuring ended. */
  readonly nextSecond: number;
}

/** The drills that prove something, in the order of their beginnings. */
export function effectiveDrills(measurements: Measurements, catalog: Catalog): EffectiveDrill[] {
  const { drills, measuredSeconds, sliceOffsetSeconds = 0 } = measurements;
  const begun = drills.flatMap((row): Begun[] => {
    const { injectedSecond, tookEffectSecond, rolledBackSecond = measuredSeconds } = row;
    if (injectedSecond === undefined || tookEffectSecond === undefined) return [];
    return [
      {
        row,
        mayFail: mayFailWith(catalog, row.fault.service),
        fromSecond: Math.max(0, Math.min(injectedSecond, tookEffectSecond) - sliceOffsetSeconds),
        tookEffectSecond: tookEffectSecond - sliceOffsetSeconds,
        endSecond: rolledBackSecond - sliceOffsetSeconds,
      },
    ];
  });
  begun.sort((a, b) => a.fromSecond - b.fromSecond);
  return begun.map((drill, index) => {
    const later = begun.slice(index + 1).filter((next) => next.fromSecond >= drill.endSecond);
    const untilAny = (next: readonly Begun[]) => Math.min(Math.ceil(measuredSeconds), ...next.map(begins));
    return {
      ...drill,
      untilSecond: untilAny(later.filter((next) => touchesSame(drill, next))),
      nextSecond: untilAny(later),
      quietSecond: Math.max(0, ...begun.slice(0, index).map(({ endSecond }) => endSecond)),
    };
  });
}

/** A drill before it is set among the others. */
type Begun = Omit<EffectiveDrill, 'untilSecond' | 'quietSecond' | 'nextSecond'>;

/** A later fault that may touch the same services hides whether they have recovered. While both last, it hides nothing. */
function touchesSame(drill: Begun, next: Begun): boolean {
  return [...next.mayFail].some((name) => drill.mayFail.has(name));
}

function begins({ fromSecond }: Begun): number {
  return Math.floor(fromSecond);
}
