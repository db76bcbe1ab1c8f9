/** Gathers the problems of several steps, so that bad input is reported whole. */
import { PeakproofError, type Problem } from '../scenarios/problem.ts';

export class ProblemList {
  readonly #problems: Problem[] = [];

  /** The step's result; undefined if it threw a PeakproofError, whose problems are kept. Other errors pass through. */
  attempt<T>(step: () => T): T | undefined {
    try {
      return step();
    } catch (error) {
      return this.#keep(error);
    }
  }

  async attemptAsync<T>(step: () => Promise<T>): Promise<T | undefined> {
    try {
      return await step();
    } catch (error) {
      return this.#keep(error);
    }
  }

  #keep(error: unknown): undefined {
    if (!(error instanceof PeakproofError)) throw error;
    this.add(error.problems);
    return undefined;
  }

  add(problems: readonly Problem[]): void {
    const known = new Set(this.#problems.map(textOf));
    this.#problems.push(...problems.filter((problem) => !known.has(textOf(problem))));
  }

  /** @throws PeakproofError with all problems, if there is any. */
  throwIfAny(): void {
    if (this.#problems.length > 0) throw new PeakproofError(this.#problems);
  }
}

/** An error that also tells what had gone wrong before, such as a fault that could not be taken back. */
export function tellingAlso(earlier: readonly Problem[], error: unknown): unknown {
  if (earlier.length === 0 || !(error instanceof PeakproofError)) return error;
  return new PeakproofError([...earlier, ...error.problems]);
}

function textOf({ code, cause, file, line }: Problem): string {
  return [code, cause, file, line].join('\n');
}
