/** What of all that was attempted the system still had after the load: counts, windows and some examples. */
import type { RouteKey } from '../../scenarios/model.ts';
import type { ProblemCode } from '../../scenarios/problem.ts';
import type { Outcome } from './attempts.ts';
import type { Standing } from './findings.ts';

/** Seconds of the plan, fractional: the first and the last of some acknowledgements. */
export interface SecondSpan {
  readonly firstSecond: number;
  readonly lastSecond: number;
}

/** What examples are kept of: everything that somebody will want to look into. */
export type Noteworthy = 'lost' | 'altered' | 'unread' | 'unacknowledged' | 'duplicated';

export interface LedgerExample {
  readonly as: Noteworthy;
  /** The reference under which it was attempted. */
  readonly ref: string;
  readonly second: number;
}

/** The attempts that lie nearest in time to one fault; all of them where nothing was broken. */
export interface LedgerSpan {
  /** Id of the planned fault. */
  readonly fault?: string;
  readonly attempts: Readonly<Record<Outcome, Readonly<Record<Standing, number>>>>;
  /** Acknowledged, and absent or altered. */
  readonly lost?: SecondSpan;
  /** Acknowledged, and not known. */
  readonly unread?: SecondSpan;
  /** Attempts that were done more than once, and those of which that is not known. */
  readonly duplicated: number;
  readonly copiesUnread: number;
  readonly examples: readonly LedgerExample[];
}

/** Why something is not known, and of how many attempts or lines. */
export interface LedgerGap {
  readonly code: Extract<ProblemCode, 'LEDGER_DAMAGED' | 'READ_BACK_FAILED' | 'READ_BACK_FOREIGN'>;
  readonly cause: string;
  readonly count: number;
}

export interface LedgerResult {
  readonly name: string;
  /** The route by which it was written. */
  readonly write: RouteKey;
  /** Reading of the attempts that were done more than once, if that is looked up. */
  readonly copiesReading?: string;
  readonly settleSeconds: number;
  readonly spans: readonly LedgerSpan[];
  /** Lines that could not be used: each may have been an acknowledgement. */
  readonly illegible: number;
  readonly gaps: readonly LedgerGap[];
}

/** The classes in which Jepsen tells what became of writes, and duplicates. */
export interface LedgerClasses {
  /** All that were acknowledged: `present`, `lost` (absent or altered) or `unread`. */
  readonly acknowledged: number;
  readonly present: number;
  readonly lost: number;
  readonly unread: number;
  /** Never acknowledged, whether declined or not answered: there all the same, not there, or unknown. */
  readonly unacknowledged: number;
  readonly absent: number;
  readonly unacknowledgedUnread: number;
  readonly duplicated: number;
  readonly copiesUnread: number;
}

/** The classes of some spans together. */
export function classesIn(spans: readonly LedgerSpan[]): LedgerClasses {
  const sum = (of: (span: LedgerSpan) => number) => spans.reduce((total, span) => total + of(span), 0);
  const among = (outcomes: readonly Outcome[], standings: readonly Standing[]) =>
    sum(({ attempts }) =>
      outcomes
        .flatMap((outcome) => standings.map((standing) => attempts[outcome][standing]))
        .reduce((total, count) => total + count, 0),
    );
  const others = ['rejected', 'unknown'] as const;
  return {
    acknowledged: among(['acknowledged'], ['present', 'altered', 'absent', 'unread']),
    present: among(['acknowledged'], ['present']),
    lost: among(['acknowledged'], ['absent', 'altered']),
    unread: among(['acknowledged'], ['unread']),
    unacknowledged: among(others, ['present', 'altered']),
    absent: among(others, ['absent']),
    unacknowledgedUnread: among(others, ['unread']),
    duplicated: sum(({ duplicated }) => duplicated),
    copiesUnread: sum(({ copiesUnread }) => copiesUnread),
  };
}
