/** What stands in the terminal when a rehearsal has ended. */
import pc from 'picocolors';
import type { DrillsView } from '../drill-views.ts';
import type { ElasticityView } from '../elasticity-view.ts';
import { isOpen, letThrough, withNote } from '../open.ts';
import type { Figure } from '../told.ts';
import type { LedgerView, ObjectiveView, PromiseView, ReportModel } from '../types.ts';
import { comparisonLines } from './comparison-terminal.ts';
import { cut, longest, type Page, pad, paint, wrap } from './terminal-text.ts';

export interface TerminalOptions {
  readonly color: boolean;
  readonly columns: number;
  /** Where the report lies, as the user can open it. */
  readonly reportPath?: string;
}

const narrowest = 40;
/** Reasons to act on come in full; of what was let through, a few show what is missing. */
const mostUrgent = 10;
const mostTolerated = 3;

export function renderTerminal(model: ReportModel, options: TerminalOptions): string {
  const page = { colors: pc.createColors(options.color), columns: Math.max(narrowest, options.columns) };
  const blocks = [
    decision(model, page),
    ...model.banners.map((banner) => bannerLines(banner.title, banner.lines, page)),
    model.decision.regressions.flatMap(({ text }) => wrap(`Against the baseline: ${text}`, page.columns)),
    promises(model.promises, page),
    model.drills === undefined ? [] : drillLines(model.drills, page),
    model.elasticity === undefined ? [] : elasticityLines(model.elasticity, page),
    openObjectives(model.objectives, page),
    model.ledgers.flatMap((ledger) => ledgerLines(ledger, page)),
    model.comparison === undefined ? [] : comparisonLines(model.comparison, page),
    (model.trends?.findings ?? []).flatMap((finding) => wrap(`↗ ${finding}`, page.columns)),
    figures(model.figures, page),
    options.reportPath === undefined ? [] : [`Report  ${options.reportPath}`],
  ];
  const text = blocks.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'));
  return `\n${text.join('\n\n')}\n`;
}

function decision({ decision: told, title, subtitle }: ReportModel, page: Page): string[] {
  const standing = ({ pass: 'pass', fail: 'fail', hold: 'inconclusive' } as const)[told.outcome];
  const badge = page.colors.bold(paint(standing, page.colors)(`${told.symbol} ${told.word}`));
  return [
    `${badge}  ${page.colors.bold(cut(title, page.columns - 8))}`,
    page.colors.dim(cut(`${subtitle} · policy ${told.policy}`, page.columns)),
    ...wrap(`${told.headline} ${told.summary}`, page.columns),
  ];
}

function bannerLines(title: string, lines: readonly string[], page: Page): string[] {
  return [
    ...wrap(`! ${title}`, page.columns).map((line) => page.colors.yellow(line)),
    ...lines.flatMap((line) => wrap(line, page.columns, '  ')),
  ];
}

const statusWidth = 14;
const widestMeasure = 24;

function promises(rows: readonly PromiseView[], page: Page): string[] {
  const measured = rows.filter((row) => row.status.standing !== 'none');
  const others = rows.filter((row) => row.status.standing === 'none').map((row) => row.title);
  const room = Math.max(20, page.columns - statusWidth - widestMeasure - 3);
  const titleWidth = Math.min(room, longest(measured.map((row) => row.title)));
  const lines = measured.map((row) => {
    const status = `${row.status.symbol} ${row.status.word}`.padEnd(statusWidth);
    const text = `${pad(row.title, titleWidth)}  ${row.measured} · promised ${row.promised}`;
    return `${paint(row.status.standing, page.colors)(status)} ${cut(text, page.columns - statusWidth - 1)}`;
  });
  if (others.length === 0) return lines;
  return [
    ...lines,
    ...wrap(`– not measured: ${others.join(', ')}`, page.columns).map((line) => page.colors.dim(line)),
  ];
}

function drillLines({ lead, drills, comparisons, blastRadius }: DrillsView, page: Page): string[] {
  return [
    ...wrap(lead, page.columns).map((line) => page.colors.bold(line)),
    ...drills.flatMap(({ id, status, text }) => [
      paint(status.standing, page.colors)(cut(`${status.symbol} ${id}`, page.columns)),
      ...wrap(text, page.columns, '  '),
    ]),
    ...comparisons.flatMap((comparison) => wrap(comparison, page.columns)),
    ...wrap(`Blast radius: ${blastRadius.summary}`, page.columns),
    ...blastRadius.findings.flatMap((finding) => wrap(`✗ ${finding}`, page.columns, '  ')),
  ];
}

function elasticityLines({ status, lead, findings }: ElasticityView, page: Page): string[] {
  const [first = '', ...rest] = wrap(`${status.symbol} ${lead}`, page.columns);
  return [
    paint(status.standing, page.colors)(first),
    ...rest,
    ...findings.flatMap((finding) => wrap(finding, page.columns, '  ')),
  ];
}

function openObjectives(objectives: readonly ObjectiveView[], page: Page): string[] {
  const open = objectives.filter(isOpen);
  if (open.length === 0) return [`All ${objectives.length} objectives were kept.`];
  const shown = [
    ...open.filter((objective) => !objective.tolerated).slice(0, mostUrgent),
    ...open.filter((objective) => objective.tolerated).slice(0, mostTolerated),
  ];
  const rest = open.length - shown.length;
  return [
    page.colors.bold(`Not kept or not proven: ${open.length} of ${objectives.length} objectives`),
    ...shown.flatMap((objective) => objectiveLines(objective, page)),
    ...(rest > 0 ? [page.colors.dim(`… and ${rest} more in the report`)] : []),
  ];
}

function objectiveLines(objective: ObjectiveView, page: Page): string[] {
  const { status, name, service } = objective;
  const role = letThrough(objective);
  const heading = `${status.symbol} ${name} (${service})${role === undefined ? '' : `, ${role}`}`;
  return [
    paint(status.standing, page.colors)(cut(heading, page.columns)),
    ...wrap(withNote(objective), page.columns, '  '),
  ];
}

function ledgerLines({ status, summary, findings }: LedgerView, page: Page): string[] {
  if (status.standing === 'none') return [];
  const [first = '', ...rest] = wrap(`${status.symbol} ${summary}`, page.columns);
  return [
    paint(status.standing, page.colors)(first),
    ...rest,
    ...findings.flatMap((finding) => wrap(finding, page.columns, '  ')),
  ];
}

function figures(rows: readonly Figure[], page: Page): string[] {
  const labelWidth = longest(rows.map((row) => row.label));
  const valueWidth = longest(rows.map((row) => row.value));
  return rows.map(({ label, value, note }) =>
    cut(`${label.padEnd(labelWidth)}  ${value.padStart(valueWidth)}  ${note}`, page.columns),
  );
}
