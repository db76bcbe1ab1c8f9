/** What k6's exit means (k6 `errext/exitcodes`), as an end of the engine. */
import { type ProblemCode, problem } from '../../../scenarios/problem.ts';
import type { ProcessEnd } from '../../process/spawn-guarded.ts';
import type { EngineEnd } from '../engine.ts';

/** Ends that leave nothing to explain: by plan, by a signal of ours, by thresholds nobody asked for. */
const fine = new Set([0, 99, 105]);

const meanings: Readonly<Record<number, readonly [code: ProblemCode, words: string]>> = {
  100: ['K6_SCRIPT_ERROR', 'setup() took too long'],
  101: ['K6_SCRIPT_ERROR', 'teardown() took too long'],
  104: ['K6_INVALID_CONFIG', 'k6 refused the options'],
  107: ['K6_SCRIPT_ERROR', 'the script threw an exception'],
  108: ['K6_SCRIPT_ERROR', 'the script aborted the run'],
  110: ['K6_SCRIPT_ERROR', 'the script marked the run as failed'],
};

/** `stack` frames of k6 look like `at file:///…/script.ts:12:5(34)`. */
const place = /file:\/\/(\/[^\s:()]+):(\d+):\d+/;

/** `errors` are the last lines that k6 logged as errors; `wasStopped` tells that we ended it ourselves. */
export function engineEnd(end: ProcessEnd, errors: readonly string[], wasStopped: boolean): EngineEnd {
  if (end.code !== undefined && fine.has(end.code)) return { ok: true };
  if (wasStopped && end.signal !== undefined) return { ok: true };
  const how = end.code === undefined ? `was ended by ${end.signal}` : `ended with exit code ${end.code}`;
  const [code, words] = meanings[end.code ?? 0] ?? (['K6_CRASHED', `k6 ${how}`] as const);
  const said = errors.length === 0 ? '' : `: ${errors.join(' | ')}`;
  const [, file, line] = place.exec(said) ?? [];
  return {
    ok: false,
    problem: problem(code, words + said, file === undefined ? {} : { file, line: Number(line) }),
  };
}
