/** Workflow commands that GitHub shows beside the commit: https://docs.github.com/actions/reference/workflow-commands */
import { isOpen, withNote } from '../open.ts';
import type { ObjectiveView, ReportModel } from '../types.ts';

type Level = 'error' | 'warning' | 'notice';

/** GitHub shows ten annotations of a level and step; the last one tells how many more there are. */
const mostPerLevel = 10;

export function renderGithubAnnotations(model: ReportModel): string {
  const open = model.objectives.filter(isOpen);
  const lines = [
    ...model.decision.regressions.map(({ service, text, blocks }) =>
      command(blocks ? 'error' : 'warning', `${service}: worse than the baseline`, text),
    ),
    ...annotations(
      'error',
      open.filter((objective) => objective.decides),
    ),
    ...annotations(
      'warning',
      open.filter((objective) => !objective.decides),
    ),
    ...model.banners.map(({ title, lines }) => command('notice', title, lines.join('; '))),
    command(
      'notice',
      `${model.title}: ${model.decision.word}`,
      `${model.decision.headline} ${model.decision.summary}`,
    ),
  ];
  return `${lines.join('\n')}\n`;
}

function annotations(level: Level, objectives: readonly ObjectiveView[]): string[] {
  const isTooMany = objectives.length > mostPerLevel;
  const shown = objectives.slice(0, isTooMany ? mostPerLevel - 1 : mostPerLevel);
  const rest = objectives.length - shown.length;
  return [
    ...shown.map((objective) =>
      command(level, `${objective.service}: ${objective.name} ${objective.status.word}`, withNote(objective)),
    ),
    ...(isTooMany ? [command(level, `${rest} more objectives`, 'See the job summary or report.html.')] : []),
  ];
}

function command(level: Level, title: string, message: string): string {
  return `::${level} title=${escapeProperty(title)}::${escapeData(message)}`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
