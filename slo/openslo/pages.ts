/** What a Faro source says → how pages and sessions are measured. */
import type { ComparisonOperator, Sli } from '../types.ts';
import type { Place } from './findings.ts';
import { scopeOf } from './scope.ts';
import type { SourceSpec } from './sources.ts';

type FaroSpec = SourceSpec<'Faro'>;

/** A mean that is less sure than this proves nothing. */
const leastConfidence = 0.9;

function pageScopeOf({ page, visitors, ...spec }: FaroSpec) {
  return {
    ...(page === undefined ? {} : { page }),
    ...(visitors === undefined ? {} : { visitors }),
    ...scopeOf(spec),
  };
}

/** Undefined if what is wrong was told at the place of the numerator's source. */
export function pageShareSli(spec: FaroSpec, place: Place): Sli | undefined {
  const here = place.at('spec');
  const { metric } = spec;
  if (spec.aggregate !== undefined) {
    here.at('aggregate').error('a ratio counts page views; a mean is a thresholdMetric');
    return undefined;
  }
  if (metric === 'page-load') {
    here
      .at('metric')
      .error('page loads are judged by their mean: use a thresholdMetric with aggregate: mean');
    return undefined;
  }
  if (metric !== 'sessions') return { measure: 'vitals', metric, ...pageScopeOf(spec) };
  if (spec.page !== undefined) {
    here.at('page').error('a session goes over several pages; leave it out');
    return undefined;
  }
  return { measure: 'sessions', ...pageScopeOf(spec) };
}

/** Undefined if what is wrong was told at the source or the objective. */
export function pageMeanSli(
  spec: FaroSpec,
  { op, value }: { readonly op: ComparisonOperator; readonly value: number },
  places: { readonly indicator: Place; readonly objective: Place },
): Sli | undefined {
  const here = places.indicator.at('thresholdMetric', 'metricSource', 'spec');
  if (spec.metric !== 'page-load' || spec.aggregate !== 'mean' || spec.outcome !== undefined) {
    here.error('only the mean of page loads has a limit: metric: page-load, aggregate: mean');
    return undefined;
  }
  if (op !== 'lt' && op !== 'lte') {
    places.objective.at('op').error('a page load is promised to be short: lt or lte');
    return undefined;
  }
  return { measure: 'page-load', op, value, ...pageScopeOf(spec) };
}

/** A mean is one figure a run, so that its target is how sure the run must be of it. */
export function checkMeanTarget(sli: Sli | undefined, target: number | undefined, place: Place): void {
  if (sli?.measure !== 'page-load' || target === undefined || target >= leastConfidence) return;
  place.error(`the target of a mean is how sure its bound must be: at least ${leastConfidence}`);
}
