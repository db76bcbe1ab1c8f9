/** k6's metrics, as the columns of Measurements that follow from them. */
import type { Phase } from '../../profiles/types.ts';
import type {
  DropSeries,
  Histogram,
  JourneySeries,
  LatencyByJourney,
  LatencyByRoute,
  LatencySlice,
  RequestSeries,
  SecondCounts,
} from '../../slo/measurements.ts';
import type { SparseHistogram } from '../../slo/statistics/histogram-data.ts';
import { HistogramSum } from '../../slo/statistics/histogram-sum.ts';
import { CountColumns } from './count-columns.ts';
import { metricNames } from './metric-names.ts';
import type { Attributes } from './otlp/decode.ts';
import { phaseAt } from './phase-at.ts';
import { isOverflow, type Labels } from './point-frames.ts';

type KeyOf<Series extends SecondCounts> = Omit<Series, keyof SecondCounts>;

/** What becomes of a label set's points; decided once, when the set first appears. */
type Take = (second: number, value: number, histogram: SparseHistogram | undefined) => void;

interface LabelSet {
  /** Of its metric. */
  readonly arrived: { total: number };
  readonly take: Take;
}

export class MetricTables {
  readonly #requests = new CountColumns<KeyOf<RequestSeries>>();
  readonly #journeys = new CountColumns<KeyOf<JourneySeries>>();
  readonly #drops = new CountColumns<KeyOf<DropSeries>>();
  readonly #byRoute = new Map<string, Omit<LatencyByRoute, 'histogram'> & { readonly sum: HistogramSum }>();
  readonly #byJourney = new Map<
    string,
    Omit<LatencyByJourney, 'histogram'> & { readonly sum: HistogramSum }
  >();
  readonly #slices = new Map<string, HistogramSum[]>();
  readonly vusInUse = new Map<number, number>();
  readonly #arrived = new Map<string, { total: number }>();
  overflowPoints = 0;

  readonly #phases: readonly Phase[];
  readonly #sliceSeconds: number;
  /** By the number of their label set. */
  readonly #sets: LabelSet[] = [];

  constructor(phases: readonly Phase[], sliceSeconds: number) {
    this.#phases = phases;
    this.#sliceSeconds = sliceSeconds;
  }

  /** Totals per metric, to be held against the generator's own. */
  get arrived(): Map<string, number> {
    return new Map([...this.#arrived].map(([metric, { total }]) => [metric, total]));
  }

  get requests(): RequestSeries[] {
    return this.#requests.series();
  }

  get journeys(): JourneySeries[] {
    return this.#journeys.series();
  }

  get drops(): DropSeries[] {
    return this.#drops.series();
  }

  get latencyByRoute(): LatencyByRoute[] {
    return withHistograms(this.#byRoute.values());
  }

  get latencyByJourney(): LatencyByJourney[] {
    return withHistograms(this.#byJourney.values());
  }

  get latencySlices(): LatencySlice[] {
    return [...this.#slices].flatMap(([service, sums]) =>
      // A hole in the array is a slice without an answer.
      sums.flatMap((sum, index) => {
        const histogram = sum.toHistogram();
        return histogram === undefined ? [] : [{ second: index * this.#sliceSeconds, service, histogram }];
      }),
    );
  }

  labels(id: number, labels: Labels): void {
    const take = isOverflow(labels) ? () => this.#lose() : this.#takeOf(labels);
    this.#sets[id] = { arrived: this.#arrivedOf(labels), take };
  }

  /** Adds a point of a label set, whose samples belong to `second`. */
  add(id: number, second: number, value: number, histogram?: SparseHistogram): void {
    const { arrived, take } = this.#sets[id] as LabelSet;
    arrived.total += histogram === undefined ? value : histogram.count;
    take(second, value, histogram);
  }

  /** Counts what arrived, whatever becomes of it. */
  #arrivedOf({ metric, kind }: Labels): { total: number } {
    const arrived = this.#arrived.get(metric) ?? { total: 0 };
    // A gauge's values add up to nothing.
    if (kind !== 'gauge') this.#arrived.set(metric, arrived);
    return arrived;
  }

  /** A point that lost its labels goes into no column. */
  #lose(): void {
    this.overflowPoints += 1;
  }

  #takeOf({ metric, attributes }: Labels): Take {
    const { service = '', name: route = '', phase = '', outcome = '', journey = '' } = attributes;
    switch (metric) {
      case metricNames.vus:
        return (second, value) => this.vusInUse.set(second, value);
      case metricNames.requests:
        return counting(this.#requests.of({ service, route, phase, outcome }));
      case metricNames.journeys:
        return counting(this.#journeys.of({ journey, phase, outcome }));
      case metricNames.dropped:
        return (second, value) => this.#dropsOf(attributes, second).add(second, value);
      case metricNames.journeyDuration:
        return this.#journeyLatencyOf(journey, phase);
      case metricNames.httpDuration:
        return this.#latencyOf(service, route, phase);
      default:
        return () => {};
    }
  }

  /** The generator drops outside of any script, which is where phases are tagged. */
  #dropsOf({ scenario = '' }: Attributes, second: number) {
    return this.#drops.of({ scenario, phase: phaseAt(this.#phases, second)?.name ?? '' });
  }

  #journeyLatencyOf(journey: string, phase: string): Take {
    const key = `${journey}\u0000${phase}`;
    const { sum } = this.#byJourney.get(key) ?? { sum: new HistogramSum() };
    this.#byJourney.set(key, { journey, phase, sum });
    return (_second, _value, histogram) => {
      if (histogram !== undefined) sum.addSparse(histogram);
    };
  }

  #latencyOf(service: string, route: string, phase: string): Take {
    const key = `${route}\u0000${phase}`;
    const { sum } = this.#byRoute.get(key) ?? { sum: new HistogramSum() };
    this.#byRoute.set(key, { service, route, phase, sum });
    const slices = this.#slices.get(service) ?? [];
    this.#slices.set(service, slices);
    return (second, _value, histogram) => {
      if (histogram === undefined) return;
      const slice = Math.floor(second / this.#sliceSeconds);
      sum.addSparse(histogram);
      slices[slice] ??= new HistogramSum();
      slices[slice].addSparse(histogram);
    };
  }
}

/** Those that have a value. */
function withHistograms<Key>(
  sums: Iterable<Key & { readonly sum: HistogramSum }>,
): (Omit<Key, 'sum'> & { readonly histogram: Histogram })[] {
  return [...sums].flatMap(({ sum, ...key }) => {
    const histogram = sum.toHistogram();
    return histogram === undefined ? [] : [{ ...key, histogram }];
  });
}

function counting(column: { add(second: number, count: number): void }): Take {
  return (second, value) => column.add(second, value);
}
