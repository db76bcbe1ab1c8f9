/** k6's metrics, as the rows of Measurements that follow from them. */
import type { Phase } from '../../profiles/types.ts';
import type {
  DropRow,
  Histogram,
  JourneyRow,
  LatencyByRoute,
  LatencyBySecond,
  RequestRow,
} from '../../slo/measurements.ts';
import { CountTable } from './count-table.ts';
import { HistogramTable } from './histogram-table.ts';
import { metricNames, overflowAttribute } from './metric-names.ts';
import type { Attributes, Metric } from './otlp/decode.ts';
import { phaseAt } from './phase-at.ts';

export class MetricTables {
  readonly requests = new CountTable<Omit<RequestRow, 'count'>>();
  readonly journeys = new CountTable<Omit<JourneyRow, 'count'>>();
  readonly drops = new CountTable<Omit<DropRow, 'count'>>();
  readonly byRoute = new HistogramTable<Omit<LatencyByRoute, 'histogram'>>();
  readonly bySecond = new HistogramTable<Omit<LatencyBySecond, 'histogram'>>();
  readonly vusInUse = new Map<number, number>();
  /** Totals per metric, to be held against the generator's own. */
  readonly arrived = new Map<string, number>();
  overflowPoints = 0;

  readonly #phases: readonly Phase[];

  constructor(phases: readonly Phase[]) {
    this.#phases = phases;
  }

  /** Adds the metrics of one export, whose samples belong to `second`. */
  add(metrics: readonly Metric[], second: number): void {
    for (const metric of metrics) {
      if (metric.kind === 'histogram') {
        for (const point of metric.points) {
          if (!this.#count(metric.name, point.attributes, point.histogram.count)) continue;
          this.#addLatency(metric.name, point.attributes, point.histogram, second);
        }
      } else {
        for (const point of metric.points) {
          if (metric.kind === 'sum' && !this.#count(metric.name, point.attributes, point.value)) continue;
          this.#addNumber(metric.name, point.attributes, point.value, second);
        }
      }
    }
  }

  /** Counts what arrived; false for a point that lost its labels and can go into no row. */
  #count(name: string, attributes: Attributes, count: number): boolean {
    this.arrived.set(name, (this.arrived.get(name) ?? 0) + count);
    if (attributes[overflowAttribute] !== 'true') return true;
    this.overflowPoints += 1;
    return false;
  }

  #addLatency(name: string, attributes: Attributes, histogram: Histogram, second: number): void {
    if (name !== metricNames.httpDuration) return;
    const { service = '', name: route = '', phase = '' } = attributes;
    this.byRoute.add({ service, route, phase }, histogram);
    this.bySecond.add({ second, service }, histogram);
  }

  #addNumber(name: string, attributes: Attributes, value: number, second: number): void {
    const { service = '', name: route = '', phase = '', outcome = '' } = attributes;
    if (name === metricNames.vus) {
      this.vusInUse.set(second, value);
    } else if (name === metricNames.requests) {
      this.requests.add({ second, service, route, phase, outcome }, value);
    } else if (name === metricNames.journeys) {
      this.journeys.add({ second, journey: attributes.journey ?? '', phase, outcome }, value);
    } else if (name === metricNames.dropped) {
      // The generator drops outside of any script, which is where phases are tagged.
      const dropPhase = phaseAt(this.#phases, second)?.name ?? '';
      this.drops.add({ second, scenario: attributes.scenario ?? '', phase: dropPhase }, value);
    }
  }
}
