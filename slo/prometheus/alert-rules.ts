/** Burn-rate alerts of an objective as Prometheus alert rules over its recorded error ratios. */
import { workbookAlerts } from '../alerts.ts';
import { promqlOf } from '../comparison.ts';
import { formatTarget } from '../sentences.ts';
import type { BurnRateAlert, Objective } from '../types.ts';
import { promqlDuration, promqlString, templateText } from './text.ts';

export interface Rule {
  readonly record?: string;
  readonly alert?: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** The objective's own alerts, else those of the SRE Workbook. */
export function alertsFor({ alerts, windowDays }: Objective): readonly BurnRateAlert[] {
  return alerts ?? workbookAlerts(windowDays);
}

/** What a recording rule holds of one objective. */
export function seriesOf(record: string, { id }: Objective): string {
  return `${record}{objective=${promqlString(id)}}`;
}

/** Name of the error ratio over a range. */
export function recordName(seconds: number): string {
  return `peakproof:error_ratio:rate${promqlDuration(seconds)}`;
}

export function commonLabels({ id, service }: Objective): Record<string, string> {
  return { objective: id, service };
}

export function alertRules(objective: Objective): Rule[] {
  const own = objective.alerts?.map((alert) => ruleOf(objective, [alert], alert.name));
  return (own ?? workbookRules(objective)).filter((rule) => rule !== undefined);
}

/** One rule for each severity: its windows are alternatives, as the Workbook has it. */
function workbookRules(objective: Objective): (Rule | undefined)[] {
  const alerts = alertsFor(objective);
  const severities = [...new Set(alerts.map(({ severity }) => severity))];
  return severities.map((severity) =>
    ruleOf(
      objective,
      alerts.filter((alert) => alert.severity === severity),
      'sre-workbook',
    ),
  );
}

/** Undefined for a policy that tells of recoveries alone. */
function ruleOf(objective: Objective, alerts: readonly BurnRateAlert[], policy: string): Rule | undefined {
  const conditions = alerts.flatMap((alert) => conditionsOf(objective, alert));
  const [first] = alerts;
  if (first === undefined || conditions.length === 0) return undefined;
  const { severity, alertAfterSeconds } = first;
  const labels = { ...commonLabels(objective), severity, policy };
  const promise = `${formatTarget(objective.target)} over ${objective.windowDays} days`;
  return {
    alert: 'ErrorBudgetBurns',
    expr: conditions.join('\nor\n'),
    ...(alertAfterSeconds === 0 ? {} : { for: promqlDuration(alertAfterSeconds) }),
    labels: mapValues(labels, templateText),
    annotations: {
      summary: templateText(`${objective.displayName}: the error budget of ${promise} burns too fast.`),
      ...(objective.description === '' ? {} : { description: templateText(objective.description) }),
    },
  };
}

function conditionsOf(objective: Objective, alert: BurnRateAlert): string[] {
  const allowed = Number((1 - objective.target).toPrecision(12));
  const limit = `${promqlOf(alert.op)} ${alert.threshold} * ${allowed}`;
  const series = alert.lookbackSeconds.map((seconds) => seriesOf(recordName(seconds), objective));
  return [
    ...(alert.whenBreaching ? [`(${series.map((item) => `${item} ${limit}`).join(' and ')})`] : []),
    ...(alert.whenNoData ? [`absent(${series[0]})`] : []),
  ];
}

function mapValues(labels: Record<string, string>, change: (text: string) => string): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).map(([key, value]) => [key, change(value)]));
}

/** A ratio that nobody can compute would never alert: missing data is not a kept promise. */
export function missingDataRule(objective: Objective, seconds: number): Rule {
  return {
    alert: 'ErrorBudgetUnknown',
    expr: `absent(${seriesOf(recordName(seconds), objective)})`,
    for: '15m',
    labels: mapValues({ ...commonLabels(objective), severity: 'ticket' }, templateText),
    annotations: {
      summary: templateText(`${objective.displayName}: no data to compute its error ratio from.`),
    },
  };
}
