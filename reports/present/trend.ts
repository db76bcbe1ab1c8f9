/** What grew while the load stood still, in words and as a table. */
import { findTrends, shortestTrendSeconds, type Trend } from '../../slo/compare/trend.ts';
import type { TrendSubject } from '../../slo/compare/trend-series.ts';
import { clockTime, decimal, milliseconds, probability } from '../figures.ts';
import type { Cell, Status, Table, TrendsView } from '../types.ts';
import type { PresentInput } from './input.ts';
import { cell, columns, statusCell } from './table.ts';

/** A value in the unit of its subject. */
const formats: Readonly<Record<TrendSubject, (value: number) => string>> = {
  memory: (mb) => `${decimal(mb)} MB`,
  latency: milliseconds,
  errors: (share) => `${decimal(share * 100)} %`,
};

/** Undefined for a run without a phase that is long enough. */
export function presentTrends({ plan, measurements }: PresentInput): TrendsView | undefined {
  const { seriesCount, trends } = findTrends(plan, measurements);
  if (seriesCount === 0) return undefined;
  const telling = trends.filter(isTelling);
  const findings = telling.map(sentence);
  const still = seriesCount - telling.length;
  const lead = `In phases that hold their load for ${shortestTrendSeconds} s or longer: Theil–Sen slopes with 95 % intervals, Mann–Kendall tests corrected for all ${seriesCount} series (Holm), and changes of level. ${still} of them stand still.`;
  return { lead, findings, table: tableOf(telling.length > 0 ? telling : trends.filter(isMemory)) };
}

function isTelling({ direction, steps }: Trend): boolean {
  return direction !== 'steady' || steps.length > 0;
}

function isMemory({ subject }: Trend): boolean {
  return subject === 'memory';
}

/** "payment leaks 3 MB/min ± 0.4 of memory (from 80 MB to 140 MB in 20 min) and reaches 512 MB in 2 h." */
function sentence(trend: Trend): string {
  const { service, subject, phase, start, end, steps, direction } = trend;
  const format = formats[subject];
  if (direction === 'steady') {
    const changes = steps.map(
      ({ second, before, after }) => `at ${clockTime(second)} from ${format(before)} to ${format(after)}`,
    );
    return `${service}: ${subject} changed its level ${changes.join(', ')}.`;
  }
  const verb = subject === 'memory' && direction === 'rises' ? 'leaks' : `${subject} ${direction} by`;
  const over = `from ${format(start)} to ${format(end)} in ${phase}`;
  const limit = trend.limit === undefined ? '' : ` of ${format(trend.limit)}`;
  const reaches =
    trend.secondsToLimit === undefined
      ? ''
      : `, reaches the limit${limit} in ${duration(trend.secondsToLimit)}`;
  return `${service}: ${verb} ${slopeText(trend)} (${over})${reaches}.`;
}

/** "3 MB/min ± 0.4": half the interval, in the unit of the slope. */
function slopeText({ subject, perMinute, low, high }: Trend): string {
  const half = (high - low) / 2;
  const [value, unit, margin] = {
    memory: [decimal(Math.abs(perMinute)), 'MB/min', decimal(half)],
    latency: [decimal(Math.abs(perMinute)), 'ms/min', decimal(half)],
    errors: [decimal(Math.abs(perMinute * 100)), 'points/min', decimal(half * 100)],
  }[subject] as [string, string, string];
  return `${value} ${unit} ± ${margin}`;
}

/** 18000 → "5 h", 5400 → "1.5 h", 600 → "10 min". */
function duration(seconds: number): string {
  if (seconds >= 172_800) return `${decimal(seconds / 86_400)} days`;
  return seconds >= 3600 ? `${decimal(seconds / 3600)} h` : `${decimal(Math.max(1, seconds / 60))} min`;
}

const statuses: Readonly<Record<Trend['direction'], Status>> = {
  rises: { standing: 'fail', symbol: '↗', word: 'rises' },
  falls: { standing: 'pass', symbol: '↘', word: 'falls' },
  steady: { standing: 'pass', symbol: '→', word: 'steady' },
};

const stepped: Status = { standing: 'inconclusive', symbol: '⌐', word: 'changed its level' };

function tableOf(trends: readonly Trend[]): Table {
  return {
    caption: 'Trends and changes of level',
    columns: columns('Service', 'Figure', 'Phase', 'From#', 'To#', 'Slope#', 'Trend'),
    rows: trends.map(row),
  };
}

function row(trend: Trend): Cell[] {
  const { service, subject, phase, start, end, direction, steps, pValue } = trend;
  const format = formats[subject];
  return [
    cell(service),
    cell(subject),
    cell(phase),
    cell(format(start)),
    cell(format(end)),
    cell(`${trend.perMinute < 0 ? '−' : ''}${slopeText(trend)}`),
    statusCell(
      direction === 'steady' && steps.length > 0 ? stepped : statuses[direction],
      `p ${probability(pValue)}`,
    ),
  ];
}
