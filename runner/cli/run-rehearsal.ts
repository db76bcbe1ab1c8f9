/** `peakproof rehearse`, once its options are read: check everything, get ready, run, tell. */
import { join, resolve } from 'node:path';
import pc from 'picocolors';
import { servicesOf } from '../../profiles/plan.ts';
import { PeakproofError, problem } from '../../scenarios/problem.ts';
import type { LeastEffect } from '../../slo/compare/types.ts';
import { expiredWaivers } from '../../slo/waivers.ts';
import { createK6Engine } from '../engines/k6/k6.ts';
import { locateK6 } from '../engines/k6/provision.ts';
import { rehearseInTurns } from '../interleave.ts';
import { createLiveView } from '../live/index.ts';
import { createProgress } from '../live/progress.ts';
import { loadSuite } from '../load-suite.ts';
import { withMetrics } from '../metrics/index.ts';
import { ProblemList } from '../problem-list.ts';
import { rehearse } from '../rehearse.ts';
import { usualFolder } from '../store/find-run.ts';
import { files } from '../store/layout.ts';
import { checkPlace } from '../store/place.ts';
import type { ChosenTarget } from '../targets/choose.ts';
import type { LoadedSuite, RehearsalRequest, RehearsalResult, RunningTarget } from '../types.ts';
import { type Baseline, checkTag, findBaseline } from './baseline.ts';
import { commandLine } from './command-line.ts';
import { parseLeastEffect } from './compare-options.ts';
import { tellDryRun } from './dry-run.ts';
import { chooseOtherSide } from './interleave-target.ts';
import type { RehearseOptions } from './options.ts';
import { pageViewsOf, withoutBrowsers } from './page-views.ts';
import { type Prepared, prepare } from './prepare.ts';
import { formatProblem, print } from './print.ts';
import { shortPath } from './short-path.ts';
import { showSummary, tellGithub } from './show.ts';
import { listenForStop, type StopSignals } from './signals.ts';
import { parsePort } from './values.ts';

/** Resolves with the exit code, once verdict and reports are on disk and told. */
export async function runRehearsal(options: RehearseOptions): Promise<number> {
  const suite = await loadSuite({ config: options.config, cwd: process.cwd() });
  const { prepared, metricsPort, faroPort, runFolder, baseline, otherSide } = await check(suite, options);
  if (options.dryRun) return tellDryRun(prepared, options);
  const view = createLiveView({
    quiet: options.quiet === true,
    json: options.json === true,
    color: pc.isColorSupported,
    phases: prepared.plan.phases,
    progress: process.stderr,
    results: process.stdout,
  });
  const signals = listenForStop((message) => view.note(message));
  const objectiveIds = suite.objectives.map((objective) => objective.id);
  const metrics = await withMetrics(view, objectiveIds, metricsPort);
  try {
    view.note(`metrics at ${metrics.server.url}`);
    const k6 = await prepareK6(options, signals);
    const engine = createK6Engine(k6);
    const target = await prepareTarget(prepared, options, signals);
    try {
      const plan = otherSide === undefined ? prepared.plan : withoutBrowsers(prepared.plan);
      const request = {
        ...requestOf(suite, prepared, options),
        runFolder,
        ...(baseline === undefined ? {} : { baseline }),
        plan: { ...plan, environment: target.environment },
        target,
        engine,
        pages: await pageViewsOf(plan, target, k6.path, { ...options, faroPort }),
        live: metrics.view,
        stopSignal: signals.stopSignal,
        killSignal: signals.killSignal,
      };
      const result = await (otherSide === undefined
        ? rehearse(request)
        : withOtherSide(request, otherSide, prepared, options, signals));
      tell(result, options);
      return result.exitCode;
    } finally {
      await target.stop();
    }
  } finally {
    await metrics.server.close();
    signals.release();
  }
}

/** The system that takes turns, not yet opened. */
interface ChosenSide {
  readonly target: ChosenTarget;
  readonly leastEffect: LeastEffect;
}

