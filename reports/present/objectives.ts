/** Objectives as a reader meets them: what decided first, then what failed, what is unproven, what was kept. */
import { isBlocking } from '../../slo/gate.ts';
import { worstFirst } from '../../slo/severity.ts';
import type { Decision, Objective, ObjectiveVerdict } from '../../slo/types.ts';
import { clockTime, count, roughShare } from '../figures.ts';
import type { Cell, ObjectiveView } from '../types.ts';
import { certainty, measured, promised, shareOf, statusOf, waiverText } from '../words.ts';
import type { PresentInput } from './input.ts';

export function presentObjectives({ verdict, decision }: PresentInput): ObjectiveView[] {
  const ranked = worstFirst(verdict.objectives);
  const decisive = ranked.filter((item) => decision.because.includes(item.objective.id));
  const others = ranked.filter((item) => !decisive.includes(item));
  return [...decisive, ...others].map((item) => presentObjective(item, decision));
}

function presentObjective(item: ObjectiveVerdict, decision: Decision): ObjectiveView {
  const { objective, answer, budgetSpentShare } = item;
  const { figure, among } = measured(item);
  const waived = decision.waived.find((waiver) => waiver.objective === objective.id);
  return {
    id: objective.id,
    name: objective.displayName,
    service: objective.service,
    status: statusOf(answer),
    blocking: isBlocking(decision.policy)(objective),
    decides: decision.because.includes(objective.id),
    tolerated: decision.tolerated.includes(objective.id),
    waived: waived !== undefined,
    role: roleOf(objective, decision),
    note: waived === undefined ? tooFewEvents(objective, decision) : waiverText(waived),
    promised: promised(objective),
    measured: among === '' ? figure : `${figure} of ${among}`,
    certainty: certainty(item),
    reason: withAlerts(item),
    budgetSpent: budgetSpentShare === undefined ? '–' : roughShare(budgetSpentShare),
    phases: phasesOf(item),
    source: objective.source,
  };
}

function roleOf(objective: Objective, { policy, because, tolerated, waived }: Decision): string {
  if (waived.some((waiver) => waiver.objective === objective.id)) return 'waived';
  if (because.includes(objective.id)) return 'decided';
  if (tolerated.includes(objective.id)) return 'tolerated';
  return isBlocking(policy)(objective) ? 'blocking' : 'not blocking';
}

function tooFewEvents({ id }: Objective, { policy, tooFewEvents: ids }: Decision): string {
  if (!ids.includes(id)) return '';
  return `too few events: policy ${policy.name} asks for ${count(policy.leastSample ?? 0)}`;
}

/** The reason, and what the objective's own alerts would have said. */
function withAlerts({ reason, alerts = [] }: ObjectiveVerdict): string {
  const told = alerts.map(({ name, firstFiringSecond, firingSeconds, isWindowFull }) => {
    const partly = isWindowFull ? '' : ' by the part of its window that was measured';
    return firstFiringSecond === undefined
      ? `Alert ${name} would not have fired.`
      : `Alert ${name} would have fired at ${clockTime(firstFiringSecond)} for ${count(firingSeconds)} s${partly}.`;
  });
  return [reason, ...told].join(' ');
}

/** Where it went wrong; nothing to tell if it went wrong nowhere. */
function phasesOf({ objective, phases }: ObjectiveVerdict): Cell[] {
  if (phases.every((phase) => phase.bad === 0)) return [];
  return phases.map((phase) => ({
    text: phase.phase,
    note: shareOf(phase, objective.target),
    status: statusOf(phase.answer),
  }));
}
