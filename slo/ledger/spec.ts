/** How a suite declares what is written down as attempted, and how it is read back from the system. */
import type { RouteKey } from '../../scenarios/model.ts';

/** Names on the left (a parameter, a field of the answer), the ledger's field that belongs to it on the right. */
export type FieldMap = Readonly<Record<string, string>>;

/** One request that reads something about an entry. */
export interface Lookup {
  readonly route: RouteKey;
  /** Parameters of the route's path. */
  readonly params: FieldMap;
  /** Fields that say what the answer is about. With another value it is about something else, and tells nothing. */
  readonly about?: FieldMap;
  /** Statuses that say that there is no such entry; 404 unless told otherwise. */
  readonly absentStatus?: readonly number[];
}

/** A lookup whose answer holds a list. */
export interface ListLookup extends Lookup {
  /** Field of the answer that is the list. */
  readonly list: string;
}

export interface LedgerSpec {
  /** Plural noun of the entries, lower case: heads the report, and its readings are `NAME-lost` and `NAME-rpo-seconds`. */
  readonly name: string;
  /** Kind of its lines: the first argument of `visit.attempt`. */
  readonly kind: string;
  /** The route that an attempt writes by: its good answers must not outnumber the attempts. */
  readonly write: RouteKey;
  /** Reads one acknowledged entry. */
  readonly read: Lookup & {
    /** Fields that must come back as acknowledged; with another value the entry counts as lost. */
    readonly equal?: FieldMap;
  };
  /** Finds what was never acknowledged, and so has no id, by fields that were known before. Not looked for if absent. */
  readonly find?: ListLookup & {
    readonly match: FieldMap;
    /** A list of so many items may have left some out: what is not in it is unknown. */
    readonly fullAt?: number;
  };
  /** Lists how often an entry was done, for example its charges: more than once is a duplicate. */
  readonly copies?: ListLookup & { readonly reading: string };
  /** What is not there as acknowledged is asked for again for so long after the load: an eventually consistent system may settle. */
  readonly settleSeconds: number;
  /** What was not read by then, after the load, is unknown. */
  readonly patienceSeconds: number;
}
