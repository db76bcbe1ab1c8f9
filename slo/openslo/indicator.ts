/** An OpenSLO indicator and the objective's threshold → how it is measured here (`Sli`). */
import type { Catalog, RouteKey } from '../../scenarios/model.ts';
import type { ProblemCode } from '../../scenarios/problem.ts';
import type { Sli } from '../types.ts';
import type { Path } from './documents.ts';
import { didYouMean } from './issues.ts';
import { asksPrometheus, prometheusSli } from './prometheus.ts';
import type { IndicatorSpec, SloDocument } from './schema.ts';
import type { MetricSource } from './sources.ts';

/** What an indicator may refer to. */
export interface World {
  readonly catalog: Catalog;
  readonly journeys: readonly string[];
}

/** Notes a problem at a path below the indicator's spec. */
export type Report = (path: Path, cause: string, code?: ProblemCode) => void;

type Source<T extends MetricSource['type']> = Extract<MetricSource, { type: T }>['spec'];
type Threshold = SloDocument['spec']['objectives'][number];

/** The measure an indicator stands for; undefined if `report` was told what is wrong with it. */
export function sliOf(
  spec: IndicatorSpec,
  threshold: Threshold,
  world: World,
  report: Report,
): Sli | undefined {
  if (asksPrometheus(spec)) return prometheusSli(spec, threshold, report);
  if (spec.ratioMetric !== undefined && spec.thresholdMetric === undefined) {
    if (threshold.op !== undefined || threshold.value !== undefined) {
      report(
        ['ratioMetric'],
        'a ratio is compared with its target alone; remove op and value from the objective',
      );
    }
    return ratioSli(spec.ratioMetric, world, report);
  }
  if (spec.thresholdMetric !== undefined && spec.ratioMetric === undefined) {
    return thresholdSli(spec.thresholdMetric.metricSource, threshold, report);
  }
  report([], 'an indicator has either a ratioMetric or a thresholdMetric');
  return undefined;
}

function thresholdSli(source: MetricSource, { op, value }: Threshold, report: Report): Sli | undefined {
  const path = ['thresholdMetric', 'metricSource'];
  if (source.type !== 'reading') {
    report([...path, 'type'], `${source.type} counts events; say it as a ratioMetric`);
    return undefined;
  }
  if (op === undefined || value === undefined) {
    report(path, 'a reading is compared with a limit; give the objective op and value');
    return undefined;
  }
  const { reading, census = false } = source.spec;
  return { measure: 'readings', reading, op, value, census, ...scopeOf(source.spec) };
}

function ratioSli(
  ratio: NonNullable<IndicatorSpec['ratioMetric']>,
  world: World,
  report: Report,
): Sli | undefined {
  for (const field of ['bad', 'raw', 'rawType'] as const) {
    if (ratio[field] === undefined) continue;
    report(['ratioMetric', field], `${field} is not evaluated; name good and total`, 'UNSUPPORTED_OBJECTIVE');
  }
  const good = ratio.good?.metricSource;
  const total = ratio.total?.metricSource;
  if (good === undefined || total === undefined) {
    report(['ratioMetric'], 'a ratio needs good and total');
    return undefined;
  }
  if (!agree(good, total)) {
    report(
      ['ratioMetric', 'total', 'metricSource'],
      'good and total must be the same but for outcome: good or underMs, which only good has',
    );
    return undefined;
  }
  return sliOfGood(good, world, (path, cause, code) =>
    report(['ratioMetric', 'good', 'metricSource', ...path], cause, code),
  );
}

/** `good` is `total` plus what makes an event good, and nothing else. */
function agree(good: MetricSource, total: MetricSource): boolean {
  if (good.type === 'reading' || good.type === 'Prometheus') return good.type === total.type;
  const { outcome, underMs, ...rest } = { underMs: undefined, ...good.spec };
  const isMarked = outcome !== undefined || underMs !== undefined;
  return isMarked && sameFields({ type: good.type, ...rest }, { type: total.type, ...total.spec });
}

