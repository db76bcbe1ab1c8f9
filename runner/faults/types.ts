/**
 * What a fault is made of once a driver has worked it out: data only, so that a separate process can keep it as
 * a lease, a dry run can print it, and a journal can say exactly what was done.
 */
import type { z } from 'zod';
import type { FaultKind, PlannedFault } from '../../profiles/faults.ts';
import type { Problem } from '../../scenarios/problem.ts';
import type { NamedProcess } from '../process/named-process.ts';
import type { RunningTarget } from '../targets/running-target.ts';

/** One thing done to the system. Each must be safe to repeat: a rollback may run twice, or without its fault. */
export type Action =
  | {
      readonly type: 'http';
      readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
      readonly url: string;
      readonly headers?: Readonly<Record<string, string>>;
      /** Sent as JSON. */
      readonly body?: unknown;
      /** Statuses that count as done; any 2xx if absent. */
      readonly doneStatus?: readonly number[];
      /** A refused connection counts as done too: what held the fault has ended, and the fault with it. */
      readonly goneIsDone?: boolean;
      readonly timeoutMs: number;
    }
  | {
      readonly type: 'process';
      readonly file: string;
      /** Never through a shell. */
      readonly args: readonly string[];
      /** Added to the supervisor's environment. */
      readonly env?: Readonly<Record<string, string>>;
      /** Written to its standard input. */
      readonly input?: string;
      readonly timeoutMs: number;
    }
  | { readonly type: 'signal'; readonly process: NamedProcess; readonly signal: NodeJS.Signals };

/** Something that can be observed of the system, and what counts as yes. */
export interface Check {
  /** In words, for the journal: "payment answers its health check within 500 ms". */
  readonly name: string;
  readonly action: Action;
  /** Every part that is given must hold; an answer that cannot be had at all is no. */
  readonly expect: {
    readonly status?: readonly number[];
    readonly withinMs?: number;
    readonly longerThanMs?: number;
    /** No answer at all (refused, reset, timed out), or one of these statuses, counts as yes. */
    readonly failsOrStatus?: readonly number[];
    /** Part of the answer's body or of standard output. */
    readonly contains?: string;
    /** A regular expression that some part of it matches. */
    readonly matches?: string;
    readonly exitCode?: number;
  };
  /** Asked this often until yes, within the patience of whoever asks. */
  readonly everyMs: number;
}

/** How one planned fault is injected, proven, taken back and seen to be gone. */
export interface FaultProcedure {
  readonly fault: PlannedFault;
  readonly driver: string;
  readonly inject: readonly Action[];
  /** Run in the order given, all of them, also if injecting failed half-way. */
  readonly rollBack: readonly Action[];
  /** Must be no before the fault and yes while it lasts; else the drill proves nothing. */
  readonly tookEffect: Check;
  /** Must be yes before the fault and again after its rollback. */
  readonly steady: readonly Check[];
}

/** What a driver may know of the system before anything is started. */
export interface FaultTarget extends Pick<RunningTarget, 'environment' | 'allow' | 'headers' | 'control'> {
  /** Path of each service's health check, as the catalog has it: asked for where settings name nothing better. */
  readonly healthPaths: Readonly<Record<string, string>>;
}

export interface DriverContext {
  readonly target: FaultTarget;
  /** Folder of the run, for a driver that needs files. */
  readonly runFolder: string;
  readonly signal: AbortSignal;
  readonly onProgress: (message: string) => void;
}

/** What stands ready once a driver has been prepared. */
export interface PreparedDriver {
  readonly procedures: readonly FaultProcedure[];
  /** Where load must go instead of the target's own address, for drivers that stand between. */
  readonly baseUrls?: Readonly<Record<string, string>>;
  /**
   * Resolves if something that the driver stands on ends by itself; no drill from then on proves anything.
   * Never rejects, and never resolves after `stop`.
   */
  readonly broken?: Promise<Problem>;
  /** Ends what `prepare` started. */
  readonly stop: () => Promise<void>;
}

/** A way to break a system. A new one is one file under drivers/ and one row in its index. */
export interface FaultDriver<Settings> {
  readonly name: string;
  readonly kinds: readonly FaultKind[];
  /** Its own keys below `faults:` of a target file, strict. References `${NAME}` have been filled in before. */
  readonly settings: z.ZodType<Settings>;
  /** Everything wrong with the settings or the machine, found without touching the system. */
  readonly check: (
    settings: Settings,
    faults: readonly PlannedFault[],
    target: FaultTarget,
  ) => Promise<readonly Problem[]>;
  /** What would be done, without starting or sending anything: for --dry-run. */
  readonly describe: (
    settings: Settings,
    faults: readonly PlannedFault[],
    target: FaultTarget,
  ) => readonly FaultProcedure[];
  readonly prepare: (
    settings: Settings,
    faults: readonly PlannedFault[],
    context: DriverContext,
  ) => Promise<PreparedDriver>;
}
