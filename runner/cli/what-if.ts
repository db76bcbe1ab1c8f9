/** `evaluate RUN --what-if`: a question about a run that nobody had declared before it. */
import { statusOf } from '../../reports/words.ts';
import { exitCodes } from '../../scenarios/problem.ts';
import { evaluate } from '../../slo/evaluate.ts';
import type { Answer } from '../../slo/types.ts';
import { parseWhatIf } from '../../slo/what-if.ts';
import { measurementsOf } from '../evaluate-run.ts';
import { resolveRun } from '../store/latest.ts';
import { readRunFolder } from '../store/read-run.ts';
import { print, printJson } from './print.ts';

const exitCodeOf: Readonly<Record<Answer, number>> = {
  pass: exitCodes.pass,
  fail: exitCodes.fail,
  inconclusive: exitCodes.inconclusive,
};

/** Prints the answer, over the run and in each phase; the exit code is its own. The run's verdict stays as it is. */
export function askWhatIf(run: string, question: string, isJson: boolean): number {
  const saved = readRunFolder(resolveRun(run));
  const { plan, suite, policy, objectives } = saved;
  const objective = parseWhatIf(question, plan, suite.catalog);
  const verdict = evaluate({
    plan,
    objectives: [objective],
    measurements: measurementsOf(saved),
    catalog: suite.catalog,
    witnesses: objectives,
    blocking: () => true,
    assumedDesignEffect: policy.assumedDesignEffect ?? 1,
  });
  const [asked] = verdict.objectives;
  if (asked === undefined) throw new Error('a question without an answer');
  if (isJson) printJson(asked);
  else {
    const { symbol, word } = statusOf(asked.answer);
    print(`${symbol} ${word}  ${objective.displayName}`);
    print(`  ${asked.reason}`);
    for (const { phase, answer, total } of asked.phases) {
      if (total > 0) print(`  ${statusOf(answer).symbol} ${phase}: ${statusOf(answer).word}`);
    }
  }
  return exitCodeOf[asked.answer];
}
