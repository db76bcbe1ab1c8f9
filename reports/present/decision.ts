/** The first screen's first line: may this be released, and which objectives said so. */
import { wholeSystem } from '../../slo/scope.ts';
import type { Objective, Regression, Verdict } from '../../slo/types.ts';
import { counted, list, multiple } from '../figures.ts';
import type { Banner, RegressionView } from '../told.ts';
import type { DecisionView, ObjectiveView } from '../types.ts';
import type { PresentInput } from './input.ts';

const words = {
  pass: { word: 'PASS', symbol: '✓' },
  fail: { word: 'FAIL', symbol: '✗' },
  hold: { word: 'HOLD', symbol: '?' },
} as const;

const shown = 3;

export function presentDecision(input: PresentInput, objectives: readonly ObjectiveView[]): DecisionView {
  const { decision, verdict } = input;
  const decisive = objectives.filter((objective) => objective.decides);
  const rest = decisive.length - shown;
  return {
    outcome: decision.outcome,
    ...words[decision.outcome],
    headline: headline(input),
    summary: decision.summary,
    exitCode: decision.exitCode,
    policy: decision.policy.name,
    decidingTitle: decisive.length > 0 ? 'What decided' : 'Closest calls',
    deciding: decisive.length > 0 ? decisive.slice(0, shown) : closestCalls(verdict, objectives),
    more: rest > 0 ? `and ${counted(rest, 'objective')} more, below` : '',
    waived: objectives.filter(({ waived }) => waived).map(waivedLine),
    regressions: [
      ...decision.regressions.blocking.map((item) => regressionView(item, true)),
      ...decision.regressions.tolerated.map((item) => regressionView(item, false)),
    ],
  };
}

function regressionView({ service, kind, summary }: Regression, blocks: boolean): RegressionView {
  return { service, kind, blocks, text: blocks ? summary : `${summary} (tolerated)` };
}

/** "payment answers rightly (payment) is broken, waived by …". */
function waivedLine({ name, service, status, note }: ObjectiveView): string {
  return `${name} (${service}) is ${status.word}, ${note}`;
}

/** "Not ready for 10x: …", from what the gate decided and the highest multiple that held. */
function headline(input: PresentInput): string {
  const { decision, verdict, plan } = input;
  // What lies beyond the promise is not asked for: it says how much room there is.
  const promised = plan.phases.filter(({ role }) => role !== 'beyond');
  const load = multiple(Math.max(0, ...promised.map((phase) => phase.toMultiplier)));
  const held = verdict.highestMultipleHeld;
  if (decision.outcome === 'hold')
    return `Not decided: this run does not show that the system is ready for ${load}.`;
  if (decision.outcome === 'pass') {
    if (verdict.partial.length > 0) return 'Nothing that blocks was broken in the part that was measured.';
    if (decision.waived.length > 0)
      return `Nothing that blocks was broken up to ${load}, except for what is waived: ${counted(decision.waived.length, 'objective')}.`;
    return decision.tolerated.length === 0
      ? `Ready for ${load}: every promise was kept.${limit(input)}`
      : `Nothing that blocks was broken up to ${held === undefined ? load : multiple(held)}; not everything could be proven.${limit(input)}`;
  }
  if (decision.because.length === 0) {
    const services = new Set(decision.regressions.blocking.map(({ service }) => service));
    return `No promise that blocks was broken, but worse than the baseline: ${list([...services])}.`;
  }
  const owners = decision.because.map((id) => verdict.objectives.find((item) => item.objective.id === id));
  const worst = worstText(owners[0]?.objective);
  const upTo = held === undefined ? '' : ` Up to ${multiple(held)} nothing broke.`;
  return `Not ready for ${load}: promises were broken, worst ${worst}.${upTo}`;
}

/** "by payment"; what no single service owns goes by its own name. */
function worstText(objective: Objective | undefined): string {
  if (objective === undefined) return 'by a service';
  return objective.service === wholeSystem ? `“${objective.displayName}”` : `by ${objective.service}`;
}

/** Where a search for the breaking point ended; empty for any other run. */
function limit({ plan, measurements }: PresentInput): string {
  if (measurements.end !== 'stopped-at-failure') return '';
  // The run ends a moment after the phase that failed, in the ramp that follows it.
  const ended = plan.phases.filter(
    ({ kind, endSecond }) => kind === 'hold' && endSecond <= measurements.measuredSeconds,
  );
  const last = ended.at(-1);
  return last === undefined ? '' : ` ${multiple(last.toMultiplier)} did not hold: the run ended there.`;
}

/** With nothing against it, what spent most of its error budget. */
function closestCalls({ objectives }: Verdict, views: readonly ObjectiveView[]): readonly ObjectiveView[] {
  const spent = new Map(objectives.map((item) => [item.objective.id, item.budgetSpentShare ?? 0]));
  return views
    .filter((view) => view.blocking && view.status.standing === 'pass')
    .sort((a, b) => (spent.get(b.id) ?? 0) - (spent.get(a.id) ?? 0))
    .slice(0, shown);
}

export function presentBanners({ verdict }: PresentInput): Banner[] {
  const banners: Banner[] = [];
  if (verdict.partial.length > 0) {
    banners.push({ title: 'Partial run: only a part of the plan was measured', lines: verdict.partial });
  }
  if (verdict.generator.saturated) {
    banners.push({
      title: 'The load generator was saturated: this run is no evidence either way',
      lines: verdict.generator.reasons,
    });
  }
  return banners;
}
