/** An OpenSLO indicator and the objective's threshold → how it is measured here (`Sli`). */
import type { Sli } from '../types.ts';
import type { Context } from './context.ts';
import type { Place } from './findings.ts';
import type { Library } from './library.ts';
import { metricSourceOf } from './metric-source.ts';
import { pageMeanSli } from './pages.ts';
import { ratioSli } from './ratio.ts';
import type { IndicatorSpec, SloObjective } from './schema.ts';
import { scopeOf } from './scope.ts';
import { seriesOf } from './series.ts';

/** The measure an indicator stands for; undefined if what is wrong was told at the indicator or the objective. */
export function sliOf(
  spec: IndicatorSpec,
  threshold: SloObjective,
  context: Context,
  places: { readonly indicator: Place; readonly objective: Place },
): Sli | undefined {
  const { indicator, objective } = places;
  if ((spec.ratioMetric === undefined) === (spec.thresholdMetric === undefined)) {
    indicator.error('an indicator has either a ratioMetric or a thresholdMetric');
    return undefined;
  }
  if (spec.ratioMetric !== undefined) {
    for (const field of ['op', 'value'] as const) {
      if (threshold[field] === undefined) continue;
      objective.at(field).tolerate('a ratio is compared with its target alone; leave it out');
    }
    return ratioSli(spec.ratioMetric, context, indicator.at('ratioMetric'));
  }
  return thresholdSli(spec, threshold, context.library, places);
}

function thresholdSli(
  { thresholdMetric }: IndicatorSpec,
  { op, value }: SloObjective,
  library: Library,
  places: { readonly indicator: Place; readonly objective: Place },
): Sli | undefined {
  if (thresholdMetric === undefined) return undefined;
  const place = places.indicator.at('thresholdMetric', 'metricSource');
  if (op === undefined || value === undefined) {
    places.objective.error('a thresholdMetric is compared with a limit; give op and value');
  }
  const source = metricSourceOf(thresholdMetric.metricSource, library, place);
  if (source === undefined || op === undefined || value === undefined) return undefined;
  switch (source.type) {
    case 'reading': {
      const { reading, census = false, withFaults, needs } = source.spec;
      const only = { ...(withFaults && { withFaults }), ...(needs && { needs }) };
      return { measure: 'readings', reading, op, value, census, ...only, ...scopeOf(source.spec) };
    }
    case 'drill': {
      const { figure, fault } = source.spec;
      return { measure: 'drills', figure, op, value, ...(fault === undefined ? {} : { fault }) };
    }
    case 'Prometheus':
      return seriesOf(source, { kind: 'threshold', query: source.spec.query, op, value });
    case 'Faro':
      return pageMeanSli(source.spec, { op, value }, places);
    default:
      place.at('type').error(`${source.type} counts events; say it as a ratioMetric`);
      return undefined;
  }
}
