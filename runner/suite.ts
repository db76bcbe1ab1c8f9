/**
 * A suite ties one system's catalog, scenarios, profiles, objectives, policies and promises together.
 * RetailPulse (peakproof.config.ts) is the built-in one; a user's folder with such a file works the same.
 */
import type { LoadPlan, Profile } from '../profiles/types.ts';
import type { Catalog, RouteKey, Traffic } from '../scenarios/model.ts';
import type { LedgerEntry } from '../slo/ledger/lines.ts';
import type { LedgerSpec } from '../slo/ledger/spec.ts';

/** A row of leadership's page; objectives join it by their label `promise`. */
export interface SuitePromise {
  readonly id: string;
  readonly title: string;
  readonly before?: string;
  readonly after?: string;
  /** Why nothing measures it yet, where that is so. */
  readonly notMeasured?: string;
}

/** Reads one figure from the system once per interval during the load, for example the age of analytics. */
export interface Sampler {
  readonly reading: string;
  readonly route: RouteKey;
  readonly field: string;
  readonly everySeconds: number;
}

/** Sends one request to the system within its allow list; resolves with status and parsed JSON body. */
export type AskSystem = (
  route: RouteKey,
  options?: {
    readonly params?: Readonly<Record<string, string>>;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: unknown;
  },
) => Promise<{ readonly status: number; readonly body: unknown }>;

export interface AuditInput {
  /** Everything that virtual users wrote down, read from the run folder anew each time it is iterated. */
  readonly ledger: Iterable<LedgerEntry>;
  readonly plan: LoadPlan;
  /** Wall-clock time of second 0, ms since the epoch. */
  readonly startedAtMs: number;
  /** Seconds of the plan that were run: an interrupted run has no figure for phases it never reached. */
  readonly measuredSeconds: number;
  readonly secrets: Readonly<Record<string, string>>;
  readonly ask: AskSystem;
}

/** Looks, after the load, whether what was acknowledged is true. An audit that cannot tell yields no reading. */
export interface Audit {
  readonly name: string;
  readonly run: (input: AuditInput) => Promise<readonly { reading: string; value: number }[]>;
}

/** A kind of attempts that are read back after the load: orders, tickets, payments. */
export interface SuiteLedger extends LedgerSpec {
  /** Headers with which an entry's owner asks for it; a rejection leaves the entry unknown. */
  readonly authenticate?: (
    entry: LedgerEntry,
    given: Pick<AuditInput, 'ask' | 'secrets'>,
  ) => Promise<Readonly<Record<string, string>>>;
}

export interface Suite {
  readonly name: string;
  readonly title: string;
  readonly catalog: Catalog;
  readonly traffic: Traffic;
  readonly profiles: readonly Profile[];
  readonly defaultProfile: string;
  /** Paths below are relative to the config file. The k6 entry script. */
  readonly script: string;
  /** The k6 script of real browsers beside the load; without one, profiles' `browsers` has no effect. */
  readonly browserScript?: string;
  /** Folder of OpenSLO files. */
  readonly objectives: string;
  /** Folder of policy files. */
  readonly policies: string;
  readonly promises: readonly SuitePromise[];
  readonly samplers?: readonly Sampler[];
  readonly audits?: readonly Audit[];
  readonly ledgers?: readonly SuiteLedger[];
  /** `sandbox` starts the built-in stand-in; otherwise a target file must be named. */
  readonly defaultTarget: 'sandbox' | { readonly file: string };
  /** Names of secrets that scenarios and audits need; a target must provide each from its environment. */
  readonly secrets?: readonly string[];
}

/** Identity function that types a config file. */
export function defineSuite(suite: Suite): Suite {
  return suite;
}
