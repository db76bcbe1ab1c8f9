/** The measured error rates as Markdown. */
import type { Cell } from './cells.ts';
import type { CellResult, Multiple, Tally } from './simulation.ts';

export interface Row {
  readonly cell: Cell;
  readonly results: Readonly<Partial<Record<Multiple, CellResult>>>;
}

const none = '–';

/** Wrong passes / wrong fails in per cent of runs whose failure rate is exactly the allowed one. */
export function errorTable(rows: readonly Row[]): string {
  const header = [
    'runs',
    'allowed',
    'point',
    'Clopper–Pearson',
    'Wilson',
    '**peakproof**',
    '**stopped early**',
  ];
  return table(
    header,
    rows.map(({ cell, results }) => {
      const result = results[1] ?? {};
      return [
        cell.name,
        allowedWords(cell),
        errors(result.point),
        errors(result.clopperPearson),
        errors(result.wilson),
        errors(result.fixed),
        errors(result.early),
      ];
    }),
  );
}

/** What is decided where the truth is clear, and after how many requests. */
export function powerTable(rows: readonly Row[]): string {
  const header = [
    'runs',
    'requests of the phase',
    '5×: fail, whole phase',
    '5×: fail, early',
    'requests until then (mean, median)',
    'saved',
    '⅕: pass, whole phase',
    '⅕: pass, early',
    'requests until then (mean, median)',
    'saved',
  ];
  return table(
    header,
    rows.map(({ cell, results }) => [
      cell.name,
      count(cell.seconds * cell.perSecond),
      percent(results[5]?.fixed?.fail),
      percent(results[5]?.early?.fail),
      ...sample(cell, results[5]?.early),
      percent(results[0.2]?.fixed?.pass),
      percent(results[0.2]?.early?.pass),
      ...sample(cell, results[0.2]?.early),
    ]),
  );
}

/** Share of the phase's requests that stopping early does not need. */
export function savedShare({ seconds, perSecond }: Cell, { meanRequests }: Tally): number {
  return 1 - meanRequests / (seconds * perSecond);
}

function sample(cell: Cell, tally: Tally | undefined): [string, string] {
  if (tally === undefined) return [none, none];
  const requests = `${count(tally.meanRequests)}, ${count(tally.medianRequests)}`;
  return [requests, percent(savedShare(cell, tally))];
}

/** How many failures, in how many bursts, the target allows in a run. */
function allowedWords({ seconds, perSecond, target, process }: Cell): string {
  const failures = seconds * perSecond * (1 - target);
  if (process.kind !== 'bursts') return count(failures);
  const { length, failing = 1, background = 0 } = process;
  const bursts = (failures * (1 - background)) / (length * failing);
  return `${count(failures)} in ${bursts < 10 ? bursts.toPrecision(2) : count(bursts)} bursts`;
}

function errors(tally: Tally | undefined): string {
  return tally === undefined
    ? none
    : `${(100 * tally.falsePass).toFixed(1)} / ${(100 * tally.falseFail).toFixed(1)}`;
}

function percent(share: number | undefined): string {
  return share === undefined ? none : `${(100 * share).toFixed(0)} %`;
}

function count(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}
