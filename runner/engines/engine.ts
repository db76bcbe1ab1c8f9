/** The port to a load generator: it is given a plan and a place to send metrics, and ends on its own. */
import type { Problem } from '../../scenarios/problem.ts';

export interface EngineJob {
  /** Absolute paths. The engine reads the plan and writes its own end-of-test totals to the summary. */
  readonly scriptFile: string;
  /** Where the script's relative paths lead from; its own folder if absent. */
  readonly scriptFolder?: string;
  readonly planFile: string;
  readonly summaryFile: string;
  readonly collector: { readonly port: number; readonly token: string };
  readonly headers: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  /** Log every request to the ledger. */
  readonly trace: boolean;
  /** A line that the script logged for the ledger, as it was written. */
  readonly onLedgerLine: (line: string) => void;
  /** Anything else the engine says. */
  readonly onLogLine: (line: string) => void;
}

export interface EngineEnd {
  /** True if it ran its plan to the end, or as far as it was told to. */
  readonly ok: boolean;
  /** Why it ended otherwise. */
  readonly problem?: Problem;
}

/** What the engine has used since it started. */
export interface EngineUsage {
  readonly cpuSeconds: number;
  readonly memoryMb: number;
}

export interface RunningEngine {
  readonly pid: number;
  /** Undefined where this machine does not tell. */
  usage(): EngineUsage | undefined;
  /** Ends gracefully: no new iterations, everything flushed. */
  stop(): void;
  /** Ends at once. */
  kill(): void;
  /** Never rejects. */
  readonly finished: Promise<EngineEnd>;
}

export interface Engine {
  readonly name: string;
  readonly version: string;
  /** The script with all it imports as one text, which is quicker to load; undefined if it must stay as it is. */
  bundle(scriptFile: string): Promise<string | undefined>;
  /** @throws PeakproofError if the engine cannot be started. */
  start(job: EngineJob): Promise<RunningEngine>;
}
