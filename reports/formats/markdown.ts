/** summary.md: fits a pull-request comment and a job summary. */
import type { DrillsView } from '../drill-views.ts';
import type { ElasticityView } from '../elasticity-view.ts';
import { isOpen, letThrough, withNote } from '../open.ts';
import type { ComparisonView, LedgerView, ObjectiveView, PromiseView, ReportModel } from '../types.ts';
import { changesTable } from './comparison-markdown.ts';
import { plainText, row } from './markdown-text.ts';

const mostPromises = 16;
const mostObjectives = 12;
const mostChanges = 8;

const icons = { pass: '✅', fail: '❌', hold: '⚠️' } as const;

export function renderMarkdown(model: ReportModel): string {
  const { decision, figures } = model;
  const lines = [
    `## ${icons[decision.outcome]} ${decision.word}: ${plainText(model.title)}`,
    '',
    `**${plainText(decision.headline)}** ${plainText(decision.summary)}`,
    '',
    `${plainText(model.subtitle)} · policy ${plainText(decision.policy)} · exit code ${decision.exitCode}`,
    ...model.banners.flatMap((banner) => [
      '',
      `> **${plainText(banner.title)}.** ${plainText(banner.lines.join('; '))}`,
    ]),
    '',
    figures.map(({ label, value }) => `${plainText(label)} **${plainText(value)}**`).join(' · '),
    ...decision.regressions.flatMap(({ text }) => ['', `> **Against the baseline.** ${plainText(text)}`]),
    ...promiseTable(model.promises),
    ...(model.drills === undefined ? [] : drillList(model.drills)),
    ...(model.elasticity === undefined ? [] : elasticityBlock(model.elasticity)),
    ...objectiveList(model.objectives),
    ...model.ledgers.flatMap(ledgerBlock),
    ...(model.comparison === undefined ? [] : comparisonBlock(model.comparison)),
    ...(model.trends?.findings ?? []).flatMap((finding) => ['', `> **Trend.** ${plainText(finding)}`]),
    '',
    'The whole story: open `report.html` from the run folder in a browser (one file, works offline).',
    `To repeat it: \`${model.method.reproduction[0]?.text.replaceAll('`', "'") ?? ''}\``,
  ];
  return `${lines.join('\n')}\n`;
}

function promiseTable(promises: readonly PromiseView[]): string[] {
  if (promises.length === 0) return [];
  return [
    '',
    '| | Promise | Before | Promised | Measured | How sure |',
    '|---|---|---|---|---|---|',
    ...promises
      .slice(0, mostPromises)
      .map(({ status, title, before, promised, measured, detail, certainty }) =>
        row([
          `${status.symbol} ${status.word}`,
          title,
          before,
          promised,
          detail === '' ? measured : `${measured}; ${detail}`,
          certainty,
        ]),
      ),
    ...moreThan(mostPromises, promises.length, 'promises'),
  ];
}

function drillList({ lead, drills, comparisons, blastRadius }: DrillsView): string[] {
  return [
    '',
    `**${plainText(lead)}**`,
    '',
    ...drills.map(({ id, status, text }) => `- ${status.symbol} **${plainText(id)}** ${plainText(text)}`),
    ...comparisons.flatMap((comparison) => ['', plainText(comparison)]),
    '',
    `**Blast radius.** ${plainText(blastRadius.summary)}`,
    ...(blastRadius.findings.length === 0
      ? []
      : ['', ...blastRadius.findings.map((finding) => `- ✗ ${plainText(finding)}`)]),
  ];
}

function elasticityBlock({ status, lead, findings }: ElasticityView): string[] {
  return [
    '',
    `${status.symbol} **Elasticity.** ${plainText(lead)}`,
    ...(findings.length === 0 ? [] : ['', ...findings.map((finding) => `- ${plainText(finding)}`)]),
  ];
}

function objectiveList(objectives: readonly ObjectiveView[]): string[] {
  const open = objectives.filter(isOpen);
  if (open.length === 0) return ['', `All ${objectives.length} objectives were kept.`];
  return [
    '',
    `**Not kept or not proven: ${open.length} of ${objectives.length} objectives**`,
    '',
    ...open.slice(0, mostObjectives).map(objectiveLine),
    ...moreThan(mostObjectives, open.length, 'objectives'),
  ];
}

function objectiveLine(objective: ObjectiveView): string {
  const { status, service, name } = objective;
  const role = letThrough(objective);
  return `- ${status.symbol} **${plainText(name)}** (${plainText(service)}) ${status.word}${role === undefined ? '' : ` (${role})`}: ${plainText(withNote(objective))}`;
}

function ledgerBlock({ status, summary, findings }: LedgerView): string[] {
  if (status.standing === 'none') return [];
  const lines = findings.map((finding) => `- ${plainText(finding)}`);
  return [
    '',
    `${status.symbol} **What was acknowledged.** ${plainText(summary)}`,
    ...(lines.length === 0 ? [] : ['', ...lines]),
  ];
}

function moreThan(limit: number, total: number, noun: string): string[] {
  return total > limit ? ['', `… and ${total - limit} more ${noun} in the report.`] : [];
}

function comparisonBlock(comparison: ComparisonView): string[] {
  const { title, status, summary, warnings } = comparison;
  return [
    '',
    `**${status.symbol} ${status.word}: ${plainText(title)}** ${plainText(summary)}`,
    ...warnings.flatMap((warning) => ['', `> ${plainText(warning)}`]),
    ...changesTable(comparison, mostChanges),
  ];
}
