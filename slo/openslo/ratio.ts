/** A ratioMetric (good or bad among all, or a finished ratio) → how it is measured here. */
import type { Sli } from '../types.ts';
import type { Context, World } from './context.ts';
import type { Place } from './findings.ts';
import type { Library } from './library.ts';
import { metricSourceOf } from './metric-source.ts';
import { pageShareSli } from './pages.ts';
import { journeysSli, knowsService, requestsSli } from './routes.ts';
import type { RatioMetric } from './schema.ts';
import { scopeOf } from './scope.ts';
import { seriesOf } from './series.ts';
import type { MetricSource } from './sources.ts';

/** Undefined if what is wrong was told at the place of the ratioMetric. */
export function ratioSli(ratio: RatioMetric, context: Context, place: Place): Sli | undefined {
  if (!isConsistent(ratio, place)) return undefined;
  if (ratio.raw !== undefined) return rawSli(ratio, context.library, place);
  const counted = ratio.good === undefined ? 'bad' : 'good';
  const numerator = sourceOf(ratio, counted, context, place);
  const total = sourceOf(ratio, 'total', context, place);
  if (numerator === undefined || total === undefined) return undefined;
  if (numerator.type === 'Prometheus' && total.type === 'Prometheus') {
    return queriedRatio(counted, numerator, total, ratio, place);
  }
  if (!agree(counted, numerator, total)) {
    const marks = counted === 'good' ? 'outcome: good or underMs' : 'outcome: bad';
    place
      .at('total', 'metricSource')
      .error(`${counted} and total must be the same but for ${marks}, which only ${counted} has`);
    return undefined;
  }
  return sliOfNumerator(numerator, context.world, place.at(counted, 'metricSource'));
}

function sourceOf(
  ratio: RatioMetric,
  field: 'good' | 'bad' | 'total',
  { library }: Context,
  place: Place,
): MetricSource | undefined {
  const metric = ratio[field];
  if (metric === undefined) return undefined;
  return metricSourceOf(metric.metricSource, library, place.at(field, 'metricSource'));
}

/** The combinations that the standard allows: good and total, bad and total, or raw and rawType. */
function isConsistent({ good, bad, total, raw, rawType }: RatioMetric, place: Place): boolean {
  const faults: string[] = [];
  if (raw !== undefined) {
    if ([good, bad, total].some((metric) => metric !== undefined)) {
      faults.push('raw is a finished ratio; leave out good, bad and total');
    }
    if (rawType === undefined) faults.push('raw needs rawType: success or failure');
  } else {
    if (rawType !== undefined) faults.push('rawType belongs to raw, which is missing');
    if (good !== undefined && bad !== undefined) faults.push('give either good or bad');
    if (good === undefined && bad === undefined) faults.push('a ratio needs good or bad');
    if (total === undefined) faults.push('a ratio needs total');
  }
  for (const fault of faults) place.error(fault);
  return faults.length === 0;
}

function rawSli({ raw, rawType }: RatioMetric, library: Library, place: Place): Sli | undefined {
  if (raw === undefined || rawType === undefined) return undefined;
  const here = place.at('raw', 'metricSource');
  const source = metricSourceOf(raw.metricSource, library, here);
  if (source === undefined) return undefined;
  if (source.type === 'Prometheus') {
    return seriesOf(source, { kind: 'raw', query: source.spec.query, rawType });
  }
  here.at('type').error(`${source.type} holds no finished ratio; name good and total`);
  return undefined;
}

type PrometheusSource = Extract<MetricSource, { type: 'Prometheus' }>;

function queriedRatio(
  goodOrBad: 'good' | 'bad',
  numerator: PrometheusSource,
  total: PrometheusSource,
  { counter }: RatioMetric,
  place: Place,
): Sli | undefined {
  if (numerator.dataSource?.name !== total.dataSource?.name) {
    place.at('total', 'metricSource').error(`${goodOrBad} and total must come from one data source`);
    return undefined;
  }
  if (counter === undefined) {
    place.tolerate('say counter: true if the metrics only ever grow, else counter: false', {
      assumed: 'false',
    });
  }
  const { query } = numerator.spec;
  const totalQuery = total.spec.query;
  if (query === totalQuery) place.error(`${goodOrBad} and total are the same query`);
  return seriesOf(numerator, { kind: 'ratio', goodOrBad, query, totalQuery, counter: counter ?? false });
}

/** The numerator is `total` plus what makes an event good (or bad), and nothing else. */
function agree(counted: 'good' | 'bad', numerator: MetricSource, total: MetricSource): boolean {
  if (numerator.type === 'reading' || numerator.type === 'drill' || numerator.type === 'Prometheus') {
    return numerator.type === total.type;
  }
  const { outcome, underMs, ...rest } = { underMs: undefined, ...numerator.spec };
  const isMarked = counted === 'bad' ? outcome === 'bad' : outcome === 'good' || underMs !== undefined;
  const isOpposite = counted === 'good' && outcome === 'bad';
  return (
    isMarked &&
    !isOpposite &&
    sameFields({ type: numerator.type, ...rest }, { type: total.type, ...total.spec })
  );
}

function sameFields(a: Readonly<Record<string, unknown>>, b: Readonly<Record<string, unknown>>): boolean {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every((key) => a[key] === b[key]);
}

function sliOfNumerator(source: MetricSource, world: World, place: Place): Sli | undefined {
  switch (source.type) {
    case 'k6':
      return source.spec.journey === undefined
        ? requestsSli(source.spec, world, place)
        : journeysSli(source.spec, source.spec.journey, world, place);
    case 'probe':
      if (!knowsService(source.spec.service, world, place)) return undefined;
      return { measure: 'probes', service: source.spec.service, ...scopeOf(source.spec) };
    case 'Faro':
      return pageShareSli(source.spec, place);
    case 'objectives':
      return { measure: 'objectives', ...scopeOf(source.spec) };
    case 'reading':
    case 'drill':
      place.at('type').error(`a ${source.type} is compared with a limit; say it as a thresholdMetric`);
      return undefined;
    case 'Prometheus':
      place.at('type').error('a ratio has both of its parts from Prometheus, or none');
      return undefined;
  }
}
