/** Whether the load generator could be trusted: its own CPU, its VUs, and whether its sums agree. */
import type { GeneratorRow, Measurements } from '../../slo/measurements.ts';
import { totalOf } from '../../slo/series.ts';
import { count, decimal, roughShare } from '../figures.ts';
import type { Cell, GeneratorPoint, GeneratorView, Status, Table } from '../types.ts';
import type { PresentInput } from './input.ts';
import { mostPoints } from './seconds.ts';
import { cell, columns } from './table.ts';

const healthy: Status = { standing: 'pass', symbol: '✓', word: 'healthy' };
const saturated: Status = { standing: 'fail', symbol: '✗', word: 'saturated' };
const unknown: Status = { standing: 'none', symbol: '–', word: 'not known' };

export function presentGenerator(input: PresentInput): GeneratorView {
  const { verdict, measurements, run, plan } = input;
  const vus = plan.scenarios.reduce((sum, scenario) => sum + scenario.vus, 0);
  const { saturated: isSaturated, reasons } = verdict.generator;
  const isWatched = measurements.generator.some(({ machineBusyShare }) => machineBusyShare !== undefined);
  return {
    status: isSaturated ? saturated : isWatched ? healthy : unknown,
    summary: isSaturated
      ? `The generator was a bottleneck: ${reasons.join('; ')}.`
      : isWatched
        ? 'The generator kept up with the plan; what was measured is the system, not the generator.'
        : 'How busy the machine was is not known: nothing shows that the generator was no bottleneck.',
    chart: {
      title: 'CPU of generator and machine, VUs in use',
      summary: chartSummary(measurements.generator, run.host.cores, vus),
    },
    points: pointsOf(measurements.generator, run.host.cores),
    figures: figureTable(measurements, run.host.cores, vus),
    reconciliation: reconciliationTable(measurements),
  };
}

function chartSummary(rows: readonly GeneratorRow[], cores: number, vus: number): string {
  const k6 = highest(rows, (row) => row.k6Cores);
  if (k6 === undefined) return 'The generator reported no figures of its own.';
  const busy = highest(rows, (row) => row.machineBusyShare);
  const inUse = highest(rows, (row) => row.vusInUse);
  const machine = busy === undefined ? '' : `; the machine was ${roughShare(busy)} busy at most`;
  const users = inUse === undefined ? '' : `; ${count(inUse)} of ${count(vus)} VUs were in use at most`;
  return `k6 used up to ${decimal(k6)} of ${cores} cores${machine}${users}.`;
}

/** Busy shares become cores, so that all curves share one axis. */
function pointsOf(rows: readonly GeneratorRow[], cores: number): GeneratorPoint[] {
  const every = Math.max(1, Math.ceil(rows.length / mostPoints));
  return chunks(rows, every).map((chunk) => {
    const busy = highest(chunk, (row) => row.machineBusyShare);
    return {
      second: chunk[0]?.second ?? 0,
      ...optional(
        'k6Cores',
        highest(chunk, (row) => row.k6Cores),
      ),
      ...optional(
        'runnerCores',
        highest(chunk, (row) => row.runnerCores),
      ),
      ...optional('machineBusyCores', busy === undefined ? undefined : busy * cores),
      ...optional(
        'vusInUse',
        highest(chunk, (row) => row.vusInUse),
      ),
    };
  });
}

function optional<K extends string>(key: K, value: number | undefined): { [P in K]?: number } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]: number });
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  const starts = Array.from({ length: Math.ceil(items.length / size) }, (_, index) => index * size);
  return starts.map((start) => items.slice(start, start + size));
}

type Read = (row: GeneratorRow) => number | undefined;

function valuesOf(rows: readonly GeneratorRow[], read: Read): number[] {
  return rows.map(read).filter((value) => value !== undefined);
}

function highest(rows: readonly GeneratorRow[], read: Read): number | undefined {
  const values = valuesOf(rows, read);
  return values.length === 0 ? undefined : Math.max(...values);
}

function figureTable(measurements: Measurements, cores: number, vus: number): Table {
  const rows = measurements.generator;
  const dropped = measurements.drops.reduce((sum, series) => sum + totalOf(series), 0);
  const megabytes = (value: number) => `${count(value)} MB`;
  return {
    caption: 'Generator health',
    columns: columns('Figure', 'Mean#', 'Highest#', 'Of'),
    rows: [
      statistics('CPU of k6, cores', rows, (row) => row.k6Cores, decimal, `${cores}`),
      statistics('CPU of the runner, cores', rows, (row) => row.runnerCores, decimal, `${cores}`),
      statistics('Machine busy', rows, (row) => row.machineBusyShare, roughShare, '100 %'),
      statistics('Memory of k6', rows, (row) => row.k6MemoryMb, megabytes, ''),
      statistics('VUs in use', rows, (row) => row.vusInUse, count, count(vus)),
      statistics("Runner's event-loop delay, ms", rows, (row) => row.eventLoopDelayMs, decimal, ''),
      [cell('Iterations dropped in all'), cell('–'), cell(count(dropped)), cell('')],
      [cell('Data points without labels'), cell('–'), cell(count(measurements.overflowPoints)), cell('')],
    ],
  };
}

function statistics(
  label: string,
  rows: readonly GeneratorRow[],
  read: Read,
  format: (value: number) => string,
  of: string,
): Cell[] {
  const values = valuesOf(rows, read);
  if (values.length === 0) return [cell(label), cell('–'), cell('–'), cell(of)];
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return [cell(label), cell(format(mean)), cell(format(Math.max(...values))), cell(of)];
}

function reconciliationTable({ reconciliation }: Measurements): Table {
  return {
    caption: "What arrived, against the generator's own summary",
    columns: columns('Metric', 'Arrived#', 'Summary#', 'Difference#'),
    rows: reconciliation.map(({ metric, arrived, summary }) => [
      cell(metric),
      cell(count(arrived)),
      cell(count(summary)),
      cell(count(arrived - summary)),
    ]),
  };
}
