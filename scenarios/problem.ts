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
  UNKNOWN_OBJECTIVE: { exitCode: usage, remedy: 'See `peakproof slo list`.' },
  UNKNOWN_POLICY: { exitCode: usage, remedy: 'See `peakproof list policies`.' },
  INVALID_OPTION: { exitCode: usage, remedy: "See the command's --help." },
  UNKNOWN_ROUTE: { exitCode: usage, remedy: "Name a route of the catalog, without its service's name." },
  INVALID_OBJECTIVE: { exitCode: usage, remedy: 'Correct the file: docs/objectives.md shows each kind.' },
  UNSUPPORTED_OBJECTIVE: {
    exitCode: usage,
    remedy: 'Say it with what is evaluated: docs/objectives.md. It is refused, not ignored.',
  },
  DUPLICATE_OBJECTIVE: { exitCode: usage, remedy: 'Give each document a metadata.name of its own.' },
  NO_OBJECTIVES: { exitCode: usage, remedy: 'Add an OpenSLO file; a run without objectives proves nothing.' },
  INVALID_POLICY: { exitCode: usage, remedy: 'Correct the policy file: docs/objectives.md shows its keys.' },
  WAIVER_EXPIRED: {
    exitCode: usage,
    remedy: 'Keep the promise again and remove the waiver, or let its owner renew it with a later date.',
  },
  INVALID_FAULT: { exitCode: usage, remedy: "Correct the profile's faults: docs/faults.md describes them." },
  FAULTS_NOT_ALLOWED: {
    exitCode: usage,
    remedy: "Only what the target file's `faults` allows is broken: docs/faults.md describes its keys.",
  },
  FAULT_DRIVER_UNUSABLE: {
    exitCode: usage,
    remedy: 'Install what the driver needs, or name another one in the target file; nothing was sent.',
  },
  INVALID_EXPERIMENT: {
    exitCode: usage,
    remedy: 'Correct the experiment: docs/fault-drivers.md shows what of Chaos Toolkit is run.',
  },
  UNSUPPORTED_EXPERIMENT: {
    exitCode: usage,
    remedy: 'Say it with what is run: docs/fault-drivers.md. It is refused, not ignored.',
  },
  EXPERIMENT_NEEDS_SHELL: {
    exitCode: usage,
    remedy: 'Write the arguments as a list, or allow a shell with --chaos-allow-shell.',
  },
  FAULTS_LOST: {
    exitCode: exitCodes.internal,
    remedy: 'Faults were rolled back and the run ended; faults.log in the run folder has every step.',
  },
  FAULT_NOT_ROLLED_BACK: {
    exitCode: exitCodes.fail,
    remedy: 'The system may still be broken: undo the named step by hand, now.',
  },
  RUN_ABORTED: {
    exitCode: exitCodes.fail,
    remedy: 'More broke than the profile tolerates: see what failed before rehearsing again.',
  },
  RUN_NOT_RUNNING: {
    exitCode: usage,
    remedy: 'Name a run that goes on; a run that has ended needs no stop.',
  },
  INVALID_SUITE: { exitCode: usage, remedy: 'Correct the suite: docs/suites.md describes its parts.' },
  INVALID_TARGET: { exitCode: usage, remedy: 'Correct the target file: docs/targets.md describes its keys.' },
  TARGET_NOT_CONFIRMED: { exitCode: usage, remedy: 'Repeat the name with --confirm-target if you mean it.' },
  TARGET_UNREACHABLE: {
    exitCode: usage,
    remedy: 'Start the system, or correct its addresses in the target file; no load was sent.',
  },
  SERVICE_NOT_STARTED: {
    exitCode: usage,
    remedy: 'Correct the command after `--`; it is run without a shell.',
  },
  SERVICE_NOT_FOUND: { exitCode: usage, remedy: 'Name a running process of this user with --pid.' },
  SERVICE_EXITED: {
    exitCode: exitCodes.internal,
    remedy: 'Let the service run without peakproof first; what was measured until then was kept.',
  },
  SERVICE_PORT_UNKNOWN: { exitCode: usage, remedy: 'Name its address with --url.' },
  SERVICE_REFUSES: {
    exitCode: usage,
    remedy: 'Ask for what the service serves (--route, --method, --body): errors are no capacity.',
  },
  INSPECTOR_UNAVAILABLE: {
    exitCode: exitCodes.pass,
    remedy: 'Start the service by peakproof (`-- node server.js`), or with `node --inspect=127.0.0.1:0`.',
  },
  INVALID_REQUESTS: {
    exitCode: usage,
    remedy: 'Correct the file, or name requests with --route: docs/profile.md.',
  },
  SANDBOX_ENDED: {
    exitCode: exitCodes.internal,
    remedy: 'After its end nothing was tested: rehearse again. sandbox.log of the run has its last words.',
  },
  SANDBOX_FAILED: { exitCode: exitCodes.internal, remedy: 'See `peakproof doctor` for what is short.' },
  PORT_IN_USE: { exitCode: usage, remedy: 'Choose another port, or end the program that holds it.' },
  K6_UNUSABLE: { exitCode: usage, remedy: 'Let PEAKPROOF_K6 name a working k6 2.x, or unset it.' },
  K6_NOT_AVAILABLE: {
    exitCode: usage,
    remedy:
      'One of: install k6 2.0 or later on PATH; set PEAKPROOF_K6 to its path; install Go 1.25 or later, so that it is built; allow HTTPS to github.com, so that the official release is downloaded.',
  },
  TOXIPROXY_UNUSABLE: {
    exitCode: usage,
    remedy: 'Let PEAKPROOF_TOXIPROXY name a working toxiproxy-server 2.x, or unset it.',
  },
  TOXIPROXY_NOT_AVAILABLE: {
    exitCode: usage,
    remedy:
      'One of: install toxiproxy-server 2.x on PATH; set PEAKPROOF_TOXIPROXY to its path; install Go 1.24 or later, so that it is built.',
  },
  TOXIPROXY_ENDED: {
    exitCode: exitCodes.internal,
    remedy: 'Rehearse again: what was measured after it ended proves nothing about the system.',
  },
  HOST_NOT_ALLOWED: {
    exitCode: usage,
    remedy: "List the host under the target file's `allow` if it may be loaded.",
  },
  K6_INVALID_CONFIG: { exitCode: usage, remedy: 'Correct the scenario script; k6.log has all that k6 said.' },
  K6_SCRIPT_ERROR: { exitCode: usage, remedy: 'Correct the scenario script at the place named.' },
  K6_CRASHED: {
    exitCode: exitCodes.internal,
    remedy: 'See k6.log in the run folder, and `peakproof doctor`.',
  },
  K6_NEVER_CONNECTED: {
    exitCode: exitCodes.internal,
    remedy: 'See k6.log in the run folder; a firewall or proxy may keep k6 from this machine itself.',
  },
  OTLP_REJECTED: {
    exitCode: exitCodes.internal,
    remedy: 'Only k6 may send metrics to this run; see k6.log.',
  },
  RUN_FOLDER_NOT_WRITABLE: { exitCode: usage, remedy: 'Name another folder with --out.' },
  RUN_FOLDER_NOT_EMPTY: { exitCode: usage, remedy: 'Name an empty or new folder with --out.' },
  DISK_FULL: {
    exitCode: exitCodes.internal,
    remedy: 'Make room; what was written until then can be evaluated.',
  },
  RUN_NOT_FOUND: { exitCode: usage, remedy: 'Name a run folder, or `latest` after a rehearsal.' },
  NO_RUNS: {
    exitCode: usage,
    remedy: 'Name run folders, or a folder that holds some, as `rehearse` wrote them.',
  },
  RUN_ALTERED: {
    exitCode: usage,
    remedy: 'Take the folder from where the run wrote it; nothing else is evidence.',
  },
  RUN_FORMAT_UNKNOWN: {
    exitCode: usage,
    remedy: 'Use the version of peakproof that wrote the run, or a newer one.',
  },
  RUNS_NOT_COMPARABLE: {
    exitCode: usage,
    remedy:
      'Compare runs that asked the same of the system; --force compares them all the same, and says so.',
  },
  LEDGER_DAMAGED: {
    exitCode: exitCodes.inconclusive,
    remedy:
      'See ledger.log in the run folder; each line that cannot be used may have been an acknowledgement, so repeat the run.',
  },
  READ_BACK_FAILED: {
    exitCode: exitCodes.inconclusive,
    remedy:
      "Repeat the run when the system answers again, or correct the suite's ledger: what could not be read may be lost.",
  },
  READ_BACK_FOREIGN: {
    exitCode: exitCodes.inconclusive,
    remedy:
      'Find out why the system answers about something else; the figures of this ledger are open until then.',
  },
  REPORT_FAILED: {
    exitCode: exitCodes.internal,
    remedy: 'Please report it; `peakproof report latest` renders again.',
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
