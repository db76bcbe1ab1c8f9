/** Rows of page views, summed as the section asks for them. */
import type { LoadPlan } from '../../../profiles/types.ts';
import type { Histogram } from '../../../slo/measurements.ts';
import type { PageMetric, PageOrigin, PageRow } from '../../../slo/pages/types.ts';
import { mergeHistograms } from '../../../slo/statistics/histogram.ts';

/** Rows of one metric outside the warm-up, which nobody is promised anything for. */
export function rowsOfMetric(rows: readonly PageRow[], metric: PageMetric, { phases }: LoadPlan): PageRow[] {
  const warmUp = new Set(phases.filter(({ role }) => role === 'warm-up').map(({ name }) => name));
  return rows.filter((row) => row.metric === metric && !warmUp.has(row.phase));
}

export function histogramOfRows(rows: readonly PageRow[]): Histogram | undefined {
  return mergeHistograms(rows.map(({ histogram }) => histogram));
}

export interface Mean {
  readonly ms: number;
  readonly count: number;
}

/** Undefined without a value. */
export function meanOf(rows: readonly PageRow[]): Mean | undefined {
  const count = rows.reduce((sum, { histogram }) => sum + histogram.count, 0);
  if (count === 0) return undefined;
  return { ms: rows.reduce((sum, { histogram }) => sum + histogram.sum, 0) / count, count };
}

export function isOf(...origins: readonly PageOrigin[]): (row: PageRow) => boolean {
  return ({ origin }) => origins.includes(origin);
}
