/** Objectives → a file of Prometheus recording and alert rules. */
import { stringify } from 'yaml';
import type { Objective, TimeSliceBudgeting } from '../types.ts';
import {
  alertRules,
  alertsFor,
  commonLabels,
  missingDataRule,
  type Rule,
  recordName,
  seriesOf,
} from './alert-rules.ts';
import { errorRatioOf } from './ratio.ts';
import { promqlDuration } from './text.ts';

interface RuleGroup {
  readonly name: string;
  readonly rules: readonly Rule[];
}

export interface RuleFile {
  /** YAML, as `promtool check rules` takes it. */
  readonly text: string;
  readonly ruleCount: number;
  /** Objectives that production has no metric for, and why. */
  readonly left: readonly { readonly id: string; readonly reason: string }[];
}

/** Writes each objective as one group: its error ratio over every window that an alert looks at, then the alerts. */
export function prometheusRules(objectives: readonly Objective[]): RuleFile {
  const left = objectives.flatMap((objective) => {
    const ratio = errorRatioOf(objective.sli);
    return 'unavailable' in ratio ? [{ id: objective.id, reason: ratio.unavailable }] : [];
  });
  const groups = [rehearsalGroup, ...objectives.flatMap(groupOf)];
  const notes = left.map(({ id, reason }) => `# left out: ${id}, because ${reason}\n`);
  return {
    text: `${header}${notes.join('')}${stringify({ groups }, { lineWidth: 0, aliasDuplicateObjects: false })}`,
    ruleCount: groups.reduce((sum, { rules }) => sum + rules.length, 0),
    left,
  };
}

const header =
  '# Written by `peakproof slo export --prometheus`; docs/objectives.md says which metrics it needs.\n';

/** During a rehearsal with --metrics-port peakproof itself tells of every objective, also of those left out below. */
const rehearsalGroup: RuleGroup = {
  name: 'peakproof-rehearsal',
  rules: [
    {
      alert: 'ObjectiveAtRisk',
      expr: 'peakproof_objective_at_risk == 1',
      labels: { severity: 'ticket' },
      annotations: {
        summary: 'The running rehearsal would fail {{ $labels.objective }}, or spends its budget too fast.',
      },
    },
  ],
};

/** Where no alert looks back. */
const shortestSeconds = 300;

function groupOf(objective: Objective): RuleGroup[] {
  const ratio = errorRatioOf(objective.sli);
  if ('unavailable' in ratio) return [];
  const lookbacks = alertsFor(objective).flatMap(({ lookbackSeconds }) => lookbackSeconds);
  const windows = [...new Set(lookbacks.length === 0 ? [shortestSeconds] : lookbacks)].sort((a, b) => a - b);
  const labels = commonLabels(objective);
  const { budgeting } = objective;
  const slices = budgeting === undefined ? [] : [sliceRule(objective, budgeting, ratio.over)];
  const records = windows.map((seconds) => ({
    record: recordName(seconds),
    expr: budgeting === undefined ? ratio.over(seconds) : overSlices(objective, budgeting, seconds),
    labels,
  }));
  const missing = missingDataRule(objective, windows[0] ?? shortestSeconds);
  return [
    { name: `peakproof-${objective.id}`, rules: [...slices, ...records, ...alertRules(objective), missing] },
  ];
}

const sliceRecord = 'peakproof:slice_error_ratio';

/** The share of bad events of the time slice that ends now; none without events, where it is not a number. */
function sliceRule(
  objective: Objective,
  { windowSeconds }: TimeSliceBudgeting,
  over: (seconds: number) => string,
): Rule {
  return { record: sliceRecord, expr: `(${over(windowSeconds)}) >= 0`, labels: commonLabels(objective) };
}

/** Slices without data have no sample, so the mean leaves them out. */
function overSlices(objective: Objective, budgeting: TimeSliceBudgeting, seconds: number): string {
  const slice = seriesOf(sliceRecord, objective);
  const bad = budgeting.method === 'timeslices' ? `((1 - ${slice}) < bool ${budgeting.sliceTarget})` : slice;
  const range = promqlDuration(Math.max(seconds, budgeting.windowSeconds));
  return `avg_over_time(${bad}[${range}:${promqlDuration(budgeting.windowSeconds)}])`;
}
