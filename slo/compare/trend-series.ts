/** Figures of a phase in equal steps of time, as trends are looked for. */
import type { LoadPlan, Phase } from '../../profiles/types.ts';
import type { Measurements } from '../measurements.ts';
import { type Block, cutPhase } from './blocks.ts';
import { expectedLogs, logRatios, typicalMs } from './latency-blocks.ts';
import { median } from './median.ts';
import { memoryReading } from './memory-reading.ts';
import { serviceCounts } from './share-blocks.ts';

export type TrendSubject = 'memory' | 'latency' | 'errors';

export interface TimeSeries {
  readonly subject: TrendSubject;
  readonly service: string;
  /** Middle of each step, in seconds of the plan. */
  readonly seconds: readonly number[];
  /** In MB, ms, or as a share. */
  readonly values: readonly number[];
  readonly limit?: number;
}

/** Slopes are taken of all pairs of points. */
const mostSteps = 120;
const shortestStepSeconds = 5;

export function stepSecondsFor({ startSecond, endSecond }: Phase, sliceSeconds: number): number {
  const wanted = Math.max(shortestStepSeconds, Math.ceil((endSecond - startSecond) / mostSteps));
  return Math.ceil(wanted / sliceSeconds) * sliceSeconds;
}

export function seriesOf(
  plan: LoadPlan,
  measurements: Measurements,
  phase: Phase,
  stepSeconds: number,
): TimeSeries[] {
  const steps = cutPhase(phase, stepSeconds, measurements.sliceSeconds, measurements.measuredSeconds);
  const requests = measurements.requests.filter((series) => series.phase === phase.name);
  const services = [...new Set(requests.map(({ service }) => service))].sort();
  return [
    ...memorySeries(plan, measurements, steps),
    ...latencySeries({ ...measurements, requests }, steps),
    ...services.map((service) => errorSeries({ requests }, steps, service)),
  ];
}

function memorySeries({ environment }: LoadPlan, { readings }: Measurements, steps: readonly Block[]) {
  const services = [
    ...new Set(readings.flatMap(({ reading }) => memoryReading.serviceOf(reading) ?? [])),
  ].sort();
  return services.map((service): TimeSeries => {
    const own = readings.filter(({ reading }) => reading === memoryReading.of(service));
    const values = steps.map(({ fromSecond, toSecond }) => {
      const inStep = own.filter(({ second }) => second >= fromSecond && second < toSecond);
      return inStep.length === 0 ? undefined : median(inStep.map(({ value }) => value)) / 1e6;
    });
    const limit = environment.memoryLimitsMb?.[service];
    return { ...timed('memory', service, steps, values), ...(limit === undefined ? {} : { limit }) };
  });
}

function latencySeries(measurements: Measurements, steps: readonly Block[]): TimeSeries[] {
  const routes = [measurements.latencyByRoute];
  const typical = typicalMs(routes, steps);
  return [...logRatios(measurements, steps, expectedLogs(routes))].map(([service, ratios]) => {
    const ms = ratios.map((ratio) =>
      ratio === undefined ? undefined : (typical.get(service) ?? 0) * Math.exp(ratio),
    );
    return timed('latency', service, steps, ms);
  });
}

function errorSeries(
  measurements: Pick<Measurements, 'requests'>,
  steps: readonly Block[],
  service: string,
): TimeSeries {
  const shares = serviceCounts(measurements, steps, service).map(({ total, bad }) =>
    total === 0 ? undefined : bad / total,
  );
  return timed('errors', service, steps, shares);
}

/** Leaves out steps without a value. */
function timed(
  subject: TrendSubject,
  service: string,
  steps: readonly Block[],
  values: readonly (number | undefined)[],
): TimeSeries {
  const known = steps.flatMap(({ fromSecond, toSecond }, index) => {
    const value = values[index];
    return value === undefined ? [] : [{ second: (fromSecond + toSecond) / 2, value }];
  });
  return {
    subject,
    service,
    seconds: known.map(({ second }) => second),
    values: known.map(({ value }) => value),
  };
}
