import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { PeakproofError, problem } from '../../scenarios/problem.ts';

/** Writes a text where an option says. @throws PeakproofError INVALID_OPTION that names the option. */
export function writeText(option: string, path: string, text: string): void {
  const file = resolve(path);
  try {
    writeFileSync(file, text);
  } catch (error) {
    const cause = `${option} ${file} cannot be written: ${(error as Error).message}`;
    throw new PeakproofError(problem('INVALID_OPTION', cause));
  }
}