interface Checked {
  readonly prepared: Prepared;
  readonly metricsPort: number | undefined;
  readonly faroPort: number | undefined;
  readonly runFolder: string;
  readonly baseline: Baseline | undefined;
  readonly otherSide: ChosenSide | undefined;
}

/** Finds every problem that can be found before anything is started. */
async function check(suite: LoadedSuite, options: RehearseOptions): Promise<Checked> {
  const list = new ProblemList();
  const portOf = (name: string, text: string | undefined) =>
    text === undefined ? undefined : list.attempt(() => parsePort(name, text));
  const metricsPort = portOf('--metrics-port', options.metricsPort);
  const faroPort = portOf('--faro-port', options.faroPort);
  const prepared = await list.attemptAsync(() => prepare(suite, options, process.env));
  if (prepared?.target.unconfirmed) list.add([prepared.target.unconfirmed]);
  const leastEffect = parseLeastEffect(options, list);
  const baseline = prepared && list.attempt(() => findBaseline(options, prepared.plan, leastEffect));
  const other = prepared && (await list.attemptAsync(() => chooseOtherSide(suite, options, prepared)));
  if (options.tag !== undefined) list.attempt(() => checkTag(options.tag as string));
  const runFolder = resolve(options.out ?? usualFolder(prepared?.plan.profile ?? '', new Date()));
  list.attempt(() => checkPlace(runFolder));
  if (prepared) list.add(expiredWaivers(prepared.policy, Date.now()));
  list.throwIfAny();
  if (!prepared) throw new Error('a missing part without a problem');
  const otherSide = other === undefined ? undefined : { target: other, leastEffect };
  return { prepared, metricsPort, faroPort, runFolder, baseline, otherSide };
}

/** The part of the request that is known before anything is started. */
function requestOf(suite: LoadedSuite, prepared: Prepared, options: RehearseOptions) {
  const { plan, profile, policy, target } = prepared;
  return {
    ...(target.faults === undefined ? {} : { driver: target.faults.driver }),
    suite,
    profile,
    policy,
    command: commandLine(options, plan.seed),
    isUsualFolder: options.out === undefined,
    ...(options.tag === undefined ? {} : { tag: options.tag }),
    trace: options.trace === true || Boolean(process.env.PEAKPROOF_TRACE),
  };
}

async function prepareK6(
  options: RehearseOptions,
  signals: StopSignals,
): Promise<{ readonly path: string; readonly version: string }> {
  const progress = createProgress(process.stderr, isSilent(options));
  try {
    return await locateK6({ onProgress: progress.step, signal: signals.stopSignal });
  } finally {
    progress.done();
  }
}

/** Opens the system that takes turns, and closes it again. */
async function withOtherSide(
  request: RehearsalRequest,
  { target: chosen, leastEffect }: ChosenSide,
  prepared: Prepared,
  options: RehearseOptions,
  signals: StopSignals,
): Promise<RehearsalResult> {
  const target = await prepareTarget({ ...prepared, target: chosen }, options, signals);
  try {
    return await rehearseInTurns(request, { target, leastEffect });
  } finally {
    await target.stop();
  }
}

async function prepareTarget(
  { target, plan }: Pick<Prepared, 'target' | 'plan'>,
  options: RehearseOptions,
  signals: StopSignals,
): Promise<RunningTarget> {
  const progress = createProgress(process.stderr, isSilent(options));
  progress.step(target.preparation);
  const running = await target.open(servicesOf(plan)).finally(() => progress.done());
  if (!signals.stopSignal.aborted) return running;
  await running.stop();
  throw new PeakproofError(problem('INTERRUPTED', 'stopped before any load was sent'));
}

function isSilent({ quiet, json }: RehearseOptions): boolean {
  return quiet === true || json === true;
}

function tell(result: RehearsalResult, options: RehearseOptions): void {
  const { model, problems, decision, exitCode, runFolder } = result;
  for (const item of problems) process.stderr.write(`${formatProblem(item)}\n`);
  if (options.json) {
    print(JSON.stringify({ type: 'result', exitCode, runFolder, decision, problems }));
  } else {
    showSummary(model, shortPath(join(runFolder, files.html)));
  }
  tellGithub(model, process.env);
}
