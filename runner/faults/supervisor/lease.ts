/** One fault from the look before it to the steady state after it. However it goes, it ends rolled back. */

import { neverAborted, withDeadline } from '../../process/deadline.ts';
import { actionText } from '../action-text.ts';
import type { FaultProcedure } from '../types.ts';
import { becomesYes, isSteady, rollBackActions } from './roll-back.ts';
import { type LeaseTools, pause } from './tools.ts';

/** Wall clock, ms since the epoch. */
export interface LeaseTimes {
  readonly injectAtMs: number;
  readonly rollBackAtMs: number;
}

/** The look before a fault begins so long before it. */
export const leadMs = 2_000;
/** One look more than the lead leaves, where a fault was ordered late. */
const leastLookMs = 1_000;
/** A system that is not steady so long after its fault is told as such; recovery itself is the evaluator's to measure. */
const steadyPatienceMs = 120_000;

export class Lease {
  readonly procedure: FaultProcedure;
  readonly #tools: LeaseTools;
  readonly #obstacle: () => string | undefined;
  /** Aborted when nothing more may be injected and what is must be taken back. */
  readonly #ended = new AbortController();
  /** Aborted when nobody waits any longer for the system to be steady. */
  readonly #patience = new AbortController();
  #rollingBack: Promise<boolean> | undefined;
  /** While an inject action is under way. */
  #injecting: Promise<unknown> | undefined;
  /** What gave no answer in time, or a bad one, may still come into force after its roll-back. */
  #mayComeLate = false;
  #run: Promise<void> | undefined;
  #isOver = false;

  /** @param obstacle why nothing may be injected just now, as far as other faults go. */
  constructor(procedure: FaultProcedure, tools: LeaseTools, obstacle: () => string | undefined) {
    this.procedure = procedure;
    this.#tools = tools;
    this.#obstacle = obstacle;
  }

  /** True from the first inject action until the last roll-back action. */
  isActive = false;
  /** True from then until the system was seen steady again, or nobody waits for that any more. */
  isSettling = false;