function sameFields(a: Readonly<Record<string, unknown>>, b: Readonly<Record<string, unknown>>): boolean {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every((key) => a[key] === b[key]);
}

function sliOfGood(source: MetricSource, world: World, report: Report): Sli | undefined {
  switch (source.type) {
    case 'k6':
      return source.spec.journey === undefined
        ? requestsSli(source.spec, world, report)
        : journeysSli(source.spec, source.spec.journey, world, report);
    case 'probe':
      if (!knowsService(source.spec.service, world, report)) return undefined;
      return { measure: 'probes', service: source.spec.service, ...scopeOf(source.spec) };
    case 'objectives':
      return { measure: 'objectives', ...scopeOf(source.spec) };
    case 'Prometheus':
    case 'reading':
      report(['type'], 'a reading is compared with a limit; say it as a thresholdMetric');
      return undefined;
  }
}

function journeysSli(
  spec: Source<'k6'>,
  journey: string,
  { journeys }: World,
  report: Report,
): Sli | undefined {
  if (spec.service !== undefined || spec.kind !== undefined || spec.route !== undefined) {
    report(['spec'], 'a journey crosses services; leave out service, kind and route');
    return undefined;
  }
  if (!journeys.includes(journey)) {
    const cause = `there is no journey "${journey}"${didYouMean(journey, journeys)}`;
    report(['spec', 'journey'], cause, 'UNKNOWN_JOURNEY');
    return undefined;
  }
  return { measure: 'journeys', journey, ...limitOf(spec), ...scopeOf(spec) };
}

function requestsSli(spec: Source<'k6'>, world: World, report: Report): Sli | undefined {
  const { service, kind, route } = spec;
  if (service === undefined) {
    report(['spec'], 'name a service ("*" for all of them) or a journey');
    return undefined;
  }
  const isForAll = service === '*';
  if (!isForAll && !knowsService(service, world, report)) return undefined;
  if (route !== undefined && world.catalog[service]?.routes[route] === undefined) {
    const known = Object.keys(world.catalog[service]?.routes ?? {});
    const cause = `${service} has no route "${route}"${didYouMean(route, known)}`;
    report(['spec', 'route'], cause, 'UNKNOWN_ROUTE');
    return undefined;
  }
  const routes = routesOf(spec, world.catalog);
  if (routes.length === 0) {
    report(['spec'], `${service} has no ${kind} routes${route === undefined ? '' : ` named ${route}`}`);
    return undefined;
  }
  return {
    measure: 'requests',
    ...(isForAll ? {} : { service }),
    ...(kind === undefined ? {} : { kind }),
    ...(route === undefined ? {} : { route: `${service}.${route}` }),
    routes,
    ...limitOf(spec),
    ...scopeOf(spec),
  };
}

function routesOf({ service, kind, route }: Source<'k6'>, catalog: Catalog): RouteKey[] {
  return Object.entries(catalog)
    .filter(([name]) => service === '*' || service === name)
    .flatMap(([name, { routes }]) =>
      Object.entries(routes)
        .filter(([key, value]) => (kind ?? value.kind) === value.kind && (route ?? key) === key)
        .map(([key]) => `${name}.${key}`),
    );
}

function knowsService(service: string, { catalog }: World, report: Report): boolean {
  if (catalog[service] !== undefined) return true;
  const cause = `there is no service "${service}"${didYouMean(service, Object.keys(catalog))}`;
  report(['spec', 'service'], cause, 'UNKNOWN_SERVICE');
  return false;
}

function limitOf({ underMs }: { underMs?: number | undefined }): { underMs?: number } {
  return underMs === undefined ? {} : { underMs };
}

function scopeOf(spec: { atLeastMultiplier?: number | undefined }): { atLeastMultiplier?: number } {
  return spec.atLeastMultiplier === undefined ? {} : { atLeastMultiplier: spec.atLeastMultiplier };
}
