/** Leadership's page: each promise with what it was before, what was promised and what was measured. */
import { worstFirst } from '../../slo/severity.ts';
import type { Decision, ObjectiveVerdict } from '../../slo/types.ts';
import { counted, multiple } from '../figures.ts';
import type { PromiseView } from '../types.ts';
import { certainty, measured, statusOf } from '../words.ts';
import type { PresentInput, PromiseFacts } from './input.ts';

export function presentPromises({ suite, verdict, decision }: PresentInput): PromiseView[] {
  return suite.promises.map((promise) => {
    const objectives = verdict.objectives.filter((item) => item.objective.labels.promise === promise.id);
    const told = {
      id: promise.id,
      title: promise.title,
      before: promise.before ?? '–',
      promised: promise.after ?? '–',
    };
    // A promise stands as its weakest objective stands.
    const [weakest] = worstFirst(objectives);
    if (weakest === undefined) return { ...told, ...notMeasured(promise) };
    const { goodShare } = weakest.evidence;
    return {
      ...told,
      ...(goodShare === undefined ? {} : { goodShare }),
      status: statusOf(weakest.answer),
      ...figureOf(objectives, weakest, verdict.highestMultipleHeld),
      certainty: `${certaintyOfPromise(weakest)}${waivedAmong(objectives, decision)}`,
    };
  });
}

function notMeasured(
  promise: PromiseFacts,
): Pick<PromiseView, 'status' | 'measured' | 'detail' | 'certainty'> {
  const why = promise.notMeasured ?? 'no objective of this run stands for it';
  return {
    status: statusOf('none'),
    measured: '–',
    detail: '',
    certainty: `not measured in this run: ${why}`,
  };
}

function figureOf(
  objectives: readonly ObjectiveVerdict[],
  weakest: ObjectiveVerdict,
  highestMultipleHeld: number | undefined,
): Pick<PromiseView, 'measured' | 'detail'> {
  if (weakest.objective.sli.measure === 'objectives') {
    if (highestMultipleHeld !== undefined) {
      return { measured: `held up to ${multiple(highestMultipleHeld)}`, detail: '' };
    }
    // A saturated generator shows neither that it held nor that it did not.
    return { measured: weakest.answer === 'fail' ? 'not held' : 'not known', detail: '' };
  }
  const { figure, among } = measured(weakest);
  if (objectives.length === 1) return { measured: figure, detail: among };
  const isAllKept = weakest.answer === 'pass';
  return {
    measured: tally(objectives),
    detail: `${isAllKept ? 'closest' : 'worst'}: ${weakest.objective.displayName}, ${figure}`,
  };
}

/** "3 broken, 8 not proven of 11", or "all 11 kept". */
function tally(objectives: readonly ObjectiveVerdict[]): string {
  const total = objectives.length;
  const open = (['fail', 'inconclusive'] as const).flatMap((answer) => {
    const found = objectives.filter((item) => item.answer === answer).length;
    return found === 0 ? [] : [`${found} ${statusOf(answer).word}`];
  });
  return open.length === 0 ? `all ${total} kept` : `${open.join(', ')} of ${total}`;
}

/** A waiver makes a promise no better: it is told beside what was measured. */
function waivedAmong(objectives: readonly ObjectiveVerdict[], { waived }: Decision): string {
  const found = objectives.filter(({ objective }) => waived.some((item) => item.objective === objective.id));
  return found.length === 0 ? '' : `; ${counted(found.length, 'objective')} waived`;
}

function certaintyOfPromise(weakest: ObjectiveVerdict): string {
  if (weakest.answer === 'inconclusive') return `not proven yet: ${weakest.reason}`;
  return certainty(weakest);
}
