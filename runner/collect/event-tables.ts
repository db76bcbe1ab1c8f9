/** The runner's own records, as the rows of Measurements that follow from them. */
import type { LoadPlan } from '../../profiles/types.ts';
import type { GeneratorRow, ProbeRow, ReadingRow, RunEnd } from '../../slo/measurements.ts';
import type { RunEvent } from './events.ts';
import { phaseAt } from './phase-at.ts';

export class EventTables {
  readonly probes: ProbeRow[] = [];
  readonly readings: ReadingRow[] = [];
  readonly generator = new Map<number, GeneratorRow>();
  readonly gaps: string[] = [];
  /** A run whose log has no end was killed. */
  end: RunEnd = 'killed';

  readonly #plan: LoadPlan;

  constructor(plan: LoadPlan) {
    this.#plan = plan;
  }

  /** Adds a record of `second`; what lies outside the plan (while target or audits are at work) is left out. */
  add(event: RunEvent, second: number): void {
    if (event.type === 'end') this.end = event.end;
    else if (event.type === 'gap') this.gaps.push(event.reason);
    else if (event.type === 'reading' && event.census) this.#addCensus(event);
    else if (second >= 0 && second < this.#plan.durationSeconds) this.#addRow(event, second);
  }

  #addCensus({ reading, value }: RunEvent & { type: 'reading' }): void {
    this.readings.push({ second: this.#plan.durationSeconds, reading, value });
  }

  #addRow(event: RunEvent, second: number): void {
    if (event.type === 'probe') {
      const { type, atMs, ...probe } = event;
      this.probes.push({ second, ...probe });
    } else if (event.type === 'generator') {
      const { type, atMs, ...health } = event;
      this.generator.set(second, { second, ...health });
    } else if (event.type === 'reading') {
      const phase = phaseAt(this.#plan.phases, second);
      this.readings.push({
        second,
        reading: event.reading,
        value: event.value,
        ...(phase && { phase: phase.name }),
      });
    }
  }
}
