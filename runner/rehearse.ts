/** The pipeline of a rehearsal: load → measurements → verdict → decision → reports, all of it in the run folder. */
import { basename, dirname, resolve } from 'node:path';
import { servicesOf } from '../profiles/plan.ts';
import { type RecordedRun, recordedRun } from '../reports/past-run.ts';
import { exitCodes, PeakproofError, type Problem } from '../scenarios/problem.ts';
import type { Decision } from '../slo/types.ts';
import { measureAfter } from './after-load.ts';
import { Aggregate } from './collect/aggregate.ts';
import { allowedUrl } from './collect/allowed.ts';
import { Recorder } from './collect/recorder.ts';
import { comparableRuns } from './comparable-runs.ts';
import { comparedRun, compareWithBaseline } from './compare.ts';
import { conclude } from './conclude.ts';
import type { LoadEnd } from './ending.ts';
import { type PreparedFaults, prepareFaults } from './faults/prepare.ts';
import { hostFacts } from './host.ts';
import { generateLoad } from './load.ts';
import { packageVersion } from './package.ts';
import { tellingAlso } from './problem-list.ts';
import { warnOfSources } from './server-side.ts';
import { sourceFacts } from './source.ts';
import { evidenceOf } from './store/evidence.ts';
import { appendToHistory } from './store/history.ts';
import { pointLatest } from './store/latest.ts';
import { files, formatVersion } from './store/layout.ts';
import type { Manifest, RunInputs } from './store/manifest.ts';
import { readReportAssets } from './store/report-assets.ts';
import { openRunFolder } from './store/run-folder.ts';
import { hashScenarioFiles } from './store/scenario-files.ts';
import { cleanerFor } from './store/secrets.ts';
import { writeReports } from './store/write-reports.ts';
import type { LiveView, LoadedSuite, RehearsalRequest, RehearsalResult } from './types.ts';

/**
 * Rehearses against a target that is ready. Prints nothing: `live` shows what goes on.
 * Resolves once verdict and reports are on disk, also for an interrupted run or a generator that failed.
 * @throws PeakproofError before any load if folder, hosts or engine are not as needed, and if the disk fills up.
 */
export async function rehearse(request: RehearsalRequest): Promise<RehearsalResult> {
  const faults = await prepareFaults(request);
  try {
    return await rehearsePrepared(faults);
  } finally {
    await faults.stop();
  }
}

async function rehearsePrepared(faults: PreparedFaults): Promise<RehearsalResult> {
  const { request } = faults;
  const { plan, target, policy, live } = request;
  for (const service of servicesOf(plan)) {
    allowedUrl(target.environment.baseUrls[service] ?? '', target.allow);
  }
  const assets = readReportAssets();
  const manifest = manifestOf(request);
  const inputs = inputsOf(request);
  // What cannot be judged and told at the end is not begun; it also loads and warms up the code that the end waits for.
  const nothing = new Aggregate(plan).finish({ summary: undefined });
  const nowMs = manifest.createdAtMs;
  Object.values(conclude(inputs, manifest, nothing, { policy, nowMs, checksums: () => ({}) }).model);
  const folder = openRunFolder(request.runFolder, manifest, inputs, cleanerFor(target));
  if (request.isUsualFolder) pointLatest(folder.path);
  const recorder = new Recorder(folder, plan);
  try {
    live.note(`run folder ${folder.path}`);
    await warnOfSources(request);
    const load = await generateLoad(faults, folder, recorder);
    const measurements = await measureAfter(load, request, folder, recorder).catch((error) => {
      throw tellingAlso(load.problems, error);
    });
    const comparison = await compareWithBaseline(request, comparedRun(manifest, inputs, measurements));
    if (comparison !== undefined) folder.write(files.comparison, `${JSON.stringify(comparison)}\n`);
    const circumstances = {
      ...{ policy, nowMs, checksums: () => evidenceOf(folder.path, manifest) },
      ...(comparison === undefined ? {} : { comparison }),
    };
    const { verdict, decision, model } = conclude(inputs, manifest, measurements, circumstances);
    const reportProblems = writeReports(folder.path, model, assets);
    if (request.isUsualFolder) remember(folder.path, recordedRun(manifest, model.document), live);
    return {
      verdict,
      decision,
      model,
      exitCode: exitCodeOf(load, decision, reportProblems),
      runFolder: folder.path,
      problems: [...load.problems, ...reportProblems],
    };
  } finally {
    folder.close();
    live.close();
  }
}

function manifestOf({ suite, plan, engine, command, runFolder, tag }: RehearsalRequest): Manifest {
  const peakproof = packageVersion();
  return {
    formatVersion,
    id: basename(runFolder),
    peakproof,
    suite: plan.suite,
    profile: plan.profile,
    target: plan.environment.name,
    seed: plan.seed,
    ...(tag === undefined ? {} : { tag }),
    ...(plan.interleave === undefined ? {} : { side: plan.interleave.side }),
    command,
    createdAtMs: Date.now(),
    toolVersions: { peakproof, [engine.name]: engine.version, node: process.versions.node },
    host: hostFacts(),
    source: sourceFacts(process.env, process.cwd()),
    scenarios: hashScenarioFiles(
      resolve(suite.root, suite.suite.script),
      plan.browsers === undefined ? [] : browserScripts(suite),
    ),
  };
}

function browserScripts({ root, suite: { browserScript } }: LoadedSuite): string[] {
  return browserScript === undefined ? [] : [resolve(root, browserScript)];
}

function inputsOf({ suite, plan, policy, runFolder, isUsualFolder }: RehearsalRequest): RunInputs {
  const { name, title, catalog, promises } = suite.suite;
  const history = isUsualFolder ? comparableRuns(dirname(runFolder), plan) : [];
  return {
    plan,
    objectives: suite.objectives,
    policy,
    suite: { name, title, catalog, promises },
    history,
  };
}

/** The run is complete without its line in the history, which the next reader adds. */
function remember(runFolder: string, run: RecordedRun, live: LiveView): void {
  try {
    appendToHistory(runFolder, run);
  } catch (error) {
    live.note(`the history was not written: ${(error as Error).message}`);
  }
}

/**
 * A system that was left broken counts most. A run that broke says so before what it would have decided; a
 * report that broke, after.
 */
function exitCodeOf(load: LoadEnd, decision: Decision, reportProblems: readonly Problem[]): number {
  if (load.problems.some(({ code }) => code === 'FAULT_NOT_ROLLED_BACK')) return exitCodes.fail;
  if (load.end === 'interrupted') return exitCodes.interrupted;
  if (load.problems.length > 0) return new PeakproofError(load.problems).exitCode;
  if (decision.exitCode !== exitCodes.pass || reportProblems.length === 0) return decision.exitCode;
  return new PeakproofError(reportProblems).exitCode;
}