  /** Resolves when it is rolled back and the system was seen steady, or patience ended. */
  run(times: LeaseTimes): Promise<void> {
    this.#run ??= this.#runOnce(times).finally(() => {
      this.#isOver = true;
    });
    return this.#run;
  }

  /**
   * Takes the fault back now, or keeps it from beginning; once more if it may have come after its roll-back. Resolves
   * when every action was done or given up.
   */
  async end(why: string): Promise<boolean> {
    const hasRun = this.#isOver || this.#rollingBack !== undefined || this.#ended.signal.aborted;
    this.#ended.abort(why);
    if (!hasRun) this.#problem(`${this.isActive ? 'it was ended early' : 'it was not injected'}: ${why}`);
    if (this.isActive) return this.#rollBack();
    return this.#mayComeLate ? rollBackActions(this.procedure, this.#tools) : true;
  }

  /** Gives the system `patienceMs` more to become steady. */
  async settle(patienceMs: number): Promise<void> {
    const patience = setTimeout(() => this.#patience.abort(), patienceMs);
    await this.#run;
    clearTimeout(patience);
  }

  async #runOnce({ injectAtMs, rollBackAtMs }: LeaseTimes): Promise<void> {
    const ended = this.#ended.signal;
    await pause(injectAtMs - leadMs - Date.now(), ended);
    if (ended.aborted) return;
    this.#tell('begun');
    const lookMs = Math.max(injectAtMs - Date.now(), leastLookMs);
    const isReady = await withDeadline(lookMs, ended, (patience) => this.#isAsBefore(patience));
    await pause(injectAtMs - Date.now(), ended);
    if (ended.aborted || !isReady) return;
    const obstacle = this.#obstacle();
    if (obstacle !== undefined) return this.#problem(`${obstacle}: it was not injected`);
    const effect = new AbortController();
    const { injected, tookEffect } = this.#inject(effect.signal);
    const isInjected = await injected;
    await pause(rollBackAtMs - Date.now(), ended);
    effect.abort();
    if (!(await tookEffect) && isInjected) {
      this.#problem(`it was never seen to take effect: ${this.procedure.tookEffect.name}`);
    }
    // Nobody waits for a system to be steady that is still broken.
    if (await this.#rollBack()) await this.#waitUntilSteady();
  }

  /**
   * Whether the system becomes steady, without the fault's effect, before `patience` ends; if not, tells why. A
   * fault before this one may have ended only just now.
   */
  async #isAsBefore(patience: AbortSignal): Promise<boolean> {
    const { steady, tookEffect } = this.procedure;
    let hasEffect = false;
    while (!patience.aborted) {
      if (await isSteady(this.procedure, this.#tools, patience)) {
        hasEffect = await this.#tools.ask(tookEffect, patience);
        if (!hasEffect && !patience.aborted) return true;
        await pause(tookEffect.everyMs, patience);
      }
    }
    if (this.#ended.signal.aborted) return false;
    const names = steady.map(({ name }) => name).join(', ');
    this.#problem(
      hasEffect
        ? `its effect was there before it (${tookEffect.name}): it was not injected`
        : `the system was not steady before it (${names}): it was not injected`,
    );
    return false;
  }

  #inject(effectPatience: AbortSignal): {
    readonly injected: Promise<boolean>;
    readonly tookEffect: Promise<boolean>;
  } {
    this.isActive = true;
    this.#tell('injecting');
    const injected = this.#injectActions();
    const tookEffect = becomesYes(this.procedure.tookEffect, this.#tools, effectPatience).then((isSeen) => {
      if (isSeen) this.#tell('took-effect');
      return isSeen;
    });
    return { injected, tookEffect };
  }

  async #injectActions(): Promise<boolean> {
    for (const action of this.procedure.inject) {
      if (this.#ended.signal.aborted) return false;
      // Never cut short: what was sent may come into force all the same, and nobody would know when.
      const performing = this.#tools.perform(this.procedure.fault.id, action, neverAborted);
      this.#injecting = performing;
      const undone = await performing;
      this.#injecting = undefined;
      if (undone === undefined) continue;
      this.#mayComeLate = true;
      this.#problem(`it could not be injected: ${actionText(action)}: ${undone}`);
      this.#ended.abort('it could not be injected');
      return false;
    }
    this.#tell('injected');
    return true;
  }

  #rollBack(): Promise<boolean> {
    this.#rollingBack ??= this.#takeBack().then((allDone) => {
      this.isActive = !allDone;
      return allDone;
    });
    return this.#rollingBack;
  }

  /** At once; what overtakes an inject action counts for nothing, and is done again when that has been answered. */
  async #takeBack(): Promise<boolean> {
    const overtaken = this.#injecting;
    if (overtaken !== undefined) {
      await rollBackActions(this.procedure, { ...this.#tools, tell: () => {} });
      await overtaken;
    }
    return rollBackActions(this.procedure, this.#tools);
  }

  async #waitUntilSteady(): Promise<void> {
    this.isSettling = true;
    const startedAtMs = Date.now();
    const isAsBefore = await withDeadline(steadyPatienceMs, this.#patience.signal, (patience) =>
      isSteady(this.procedure, this.#tools, patience),
    );
    this.isSettling = false;
    if (isAsBefore) return this.#tell('steady');
    const seconds = ((Date.now() - startedAtMs) / 1000).toFixed(1);
    this.#problem(`the system was not seen steady again, ${seconds} s after its roll-back`);
  }

  #tell(step: 'begun' | 'injecting' | 'injected' | 'took-effect' | 'steady'): void {
    this.#tools.tell(this.procedure, step);
  }

  #problem(text: string): void {
    this.#tools.tell(this.procedure, 'problem', text);
  }
}
