/** From what was asked for (a target file, or nothing) to a system that may be loaded. */
import { readFileSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import type { Environment } from '../../profiles/types.ts';
import { PeakproofError, type Problem, problem } from '../../scenarios/problem.ts';
import { faultTargetOf } from '../faults/fault-target.ts';
import type { FaultTarget } from '../faults/types.ts';
import { ProblemList } from '../problem-list.ts';
import type { LoadedSuite, RunningTarget } from '../types.ts';
import { readDefects } from './defects.ts';
import { type FaultPermission, sandboxPermission } from './fault-permission.ts';
import { reachServices } from './reach.ts';
import {
  readImpairments,
  sandboxEnvironment,
  sandboxEnvironmentOf,
  sandboxTarget,
  startStandIn,
} from './sandbox.ts';
import { type DescribedTarget, parseTarget } from './target-file.ts';

export interface TargetOptions {
  /** Path of a target file, relative to the working directory, or `sandbox`; the suite's default if absent. */
  readonly target?: string | undefined;
  readonly confirmTarget?: string | undefined;
  /** Impairments of the sandbox, for example `payment:latency=900ms`. */
  readonly impair?: readonly string[] | undefined;
  /** Defects that the sandbox is built with, by name. */
  readonly defects?: readonly string[] | undefined;
}

/** A target in good order. Nothing was started or sent; `open` does that. */
export interface ChosenTarget {
  /** Of a sandbox that is not running yet: without base URLs. */
  readonly environment: Environment;
  readonly needsAddresses: boolean;
  /** Why load must not go there yet: it looks like production and its name was not repeated. */
  readonly unconfirmed?: Problem;
  /** Undefined if nothing of it may be broken. */
  readonly faults?: FaultPermission;
  /** What a fault driver may know of it before it is opened. */
  readonly faultTarget: FaultTarget;
  /** Blanked out of whatever is shown of it. */
  readonly confidential: readonly string[];
  /** What `open` does, in a few words. */
  readonly preparation: string;
  /**
   * Starts the stand-in, or makes sure that the system answers.
   * @throws PeakproofError TARGET_UNREACHABLE or SANDBOX_FAILED.
   */
  readonly open: (services: ReadonlySet<string>) => Promise<RunningTarget>;
}

/** @throws PeakproofError with everything wrong about the target, before anything is started. */
export async function chooseTarget(
  suite: LoadedSuite,
  options: TargetOptions,
  env: NodeJS.ProcessEnv,
): Promise<ChosenTarget> {
  const file = targetFile(suite, options.target);
  if (file === undefined) return chooseSandbox(suite, options);
  const misplaced = [
    ...onlyForSandbox('--sandbox-impair', options.impair),
    ...onlyForSandbox('--sandbox-defect', options.defects),
  ];
  if (misplaced.length > 0) throw new PeakproofError(misplaced);
  const context = { catalog: suite.suite.catalog, secretNames: suite.suite.secrets ?? [], env };
  const described = parseTarget(readTarget(file), file, context);
  const unconfirmed = confirmationProblem(described, options.confirmTarget);
  return {
    environment: described.environment,
    needsAddresses: true,
    confidential: described.confidential,
    ...(described.faults === undefined ? {} : { faults: described.faults }),
    faultTarget: faultTargetOf(suite.suite.catalog, described),
    ...(unconfirmed === undefined ? {} : { unconfirmed }),
    preparation: `asking ${described.environment.name} whether it answers`,
    open: (services) => openDescribed(described, suite, services),
  };
}

function confirmationProblem(target: DescribedTarget, confirmed: string | undefined): Problem | undefined {
  const { environment, confirmBecause } = target;
  if (confirmBecause === undefined || confirmed === environment.name) return undefined;
  return problem('TARGET_NOT_CONFIRMED', `target "${environment.name}" is not confirmed: ${confirmBecause}`, {
    remedy: `If load may go there, repeat its name: --confirm-target ${environment.name}`,
  });
}

/** The file to read; undefined if it is to be the sandbox. */
function targetFile(suite: LoadedSuite, asked: string | undefined): string | undefined {
  const { defaultTarget } = suite.suite;
  const hasSandbox = defaultTarget === 'sandbox';
  if (asked === undefined && !hasSandbox) {
    return isAbsolute(defaultTarget.file) ? defaultTarget.file : join(suite.root, defaultTarget.file);
  }
  if (asked !== undefined && asked !== 'sandbox') return resolve(asked);
  if (hasSandbox) return undefined;
  throw noSandbox(suite.suite.name);
}

/** The stand-in stands in for one shop: in front of another suite it would answer nothing that is asked. */
export function noSandbox(suite: string): PeakproofError {
  return new PeakproofError(
    problem('INVALID_OPTION', `suite "${suite}" has no sandbox`, {
      remedy: 'Start the system itself, and name its target file with --target.',
    }),
  );
}

function readTarget(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const cause =
      (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'does not exist' : (error as Error).message;
    throw new PeakproofError(problem('INVALID_TARGET', `target file ${file}: ${cause}`, { file }));
  }
}

/** What is wrong if an option that only the sandbox understands was given with another target. */
function onlyForSandbox(option: string, values: readonly string[] | undefined): Problem[] {
  if (!values?.length) return [];
  const remedy = `Leave out --target or ${option}: nothing of ours may break a real system.`;
  return [problem('INVALID_OPTION', `${option} goes with the sandbox only`, { remedy })];
}

async function chooseSandbox(
  { suite }: LoadedSuite,
  { impair, defects: names }: TargetOptions,
): Promise<ChosenTarget> {
  const list = new ProblemList();
  const impairments = (await list.attemptAsync(() => readImpairments(impair ?? []))) ?? [];
  const defects = list.attempt(() => readDefects(names ?? [], '--sandbox-defect')) ?? [];
  list.throwIfAny();
  const faults = sandboxPermission(suite.catalog);
  return {
    environment: sandboxEnvironmentOf(Object.keys(suite.catalog)),
    needsAddresses: false,
    confidential: [],
    ...(faults === undefined ? {} : { faults }),
    faultTarget: faultTargetOf(suite.catalog, { environment: sandboxEnvironment, allow: [], headers: {} }),
    preparation: 'starting the sandbox',
    open: async () => sandboxTarget(await startStandIn({ impairments, defects })),
  };
}

async function openDescribed(
  { confirmBecause, ...described }: DescribedTarget,
  { suite }: LoadedSuite,
  services: ReadonlySet<string>,
): Promise<RunningTarget> {
  await reachServices(described.environment, suite.catalog, services, described.headers);
  return {
    ...described,
    pids: [],
    stop: async () => {},
  };
}
