/** The capacity promise: every blocking objective over requests and journeys, restricted to some phases. */
import type { Sli } from '../types.ts';
import { emptySlices, type Judged, type Measure } from './measure.ts';

type ObjectivesSli = Sli & { measure: 'objectives' };

export const objectives: Measure<ObjectivesSli> = {
  events: 'objectives',
  // Not a sample of objectives but all of them; what each lacks in samples makes it uncertain.
  isCensus: () => true,
  count(_sli, phases, context) {
    const answers = context.answersIn(phases);
    const number = (answer: string) => answers.filter((item) => item.answer === answer).length;
    return { total: answers.length, bad: number('fail'), uncertain: number('inconclusive'), dropped: 0 };
  },
  slices: (_sli, _phases, { plan }) => emptySlices(plan),
  expected: () => undefined,
  reason: (judged) => capacityReason(judged),
};

function capacityReason({ sli, phases, evidence, context }: Judged<ObjectivesSli>): string {
  const { total, bad, uncertain = 0 } = evidence;
  const where = sli.atLeastMultiplier === undefined ? '' : ` at ${sli.atLeastMultiplier}x`;
  const proven = `${total - bad - uncertain} of ${total} objectives are proven${where}`;
  const unproven = uncertain === 0 ? '' : `, ${uncertain} ${uncertain === 1 ? 'lacks' : 'lack'} samples`;
  if (bad === 0) return `${proven}, none failed${unproven}.`;
  const failed = context.answersIn(phases).filter((item) => item.answer === 'fail');
  const named = failed.slice(0, 3).map((item) => item.id);
  const more = failed.length > named.length ? ` and ${failed.length - named.length} more` : '';
  return `${proven}, ${bad} failed (${named.join(', ')}${more})${unproven}.`;
}
