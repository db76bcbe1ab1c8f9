/** A plan as tables. */
import { faultKinds } from '../../profiles/faults.ts';
import type { LoadPlan, Phase } from '../../profiles/types.ts';
import { clockTime, count, counted, decimal, multiple } from '../../reports/figures.ts';
import type { PlanSummary } from './plan-summary.ts';
import { table } from './table.ts';

/** @param width columns of the terminal; without it, nothing is left out. */
export function describePlan(plan: LoadPlan, summary: PlanSummary, width?: number): string {
  return [
    heading(plan, summary),
    phases(summary),
    ...faults(plan),
    services(plan, summary, width),
    scenarios(summary),
    objectives(summary, width),
  ].join('\n\n');
}

function heading(plan: LoadPlan, { requests, vus }: PlanSummary): string {
  const { environment } = plan;
  return [
    `${plan.profile}: ${plan.description}`,
    `target ${environment.name} at ${decimal(environment.scale * 100)} % of full scale, ${clockTime(plan.durationSeconds)} long, about ${count(requests)} requests from ${count(vus)} VUs`,
    ...(plan.browsers === undefined
      ? []
      : [`${counted(plan.browsers, 'browser')} beside it, loading pages where this machine has Chromium`]),
  ].join('\n');
}

function phases(summary: PlanSummary): string {
  const rows = summary.phases.map(({ phase, requests, ratePerSecond, fullScaleRatePerSecond }) => [
    phase.name,
    `${clockTime(phase.startSecond)}–${clockTime(phase.endSecond)}`,
    loadOf(phase),
    phase.role === 'judged' ? 'yes' : 'no',
    count(requests),
    decimal(ratePerSecond),
    decimal(fullScaleRatePerSecond),
  ]);
  return table(
    [
      { title: 'phase' },
      { title: 'time' },
      { title: 'load' },
      { title: 'judged' },
      { title: 'requests', align: 'right' },
      { title: 'requests/s', align: 'right' },
      { title: 'at full scale', align: 'right' },
    ],
    rows,
  );
}

/** What is broken on purpose; `--dry-run` of `rehearse` shows how. */
function faults({ faults: planned = [] }: LoadPlan): string[] {
  if (planned.length === 0) return [];
  const rows = planned.map(({ id, kind, startSecond, endSecond }) => [
    id,
    `${clockTime(startSecond)}–${clockTime(endSecond)}`,
    faultKinds[kind].description,
  ]);
  return [table([{ title: 'fault' }, { title: 'time' }, { title: 'what happens' }], rows)];
}

function loadOf({ kind, fromMultiplier, toMultiplier }: Phase): string {
  return kind === 'hold' ? multiple(toMultiplier) : `${multiple(fromMultiplier)} → ${multiple(toMultiplier)}`;
}

/** Requests per second of each service in each phase; a terminal that is too narrow shows the busiest phase only. */
function services(plan: LoadPlan, summary: PlanSummary, width = Number.POSITIVE_INFINITY): string {
  const byPhase = servicesTable(
    summary,
    plan.phases.map((phase) => phase.name),
  );
  const isTooWide = byPhase.split('\n').some((line) => line.length > width);
  return isTooWide ? servicesTable(summary, []) : byPhase;
}

function servicesTable(summary: PlanSummary, phaseNames: readonly string[]): string {
  const rows = summary.services.map(({ service, requests, busiest, byPhase }) => [
    service,
    count(requests),
    ...phaseNames.map((name) => decimal(byPhase[name]?.ratePerSecond ?? 0)),
    decimal(busiest.ratePerSecond),
    decimal(busiest.fullScaleRatePerSecond),
  ]);
  const numbers = ['requests', ...phaseNames.map((name) => `${name}/s`), 'highest/s', 'at full scale/s'];
  return table([{ title: 'service' }, ...numbers.map((title) => ({ title, align: 'right' as const }))], rows);
}

function scenarios(summary: PlanSummary): string {
  const rows = summary.scenarios.map(({ scenario, highestIterationsPerSecond, vus }) => [
    scenario,
    decimal(highestIterationsPerSecond),
    count(vus),
  ]);
  const numbers = ['highest iterations/s', 'VUs'].map((title) => ({ title, align: 'right' as const }));
  return table([{ title: 'scenario' }, ...numbers], rows);
}

function objectives({ objectives }: PlanSummary, width?: number): string {
  const short = objectives.filter((objective) => !objective.enough);
  const rows = objectives.map(({ objectiveId, expectedTotal, neededTotal, enough, note }) => [
    objectiveId,
    expectedTotal === undefined ? '–' : count(expectedTotal),
    neededTotal === undefined ? '–' : count(neededTotal),
    enough ? 'yes' : 'no',
    note,
  ]);
  const head = `${objectives.length - short.length} of ${objectives.length} objectives can be proven by a clean run`;
  const columns = [
    { title: 'objective' },
    { title: 'expected', align: 'right' as const },
    { title: 'needed', align: 'right' as const },
    { title: 'enough' },
    { title: 'why' },
  ];
  return `${head}\n\n${table(columns, rows, width)}`;
}
