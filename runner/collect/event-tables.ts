/** The runner's own records, as the rows of Measurements that follow from them. */
import type { LoadPlan } from '../../profiles/types.ts';
import type { LedgerResult } from '../../slo/ledger/result.ts';
import {
  type GeneratorRow,
  type MetricSeries,
  type ProbeSeries,
  probeStates,
  type ReadingRow,
  type RunEnd,
} from '../../slo/measurements.ts';
import { DrillTable } from './drill-table.ts';
import type { ProbeRound, ProbeSchedule, RunEvent } from './events.ts';
import { isPageEvent, PageTables } from './page-tables.ts';
import { phaseAt } from './phase-at.ts';
import { ReplicaTable } from './replica-table.ts';

interface ServiceProbes {
  readonly states: Uint8Array;
  readonly causes: Map<string, number>;
}

export class EventTables {
  readonly readings: ReadingRow[] = [];
  readonly series: MetricSeries[] = [];
  readonly ledgers: LedgerResult[] = [];
  /** By second. */
  readonly generator = new Map<number, Omit<GeneratorRow, 'second'>>();
  readonly gaps: string[] = [];
  readonly drills: DrillTable;
  readonly replicas: ReplicaTable;
  /** A run whose log has no end was killed. */
  end: RunEnd = 'killed';

  readonly pages: PageTables;

  readonly #plan: LoadPlan;
  readonly #probes = new Map<string, ServiceProbes>();
  #schedule: ProbeSchedule = { services: [], offsetsMs: [] };

  /** @param sliceSeconds how many seconds of page views are one row. */
  constructor(plan: LoadPlan, sliceSeconds: number) {
    this.#plan = plan;
    this.drills = new DrillTable(plan.faults ?? []);
    this.replicas = new ReplicaTable(plan.durationSeconds);
    this.pages = new PageTables(plan, sliceSeconds);
  }

  get probes(): ProbeSeries[] {
    return [...this.#probes].map(([service, { states, causes }]) => ({
      service,
      states,
      causes: [...causes].map(([cause, count]) => ({ cause, count })),
    }));
  }

  /** Adds a record; what lies outside the plan (while target or audits are at work) is left out. */
  add(event: RunEvent, secondOf: (atMs: number) => number): void {
    if (event.type === 'end') this.end = event.end;
    else if (event.type === 'gap') this.gaps.push(event.reason);
    else if (event.type === 'fault') this.drills.add(event);
    else if (event.type === 'replicas') this.replicas.add(event.counts, secondOf(event.atMs));
    else if (event.type === 'series') {
      const { type, atMs, fromMs, ...series } = event;
      this.series.push({ ...series, fromSecond: secondOf(fromMs) });
    } else if (isPageEvent(event)) this.pages.add(event, secondOf);
    else if (event.type === 'probe-schedule') this.#schedule = event;
    else if (event.type === 'probes') this.#addRound(event, (offsetMs) => secondOf(event.atMs + offsetMs));
    else if (event.type === 'reading' && event.census) this.#addCensus(event);
    else if (event.type === 'ledger') this.ledgers.push(event.result);
    else if ('atMs' in event) this.#addRow(event, secondOf(event.atMs));
  }

  #isInPlan(second: number): boolean {
    return second >= 0 && second < this.#plan.durationSeconds;
  }

  #addRound({ latenciesMs, failures }: ProbeRound, secondAfter: (offsetMs: number) => number): void {
    const { services, offsetsMs } = this.#schedule;
    for (const [index, service] of services.entries()) {
      const second = secondAfter(offsetsMs[index] as number);
      if (!this.#isInPlan(second)) continue;
      const { states, causes } = this.#probesOf(service);
      const state = latenciesMs[index] === null ? probeStates.bad : probeStates.good;
      states[second] = Math.max(states[second] ?? probeStates.none, state);
      for (const { index: failed, cause } of failures) {
        if (failed === index) causes.set(cause, (causes.get(cause) ?? 0) + 1);
      }
    }
  }

  #probesOf(service: string): ServiceProbes {
    const known = this.#probes.get(service);
    if (known !== undefined) return known;
    const none = { states: new Uint8Array(Math.ceil(this.#plan.durationSeconds)), causes: new Map() };
    this.#probes.set(service, none);
    return none;
  }

  #addCensus({ reading, value }: RunEvent & { type: 'reading' }): void {
    this.readings.push({ second: this.#plan.durationSeconds, reading, value });
  }

  #addRow(event: RunEvent, second: number): void {
    if (!this.#isInPlan(second)) return;
    if (event.type === 'generator') this.generator.set(second, event.health);
    else if (event.type === 'reading') {
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
