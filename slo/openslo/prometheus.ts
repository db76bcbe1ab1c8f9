/** Indicators whose metric sources are queries to Prometheus → how they are measured here. */
import { z } from 'zod';
import type { Sli } from '../types.ts';
import type { Path } from './documents.ts';
import type { IndicatorSpec, SloDocument } from './schema.ts';
import { prometheus } from './sources.ts';

type Report = (path: Path, cause: string) => void;

const prometheusMetric = z.strictObject({ metricSource: prometheus });

const source = { type: 'Prometheus' } as const;

/** True if an indicator asks Prometheus for something. */
export function asksPrometheus({ ratioMetric, thresholdMetric }: IndicatorSpec): boolean {
  const metrics = [
    thresholdMetric,
    ratioMetric?.good,
    ratioMetric?.bad,
    ratioMetric?.total,
    ratioMetric?.raw,
  ];
  return metrics.some((metric) => queryOf(metric) !== undefined);
}

/** Undefined if `report` was told what is wrong. */
export function prometheusSli(
  { ratioMetric, thresholdMetric }: IndicatorSpec,
  { op, value }: SloDocument['spec']['objectives'][number],
  report: Report,
): Sli | undefined {
  const query = queryOf(thresholdMetric);
  if (query !== undefined && op !== undefined && value !== undefined) {
    return { measure: 'series', source, kind: 'threshold', query, op, value };
  }
  if (ratioMetric !== undefined) return ratioOf(ratioMetric, report);
  report(['thresholdMetric'], 'values are compared with a limit; give the objective op and value');
  return undefined;
}

function ratioOf(
  { counter = false, good, bad, total, raw, rawType }: NonNullable<IndicatorSpec['ratioMetric']>,
  report: Report,
): Sli | undefined {
  const rawQuery = queryOf(raw);
  if (rawQuery !== undefined && (rawType === 'success' || rawType === 'failure')) {
    return { measure: 'series', source, kind: 'raw', query: rawQuery, rawType };
  }
  const goodOrBad = good === undefined ? 'bad' : 'good';
  const query = queryOf(good ?? bad);
  const totalQuery = queryOf(total);
  if (query !== undefined && totalQuery !== undefined) {
    return { measure: 'series', source, kind: 'ratio', goodOrBad, query, totalQuery, counter };
  }
  report(['ratioMetric'], 'a ratio from Prometheus needs good or bad with total, or raw with rawType');
  return undefined;
}

function queryOf(metric: unknown): string | undefined {
  const parsed = prometheusMetric.safeParse(metric);
  return parsed.success ? parsed.data.metricSource.spec.query : undefined;
}
