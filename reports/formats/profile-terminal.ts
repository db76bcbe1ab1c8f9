/** A profile in the terminal: what it comes to, the curve, the rates, where the time goes. */
import pc from 'picocolors';
import type { Capacity, ProfileComparison, RateRun, ServiceProfile } from '../../slo/profile/types.ts';
import { cleanDeep } from '../clean.ts';
import { count, decimal, roughShare } from '../figures.ts';
import { summaryOf } from '../profile/summary.ts';
import { changeTables } from '../profile/tables.ts';
import {
  caveatsText,
  estimateText,
  fineMs,
  intervalText,
  placeText,
  shareText,
  topFunctions,
} from '../profile/words.ts';
import { cut, longest, type Page, paint, wrap } from './terminal-text.ts';

export interface ProfileTerminalOptions {
  readonly color: boolean;
  readonly columns: number;
  /** Where the report lies, as the user can open it. */
  readonly reportPath?: string;
}

const narrowest = 60;
const shownFunctions = 12;

export function renderProfileTerminal(profile: ServiceProfile, options: ProfileTerminalOptions): string {
  const page = { colors: pc.createColors(options.color), columns: Math.max(narrowest, options.columns) };
  const clean = cleanDeep(profile);
  const { capacity, rates, notes } = clean;
  const blocks = [
    heading(clean, page),
    summaryOf(clean).flatMap((line) => wrap(line, page.columns)),
    capacity === undefined ? [] : curveLines(capacity, page),
    rates.length === 0 ? [] : rateLines(rates, page),
    clean.comparison === undefined ? [] : comparisonLines(clean.comparison, page),
    threadLines(clean, page),
    functionLines(clean, page),
    notes.flatMap((note) => wrap(`· ${note}`, page.columns).map((line) => page.colors.dim(line))),
    options.reportPath === undefined ? [] : [`Report  ${options.reportPath}`],
  ];
  const text = blocks.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'));
  return `\n${text.join('\n\n')}\n`;
}

function heading({ subject, mix, complete }: ServiceProfile, { colors, columns }: Page): string[] {
  return [
    colors.bold(cut(`Profile of ${subject.name}`, columns)),
    colors.dim(cut(`${subject.url} · ${mix.source}`, columns)),
    ...(complete ? [] : [colors.yellow('! It ended before it was through: what follows is a part.')]),
  ];
}

/** One bar a step, with the interval of the throughput and the latency that it costs. */
function curveLines({ steps }: Capacity, { colors, columns }: Page): string[] {
  const rows = steps.map(({ connections, perSecond, latencyMs, failedShare }) => ({
    cells: [
      String(connections),
      estimateText(perSecond),
      intervalText(perSecond),
      fineMs(latencyMs.p50),
      fineMs(latencyMs.p99),
    ],
    value: perSecond.value,
    failed: failedShare > 0 ? ` ${roughShare(failedShare)} failed` : '',
  }));
  const labels = ['connections', 'requests/s', '95 % interval', 'p50', 'p99'];
  const widths = widthsOf(
    labels,
    rows.map(({ cells }) => cells),
  );
  const used = widths.reduce((sum, width) => sum + width + 2, 0);
  const room = Math.max(8, Math.min(40, columns - used));
  const most = Math.max(...rows.map(({ value }) => value));
  return [
    colors.bold(aligned(labels, widths)),
    ...rows.map(({ cells, value, failed }) => {
      const bar = '█'.repeat(Math.max(1, Math.round((value / most) * room)));
      return cut(`${aligned(cells, widths)}  ${colors.cyan(bar)}${failed}`, columns + 10);
    }),
  ];
}

