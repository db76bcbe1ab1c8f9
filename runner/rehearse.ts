/** The pipeline of a rehearsal: load → measurements → verdict → decision → reports, all of it in the run folder. */
import { basename, dirname, resolve } from 'node:path';
import { servicesOf } from '../profiles/plan.ts';
import { type RecordedRun, recordedRun } from '../reports/past-run.ts';
import { exitCodes, PeakproofError, type Problem } from '../scenarios/problem.ts';
import type { Decision } from '../slo/types.ts';
import { Aggregate } from './collect/aggregate.ts';
import { allowedUrl } from './collect/allowed.ts';
import { createAsk } from './collect/ask.ts';
import { runAudits } from './collect/audits.ts';
import { Recorder } from './collect/recorder.ts';
import { comparableRuns } from './comparable-runs.ts';
import { comparedRun, compareWithBaseline } from './compare.ts';
import { conclude } from './conclude.ts';
import { hostFacts } from './host.ts';
import { generateLoad, type LoadEnd } from './load.ts';
import { packageVersion } from './package.ts';
import { askServers, warnOfSources } from './server-side.ts';
import { sourceFacts } from './source.ts';
import { evidenceOf } from './store/evidence.ts';
import { appendToHistory } from './store/history.ts';
import { pointLatest } from './store/latest.ts';
import { files, formatVersion } from './store/layout.ts';
import { readLedger } from './store/ledger.ts';
import type { Manifest, RunInputs } from './store/manifest.ts';
import { readSummary } from './store/read-run.ts';
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
  const { plan, target, policy, live } = request;
  for (const service of servicesOf(plan)) {
    allowedUrl(target.environment.baseUrls[service] ?? '', target.allow);
  }
  const assets = readReportAssets();
  const manifest = manifestOf(request);
  const inputs = inputsOf(request);
  // What cannot be judged at the end is not begun; it also loads and warms up the code that the end waits for.
  const nothing = new Aggregate(plan).finish({ summary: undefined });
  const nowMs = manifest.createdAtMs;
  conclude(inputs, manifest, nothing, { policy, nowMs, checksums: {} });
  const folder = openRunFolder(request.runFolder, manifest, inputs, cleanerFor(target));
  if (request.isUsualFolder) pointLatest(folder.path);
  const recorder = new Recorder(folder, plan);
  try {
    live.note(`run folder ${folder.path}`);
    await warnOfSources(request);
    const load = await generateLoad(request, folder, recorder);
    recordExceptions(folder.path, recorder);
    // Before the audits, whose requests the servers would count as well.
    await askServers(request, recorder);
    if (load.problems.length === 0) await audit(request, folder.path, recorder);
    recorder.record({ type: 'end', atMs: Date.now(), end: load.end });
    const measurements = recorder.finish(readSummary(folder.path));
    const comparison = await compareWithBaseline(request, comparedRun(manifest, inputs, measurements));
    if (comparison !== undefined) folder.write(files.comparison, `${JSON.stringify(comparison)}\n`);
    const circumstances = {
      ...{ policy, nowMs, checksums: evidenceOf(folder.path, manifest) },
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

/** A scenario that threw sent less than the plan says: whatever the rest shows is a part. */
function recordExceptions(runFolder: string, recorder: Recorder): void {
  const [first, ...others] = readLedger(runFolder).filter(({ kind }) => kind === 'script-exception');
  if (first === undefined) return;
  const where = `${first.scenario}, action ${first.action}: ${first.message}`;
  const reason = `the scenario script threw ${others.length + 1} times, first in ${where}`;
  recorder.record({ type: 'gap', atMs: Date.now(), reason });
}

async function audit(request: RehearsalRequest, runFolder: string, recorder: Recorder): Promise<void> {
  const { suite, plan, target, live, killSignal } = request;
  const { audits = [], catalog } = suite.suite;
  const { startedAtMs } = recorder;
  if (audits.length === 0 || startedAtMs === undefined || killSignal.aborted) return;
  live.note(`auditing: ${audits.map(({ name }) => name).join(', ')}`);
  const input = {
    ledger: readLedger(runFolder),
    plan,
    startedAtMs,
    measuredSeconds: recorder.soFar().measuredSeconds,
    secrets: target.secrets,
    ask: createAsk(catalog, target),
  };
  await runAudits(audits, input, (event) => {
    if (event.type === 'note') live.note(event.text);
    recorder.record(event);
  });
}

/** A run that broke says so before what it would have decided; a report that broke, after. */
function exitCodeOf(load: LoadEnd, decision: Decision, reportProblems: readonly Problem[]): number {
  if (load.end === 'interrupted') return exitCodes.interrupted;
  if (load.problems.length > 0) return new PeakproofError(load.problems).exitCode;
  if (decision.exitCode !== exitCodes.pass || reportProblems.length === 0) return decision.exitCode;
  return new PeakproofError(reportProblems).exitCode;
}
