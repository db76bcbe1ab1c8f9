/** Why a run ends: the first reason counts. Whatever it is, faults are taken back first. */
import type { Problem } from '../scenarios/problem.ts';
import type { RunEnd } from '../slo/measurements.ts';
import type { EngineEnd, RunningEngine } from './engines/engine.ts';

/** After a stop that somebody asked for nobody waits as long as for a plan's own end. */
const stopPatienceMs = 10_000;

export interface LoadEnd {
  readonly end: RunEnd;
  readonly problems: readonly Problem[];
}

export class Ending {
  readonly #engine: RunningEngine;
  readonly #endFaults: (why: string) => void;
  readonly #problems: Problem[] = [];
  #reason: RunEnd | undefined;
  #patience: NodeJS.Timeout | undefined;

  constructor(engine: RunningEngine, endFaults: (why: string) => void) {
    this.#engine = engine;
    this.#endFaults = endFaults;
  }

  /** @param patienceMs time for iterations under way. */
  stop(reason: RunEnd, cause?: Problem, patienceMs = stopPatienceMs): void {
    if (this.#reason !== undefined) return;
    this.#end(reason, cause);
    this.#engine.stop();
    this.#patience = setTimeout(() => this.#engine.kill(), patienceMs);
  }

  kill(reason: RunEnd, cause?: Problem): void {
    this.#end(reason, cause);
    this.#engine.kill();
  }

  #end(reason: RunEnd, cause: Problem | undefined): void {
    this.#reason ??= reason;
    if (cause !== undefined) this.#problems.push(cause);
    this.#endFaults(`the run ends (${this.#reason})`);
  }

  settle(): void {
    clearTimeout(this.#patience);
  }

  /** @param whySilent set if nothing ever arrived from the engine. */
  toLoadEnd({ ok, problem }: EngineEnd, whySilent: Problem | undefined): LoadEnd {
    const problems = [...this.#problems, ...(problem === undefined ? [] : [problem])];
    if (ok && this.#reason === undefined && whySilent !== undefined) problems.push(whySilent);
    return { end: this.#reason ?? (problems.length === 0 ? 'finished' : 'generator-failed'), problems };
  }
}
