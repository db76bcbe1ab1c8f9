/** How places and guesses are written in problems. */
import { nearest } from '../../scenarios/nearest.ts';
import type { Path } from './documents.ts';

/** ` (did you mean "payment"?)`, or nothing if no known name is close. */
export function didYouMean(name: string, known: readonly string[]): string {
  const meant = nearest(name, known);
  return meant === undefined ? '' : ` (did you mean "${meant}"?)`;
}

/** `spec.objectives[0].target`. */
export function pathText(path: Path): string {
  const text = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('');
  return text === '' ? 'the document' : text.replace(/^\./, '');
}
