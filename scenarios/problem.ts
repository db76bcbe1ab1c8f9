/**
 * Errors are part of the interface: every one a user can meet has a code, a cause and a remedy.
 * The table is the only list of codes; docs/errors.md and exit codes are derived from it.
 */

export const exitCodes = {
  pass: 0,
  internal: 1,
  usage: 2,
  inconclusive: 3,
  fail: 99,
  interrupted: 130,
} as const;

interface ProblemKind {
  readonly exitCode: number;
  /** What to do, unless the place that raises it knows better. */
  readonly remedy: string;
}

const usage = exitCodes.usage;

export const problemKinds = {
  UNKNOWN_PROFILE: { exitCode: usage, remedy: 'See `peakproof list profiles`.' },
  UNKNOWN_SERVICE: { exitCode: usage, remedy: 'See `peakproof list services`.' },
  UNKNOWN_JOURNEY: { exitCode: usage, remedy: 'See `peakproof list journeys`.' },
  UNKNOWN_POLICY: { exitCode: usage, remedy: 'See `peakproof list policies`.' },
  INVALID_OPTION: { exitCode: usage, remedy: "See the command's --help." },
  INVALID_SUITE: { exitCode: usage, remedy: 'Correct the suite: docs/suites.md describes its parts.' },
  INVALID_TARGET: { exitCode: usage, remedy: 'Correct the target file: docs/targets.md describes its keys.' },
  TARGET_NOT_CONFIRMED: { exitCode: usage, remedy: 'Repeat the name with --confirm-target if you mean it.' },
  TARGET_UNREACHABLE: {
    exitCode: usage,
    remedy: 'Start the system, or correct its addresses in the target file; no load was sent.',
  },
  SANDBOX_FAILED: { exitCode: exitCodes.internal, remedy: 'See `peakproof doctor` for what is short.' },
  PORT_IN_USE: { exitCode: usage, remedy: 'Choose another port, or end the program that holds it.' },
  K6_UNUSABLE: { exitCode: usage, remedy: 'Let PEAKPROOF_K6 name a working k6 2.x, or unset it.' },
  K6_NOT_AVAILABLE: {
    exitCode: usage,
    remedy:
      'One of: install k6 2.0 or later on PATH; set PEAKPROOF_K6 to its path; install Go 1.25 or later, so that it is built; allow HTTPS to github.com, so that the official release is downloaded.',
  },
  INTERRUPTED: { exitCode: exitCodes.interrupted, remedy: 'Start the command again.' },
  INTERNAL: { exitCode: exitCodes.internal, remedy: 'Please report it with the text above.' },
} as const satisfies Record<string, ProblemKind>;

export type ProblemCode = keyof typeof problemKinds;

export interface Problem {
  readonly code: ProblemCode;
  /** What was wrong, in one line that names the culprit. */
  readonly cause: string;
  readonly remedy: string;
  readonly file?: string;
  readonly line?: number;
}

export function problem(
  code: ProblemCode,
  cause: string,
  where: { remedy?: string; file?: string; line?: number } = {},
): Problem {
  return { code, cause, remedy: problemKinds[code].remedy, ...where };
}

/** Carries every problem found at once: bad input is reported whole, before any load starts. */
export class PeakproofError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: Problem | readonly Problem[]) {
    const list = Array.isArray(problems) ? (problems as readonly Problem[]) : [problems as Problem];
    super(list.map((item) => `${item.code}: ${item.cause}`).join('\n'));
    this.name = 'PeakproofError';
    this.problems = list;
  }

  get exitCode(): number {
    return Math.max(...this.problems.map((item) => problemKinds[item.code].exitCode));
  }
}