function rateLines(rates: readonly RateRun[], { colors, columns }: Page): string[] {
  const labels = ['of capacity', 'requests/s', 'p50', 'p95', 'p99', '95 % interval of p99', 'max'];
  const rows = rates.map((run) => [
    shareText(run),
    decimal(run.achievedPerSecond),
    estimateText(run.latencyMs.p50, fineMs),
    estimateText(run.latencyMs.p95, fineMs),
    estimateText(run.latencyMs.p99, fineMs),
    intervalText(run.latencyMs.p99, fineMs),
    fineMs(run.latencyMs.max),
  ]);
  const widths = widthsOf(labels, rows);
  return [
    colors.bold(cut(aligned(labels, widths), columns)),
    ...rates.flatMap((run, index) => {
      const caveats = caveatsText(run);
      return [
        cut(aligned(rows[index] ?? [], widths), columns),
        ...(caveats === '' ? [] : wrap(`! ${caveats}`, columns, '  ').map((line) => colors.yellow(line))),
      ];
    }),
  ];
}

function comparisonLines(comparison: ProfileComparison, { colors, columns }: Page): string[] {
  const warnings = comparison.warnings.flatMap((text) => wrap(`! ${text}`, columns).map(colors.yellow));
  const tables = changeTables(comparison).flatMap(({ caption, rows }) => {
    const cells = rows.map(([figure, before, after, ratio, standing]) => [
      `${standing?.status?.symbol} ${standing?.status?.word}`,
      cut(figure?.text ?? '', 44),
      `${before?.text} → ${after?.text}`,
      ratio?.note ? `${ratio.text} (${ratio.note})` : (ratio?.text ?? ''),
    ]);
    const widths = widthsOf(['', '', '', ''], cells);
    return [
      ...wrap(caption, columns).map(colors.bold),
      ...cells.map((row, index) => {
        const line = cut(
          row
            .map((text, at) => text.padEnd(widths[at] ?? 0))
            .join('  ')
            .trimEnd(),
          columns,
        );
        return paint(rows[index]?.at(-1)?.status?.standing ?? 'none', colors)(line);
      }),
    ];
  });
  return [...warnings, ...tables];
}

function threadLines({ node, cpu }: ServiceProfile, { columns }: Page): string[] {
  const { eventLoopDelayMs: delay, garbageCollection: gc } = node ?? {};
  return [
    ...(delay === undefined
      ? []
      : [`Event-loop delay  p50 ${fineMs(delay.p50)}, p99 ${fineMs(delay.p99)}, max ${fineMs(delay.max)}`]),
    ...(gc === undefined
      ? []
      : [
          `GC pauses  ${count(gc.pauses)}, median ${fineMs(gc.p50Ms)}, max ${fineMs(gc.maxMs)}, ${roughShare(gc.share)} of the time`,
        ]),
    ...(cpu?.memoryMb === undefined ? [] : [`Resident memory  ${decimal(cpu.memoryMb)} MB`]),
  ].map((line) => cut(line, columns));
}

function functionLines(profile: ServiceProfile, { colors, columns }: Page): string[] {
  const functions = topFunctions(profile, shownFunctions);
  if (functions.length === 0) return [];
  const rows = functions.map((item) => [
    roughShare(item.selfShare.value),
    roughShare(item.totalShare),
    cut(item.name, 36),
    placeText(item),
  ]);
  const labels = ['self', 'total', 'function', 'place'];
  const widths = widthsOf(labels, rows);
  const line = (cells: readonly string[]) =>
    cells
      .map((text, index) => (index < 2 ? text.padStart(widths[index] ?? 0) : text.padEnd(widths[index] ?? 0)))
      .join('  ')
      .trimEnd();
  return [colors.bold(line(labels)), ...rows.map((cells) => cut(line(cells), columns))];
}

function widthsOf(labels: readonly string[], rows: readonly (readonly string[])[]): number[] {
  return labels.map((label, index) => longest([label, ...rows.map((row) => row[index] ?? '')]));
}

function aligned(cells: readonly string[], widths: readonly number[]): string {
  return cells.map((text, index) => text.padStart(widths[index] ?? 0)).join('  ');
}
