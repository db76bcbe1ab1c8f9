/** Web vitals, page by page, in the bands of web.dev. */
import type { LoadPlan } from '../../../profiles/types.ts';
import { groupBy } from '../../../slo/group-by.ts';
import { type Bands, type PageRow, pageMetrics, type Vital, visitors } from '../../../slo/pages/types.ts';
import { addBands, isVital, vitalLimits } from '../../../slo/pages/vitals.ts';
import { quantileEstimate } from '../../../slo/statistics/quantile.ts';
import { counted, decimal, milliseconds, roughShare } from '../../figures.ts';
import type { VitalView } from '../../pages-view.ts';
import { cell } from '../table.ts';
import { histogramOfRows, isOf, rowsOfMetric } from './sums.ts';

/** web.dev judges a page by its 75th percentile. */
const judgedQuantile = 0.75;

const names: Readonly<Record<Vital, string>> = {
  lcp: 'LCP: main content painted',
  inp: 'INP: reaction to a click',
  cls: 'CLS: layout shift',
  fcp: 'FCP: first paint',
  ttfb: 'TTFB: first byte',
};

export function vitalsOf(rows: readonly PageRow[], plan: LoadPlan): VitalView[] {
  return pageMetrics.filter(isVital).flatMap((vital) => {
    const told = rowsOfMetric(rows, vital, plan).filter(isOf(...visitors));
    return [...groupBy(told, ({ page, device }) => `${page}, ${device}`)].map(([page, own]) =>
      vitalView(vital, page, own),
    );
  });
}

function vitalView(vital: Vital, page: string, rows: readonly PageRow[]): VitalView {
  const none: Bands = { good: 0, fair: 0, poor: 0 };
  const bands = rows.reduce((sum, row) => addBands(sum, row.bands ?? none), none);
  const total = bands.good + bands.fair + bands.poor;
  const histogram = histogramOfRows(rows);
  const p75 = histogram && quantileEstimate(histogram, judgedQuantile);
  const { good, poor } = vitalLimits[vital];
  const share = (count: number) => (total === 0 ? 0 : count / total);
  return {
    name: names[vital],
    page,
    measured: cell(p75 === undefined ? '–' : valueText(vital, p75), `p75 of ${counted(total, 'page view')}`),
    limits: `good up to ${valueText(vital, good)}, poor above ${valueText(vital, poor)}`,
    good: share(bands.good),
    fair: share(bands.fair),
    poor: share(bands.poor),
    shares: `${roughShare(share(bands.good))} good, ${roughShare(share(bands.fair))} to improve, ${roughShare(share(bands.poor))} poor`,
  };
}

function valueText(vital: Vital, value: number): string {
  return vital === 'cls' ? decimal(value) : milliseconds(value);
}
