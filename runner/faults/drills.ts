/** The drills of one run: a supervisor that holds the faults, orders at their seconds, every step on record. */
import { type Problem, problem } from '../../scenarios/problem.ts';
import type { Recorder } from '../collect/recorder.ts';
import { openJournal } from '../store/journal.ts';
import { files } from '../store/layout.ts';
import type { RunFolder } from '../store/run-folder.ts';
import { eventWords } from './event-words.ts';
import type { FaultEvent } from './events.ts';
import type { PreparedFaults } from './prepare.ts';
import { type Supervisor, startSupervisor } from './supervise.ts';
import type { LeaseTimes } from './supervisor/lease.ts';
import { pause } from './supervisor/tools.ts';
import { takeBack } from './take-back.ts';
import type { FaultProcedure } from './types.ts';

/** After its plan a run waits so long for the system to be as it was. */
const settleMs = 10_000;
/** Whoever ends a run early does not wait for that. */
const shortSettleMs = 1_000;
/** Usual roll-backs that hang have ended by themselves long before. */
const endPatienceMs = 90_000;
/** How often it is looked whether the first iteration has told when second 0 was. */
const startLookMs = 50;
/** A fault that is due so soon may have been injected, whatever was heard of it. */
const unheardMs = 1_000;

/**
 * Starts the supervisor for the faults of a run; undefined if it has none.
 * @param onLost called once when no more faults can be injected, and the run must end.
 * @throws PeakproofError if the supervisor does not start.
 */
export async function startDrills(
  prepared: PreparedFaults,
  folder: RunFolder,
  recorder: Recorder,
  onLost: () => void,
): Promise<Drills | undefined> {
  if (prepared.procedures.length === 0) return undefined;
  const drills = new Drills(prepared, folder.file(files.journal), recorder, onLost);
  await drills.start();
  return drills;
}

export class Drills {
  readonly #prepared: PreparedFaults;
  readonly #journal: string;
  readonly #recorder: Recorder;
  readonly #onLost: () => void;
  readonly #problems: Problem[] = [];
  /** Faults that may be in force, as far as was heard; one that could not be taken back has been told. */
  readonly #active = new Set<string>();
  readonly #rolledBack = new Set<string>();
  readonly #waiting = new AbortController();
  #supervisor: Supervisor | undefined;
  #takingBack: Promise<void> | undefined;

  constructor(prepared: PreparedFaults, journal: string, recorder: Recorder, onLost: () => void) {
    this.#prepared = prepared;
    this.#journal = journal;
    this.#recorder = recorder;
    this.#onLost = onLost;
  }

  /** Resolves when the supervisor is ready; it gets its orders once second 0 is known. */
  async start(): Promise<void> {
    const { procedures, request, broken } = this.#prepared;
    this.#supervisor = await startSupervisor({
      procedures,
      mayOverlap: request.plan.faultsMayOverlap ?? false,
      journal: this.#journal,
      confidential: request.target.confidential,
      onEvent: (event) => this.#hear(event),
      onLost: (why) => this.#lose(problem('FAULTS_LOST', `all faults were taken back: ${why}`)),
      onGone: (why) => this.#takeOver(why),
    });
    void broken?.then((cause) => this.#lose(cause));
    void this.#order();
  }

  /** Takes everything back at once; nothing more is injected. */
  end(why: string): void {
    if (this.#waiting.signal.aborted) return;
    this.#waiting.abort();
    this.#supervisor?.end(why, shortSettleMs);
  }

  /**
   * Waits until all is taken back and the supervisor has ended, or nobody wants to wait any longer; tells what
   * went wrong with the faults.
   */
  async finish(): Promise<readonly Problem[]> {
    await this.#lastFaultsEnd();
    if (!this.#waiting.signal.aborted) {
      this.#waiting.abort();
      this.#supervisor?.end('the load has ended', settleMs);
    }
    await Promise.race([this.#supervisor?.ended, pause(endPatienceMs, this.#prepared.request.killSignal)]);
    await this.#takingBack;
    this.#tellActive();
    this.release();
    return this.#problems;
  }

  /** Faults whose roll-back nobody waits for any longer. */
  #tellActive(): void {
    const { killSignal, live } = this.#prepared.request;
    for (const fault of this.#active) {
      const cause = `${fault} is not taken back yet; the supervisor goes on with it alone`;
      if (killSignal.aborted) live.note(cause);
      else this.#problems.push(problem('FAULT_NOT_ROLLED_BACK', cause));
    }
  }

  /** Waits for nothing: the supervisor takes back alone, and ends. */
  release(): void {
    this.#waiting.abort();
    this.#supervisor?.release();
  }

  async #order(): Promise<void> {
    while (this.#recorder.startedAtMs === undefined) {
      await pause(startLookMs, this.#waiting.signal);
      if (this.#waiting.signal.aborted) return;
    }
    for (const procedure of this.#prepared.procedures) {
      const times = this.#timesOf(procedure);
      if (times !== undefined) this.#supervisor?.order(procedure.fault.id, times);
    }
  }

  #timesOf({ fault }: FaultProcedure): LeaseTimes | undefined {
    const { startedAtMs } = this.#recorder;
    if (startedAtMs === undefined) return undefined;
    return {
      injectAtMs: startedAtMs + fault.startSecond * 1000,
      rollBackAtMs: startedAtMs + fault.endSecond * 1000,
    };
  }

  /** The generator may end its plan a moment before the last fault does. */
  async #lastFaultsEnd(): Promise<void> {
    const ends = this.#prepared.procedures.map((procedure) => this.#timesOf(procedure)?.rollBackAtMs ?? 0);
    await pause(Math.max(...ends) - Date.now(), this.#waiting.signal);
  }

  #hear(event: FaultEvent): void {
    const { fault, step, text = '' } = event;
    this.#recorder.record({ type: 'fault', ...event });
    if (step === 'injecting' || step === 'rolling-back') {
      this.#active.add(fault);
      this.#rolledBack.delete(fault);
    }
    if (step === 'rolled-back' || step === 'roll-back-failed') this.#active.delete(fault);
    if (step === 'rolled-back') this.#rolledBack.add(fault);
    const words = eventWords(event, this.#prepared.procedures);
    if (words !== undefined) this.#prepared.request.live.note(`${fault} ${words}`);
    if (step === 'roll-back-failed') {
      this.#problems.push(problem('FAULT_NOT_ROLLED_BACK', `${fault} could not be taken back: ${text}`));
    }
  }

  #lose(cause: Problem): void {
    this.#problems.push(cause);
    this.end(cause.cause);
    this.#onLost();
  }

  /** The supervisor was killed: whatever may be active is taken back from here. */
  #takeOver(why: string): void {
    const journal = openJournal(this.#journal, this.#prepared.request.target.confidential);
    journal.append({ atMs: Date.now(), step: 'ending', text: `${why}: the runner takes faults back itself` });
    const dueMs = Date.now() + unheardMs;
    const open = this.#prepared.procedures.filter((procedure) => {
      const times = this.#timesOf(procedure);
      return times !== undefined && times.injectAtMs <= dueMs && !this.#rolledBack.has(procedure.fault.id);
    });
    this.#takingBack = takeBack(
      open,
      (event) => {
        journal.append(event);
        this.#hear(event);
      },
      (note) => journal.append(note),
    ).finally(() => journal.close());
    for (const { fault, driver } of open) {
      const text = `it was ended early: ${why}`;
      this.#hear({ atMs: Date.now(), fault: fault.id, driver, step: 'problem', text });
    }
    this.#lose(problem('FAULTS_LOST', why));
  }
}
