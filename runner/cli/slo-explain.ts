/** One objective in plain words: `peakproof slo explain`. */
import { count, multiple } from '../../reports/figures.ts';
import { promised } from '../../reports/words.ts';
import { nearest } from '../../scenarios/nearest.ts';
import { PeakproofError, problem } from '../../scenarios/problem.ts';
import { workbookAlerts } from '../../slo/alerts.ts';
import { measureOf } from '../../slo/measures/index.ts';
import { errorRatioOf } from '../../slo/prometheus/ratio.ts';
import { formatTarget } from '../../slo/sentences.ts';
import { smallestTotalThatProves } from '../../slo/statistics/binomial.ts';
import { errorBudgetSeconds } from '../../slo/statistics/error-budget.ts';
import type { Objective, Sli } from '../../slo/types.ts';
import { goodWords, measuredWords } from './slo-measured.ts';
import { alertSentence, budgetingWords, sliceWords, span, windowWords } from './slo-words.ts';

/** What one may ask of an objective, and the answers, in the order in which they are printed. */
export type Explanation = Readonly<Record<string, string>>;

/** @throws PeakproofError UNKNOWN_OBJECTIVE, with what was probably meant. */
export function findObjective(objectives: readonly Objective[], id: string): Objective {
  const found = objectives.find((objective) => objective.id === id);
  if (found !== undefined) return found;
  const ids = objectives.map((objective) => objective.id);
  const close = ids.find((other) => other.startsWith(`${id}-`)) ?? nearest(id, ids);
  const remedy = close === undefined ? {} : { remedy: `Did you mean "${close}"?` };
  throw new PeakproofError(problem('UNKNOWN_OBJECTIVE', `there is no objective "${id}"`, remedy));
}

export function explain(objective: Objective): Explanation {
  const { id, displayName, description, service, owner, labels, source, sli, budgeting } = objective;
  const marks = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
  return {
    objective: `${id} (${displayName})`,
    ...(description === '' ? {} : { promise: description }),
    'in short': promised(objective),
    service: owner === undefined ? service : `${service}, answered for by ${owner}`,
    ...(marks.length === 0 ? {} : { labels: marks.join(', ') }),
    measured: measuredWords(sli),
    good: goodWords(sli),
    ...(budgeting === undefined ? {} : { counted: budgetingWords(budgeting) }),
    ...(sli.atLeastMultiplier === undefined
      ? {}
      : { when: `in phases that hold at least ${multiple(sli.atLeastMultiplier)} the normal load` }),
    verdict: verdictWords(objective),
    budget: budgetWords(objective),
    alerts: alertsWords(objective),
    declared: `${source.file}:${source.line}`,
  };
}

function verdictWords({ sli, target, budgeting }: Objective): string {
  const measure = measureOf(sli);
  if (sli.measure === 'composite') {
    return 'kept if, at 95 % confidence, the objectives together burn at most one error budget';
  }
  if (sli.measure === 'drills') return drillVerdictWords(sli);
  if (measure.isCensus(sli)) return 'counted exactly: nothing is estimated';
  const events = budgeting === undefined ? measure.events : sliceWords(budgeting);
  const clean = count(smallestTotalThatProves(target));
  const withOne = count(smallestTotalThatProves(target, 1));
  return `${clean} clean ${events} prove it at 95 % confidence, ${withOne} if one is bad; no data proves nothing`;
}

function drillVerdictWords({ figure }: Sli & { measure: 'drills' }): string {
  return figure === 'mean-time-to-recover'
    ? 'kept if the upper 95 % bound of the mean is, which takes two drills; one that never recovers breaks it'
    : 'each drill is compared by itself; one that proves nothing leaves it open';
}

function budgetWords(objective: Objective): string {
  const { target, windowDays, calendar, sli, budgeting } = objective;
  if (sli.measure === 'composite') {
    return `one for all ${sli.members.length}: each burns it at its own rate times its weight`;
  }
  if (measureOf(sli).isCensus(sli)) return 'none: one miss is a fail';
  const allowed = formatTarget(Number((1 - target).toPrecision(12)));
  const window = calendar === undefined ? `any ${windowWords(objective)}` : windowWords(objective);
  const begins = calendar === undefined ? '' : ` from ${calendar.startTime} ${calendar.timeZone} on`;
  const events = budgeting === undefined ? measureOf(sli).events : sliceWords(budgeting);
  const outage = span(errorBudgetSeconds(target, windowDays));
  return `${allowed} of the ${events} of ${window}${begins} may be bad, as much as ${outage} of full outage`;
}

function alertsWords({ alerts, windowDays, sli }: Objective): string {
  if (alerts !== undefined) return alerts.map((alert) => `${alert.name}: ${alertSentence(alert)}`).join('; ');
  const isExported = 'over' in errorRatioOf(sli) && workbookAlerts(windowDays).length > 0;
  return isExported ? "none of its own; exported rules have the SRE Workbook's" : 'none';
}

/** Questions on the left, answers on the right. */
export function explanationText(explanation: Explanation): string {
  const width = Math.max(...Object.keys(explanation).map((question) => question.length));
  const lines = Object.entries(explanation).map(
    ([question, answer]) => `${question.padEnd(width)}  ${answer}`,
  );
  return lines.join('\n');
}
