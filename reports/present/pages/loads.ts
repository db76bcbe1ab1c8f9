/** How long pages took to load: by the browser's own clock and by beacons, by phase, and all of them as a curve. */
import type { LoadPlan } from '../../../profiles/types.ts';
import { groupBy } from '../../../slo/group-by.ts';
import { type PageRow, visitors } from '../../../slo/pages/types.ts';
import { filledBuckets } from '../../../slo/statistics/histogram.ts';
import { quantileEstimate } from '../../../slo/statistics/quantile.ts';
import { counted, milliseconds, multiple, roughShare } from '../../figures.ts';
import type { DistributionView } from '../../pages-view.ts';
import type { Cell, Table } from '../../types.ts';
import { statusOf } from '../../words.ts';
import { cell, columns, statusCell } from '../table.ts';
import { histogramOfRows, isOf, type Mean, meanOf } from './sums.ts';

/** Both clocks tell of the same loads, so that more than rounding between them is a fault of one. */
const leastDisagreement = 0.05;

/** One row a page and device; undefined without a load. */
export function loadTable(rows: readonly PageRow[]): Table | undefined {
  if (rows.length === 0) return undefined;
  return {
    caption: 'Mean page load, by the browser and by beacons',
    columns: columns('Page', 'Cold#', 'Warm#', 'Its beacons#', 'The two', 'Real users#'),
    rows: [...groupBy(rows, ({ page, device }) => `${page}, ${device}`)].map(([name, own]) => {
      const browser = meanOf(own.filter(isOf('browser')));
      const beacons = meanOf(own.filter(isOf('synthetic')));
      const cached = (cache: 'cold' | 'warm') => meanOf(own.filter((row) => row.cache === cache));
      return [
        cell(name),
        meanCell(cached('cold')),
        meanCell(cached('warm')),
        meanCell(beacons),
        agreementCell(browser, beacons),
        meanCell(meanOf(own.filter(isOf('real')))),
      ];
    }),
  };
}

function meanCell(mean: Mean | undefined): Cell {
  return mean === undefined ? cell('–') : cell(milliseconds(mean.ms), counted(mean.count, 'load'));
}

/** How far the means lie apart, as a share of the browser's; undefined where one is missing. */
function differenceOf(browser: Mean | undefined, beacons: Mean | undefined): number | undefined {
  return browser && beacons && Math.abs(beacons.ms - browser.ms) / browser.ms;
}

function agreementCell(browser: Mean | undefined, beacons: Mean | undefined): Cell {
  const difference = differenceOf(browser, beacons);
  if (difference === undefined) return statusCell({ ...statusOf('none'), word: 'not compared' });
  const told = `${roughShare(difference)} apart`;
  return difference <= leastDisagreement
    ? statusCell({ ...statusOf('pass'), word: 'agree' }, told)
    : statusCell({ ...statusOf('inconclusive'), word: 'disagree' }, told);
}

/** Whether browser and beacons agree over all pages, as a sentence; empty where only one of them told. */
export function agreementSentence(rows: readonly PageRow[]): string {
  const browser = meanOf(rows.filter(isOf('browser')));
  const beacons = meanOf(rows.filter(isOf('synthetic')));
  const difference = differenceOf(browser, beacons);
  if (difference === undefined || browser === undefined || beacons === undefined) return '';
  const word = difference <= leastDisagreement ? 'agree' : 'disagree';
  return `The browser's own clock (${milliseconds(browser.ms)} over ${counted(browser.count, 'load')}) and its beacons (${milliseconds(beacons.ms)} over ${counted(beacons.count, 'load')}) ${word}.`;
}

/** Mean of what beacons told, a column for each phase in which a page was loaded. */
export function phaseTable(rows: readonly PageRow[], plan: LoadPlan): Table | undefined {
  const told = rows.filter(isOf(...visitors));
  const phases = plan.phases.filter(({ name }) => told.some(({ phase }) => phase === name));
  if (phases.length === 0) return undefined;
  return {
    caption: 'Mean page load under each load, by beacons',
    columns: columns(
      'Page',
      ...phases.map(({ name, toMultiplier }) => `${name} (${multiple(toMultiplier)})#`),
    ),
    rows: [...groupBy(told, ({ page, device }) => `${page}, ${device}`)].map(([name, own]) => [
      cell(name),
      ...phases.map((phase) => meanCell(meanOf(own.filter((row) => row.phase === phase.name)))),
    ]),
  };
}

const barCount = 30;

/** All page loads that beacons told of, in bars of one width. */
export function distributionOf(rows: readonly PageRow[]): DistributionView | undefined {
  const histogram = histogramOfRows(rows.filter(isOf(...visitors)));
  if (histogram === undefined || histogram.count === 0) return undefined;
  const buckets = filledBuckets(histogram);
  const most = Math.max(...buckets.map(({ upTo }) => upTo));
  const counts = new Array<number>(barCount).fill(0);
  for (const { above, upTo, count } of buckets) {
    const bar = Math.min(barCount - 1, Math.floor(((above + upTo) / 2 / most) * barCount));
    counts[bar] = (counts[bar] ?? 0) + count;
  }
  const highest = Math.max(...counts);
  const at = (quantile: number) => milliseconds(quantileEstimate(histogram, quantile) ?? 0);
  return {
    title: 'How long pages took to load',
    summary: `Half of ${counted(histogram.count, 'load')} took up to ${at(0.5)}, 75 % up to ${at(0.75)}, 95 % up to ${at(0.95)}; the longest ${milliseconds(histogram.max)}.`,
    bars: counts.map((count, index) => ({
      from: index / barCount,
      to: (index + 1) / barCount,
      height: count / highest,
    })),
    least: '0 s',
    most: milliseconds(most),
  };
}
