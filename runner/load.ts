/** The part of a rehearsal in which load is generated: starts everything that measures, waits for the engine, ends it if need be. */
import { randomBytes } from 'node:crypto';
import { dirname, resolve } from 'node:path';
import { servicesOf } from '../profiles/plan.ts';
import { type Problem, problem } from '../scenarios/problem.ts';
import { createAsk } from './collect/ask.ts';
import { startGeneratorHealth } from './collect/generator.ts';
import { startMemoryReadings } from './collect/memory.ts';
import { type Receiver, startReceiver } from './collect/otlp/receiver.ts';
import { startProbes } from './collect/probes.ts';
import type { Recorder } from './collect/recorder.ts';
import { startReplicaReadings } from './collect/replicas.ts';
import { startSamplers } from './collect/samplers.ts';
import { Ending, type LoadEnd } from './ending.ts';
import type { RunningEngine } from './engines/engine.ts';
import { watchAborts } from './faults/abort.ts';
import { type Drills, startDrills } from './faults/drills.ts';
import type { PreparedFaults } from './faults/prepare.ts';
import { startPageViews } from './page-views.ts';
import { tellingAlso } from './problem-list.ts';
import { endWithStandIn } from './stand-in-end.ts';
import { files } from './store/layout.ts';
import { inputFiles } from './store/manifest.ts';
import type { RunFolder } from './store/run-folder.ts';
import type { RehearsalRequest } from './types.ts';
import { watchRun } from './watch.ts';

/** k6 exports every second from its start on: silence for so long means that it cannot reach us. */
const connectPatienceMs = 15_000;
/** Iterations under way may end, up to k6's own `gracefulStop` of 30 s. */
const endPatienceMs = 45_000;

/**
 * Generates the load, and injects the faults into it. Resolves when the engine has ended, in whatever way. Whatever
 * was started has ended then too, and every fault was taken back, unless the problems say otherwise.
 */
export async function generateLoad(
  faults: PreparedFaults,
  folder: RunFolder,
  recorder: Recorder,
): Promise<LoadEnd> {
  const lost = new AbortController();
  const drills = await startDrills(faults, folder, recorder, () => lost.abort());
  try {
    const load = await generate(faults.request, folder, recorder, drills, lost.signal);
    // A generator that broke said nothing beforehand: without load a drill shows nothing.
    if (load.end !== 'finished') drills?.end(`the run ends (${load.end})`);
    return { ...load, problems: [...load.problems, ...((await drills?.finish()) ?? [])] };
  } catch (error) {
    drills?.end('the load could not be generated');
    throw tellingAlso((await drills?.finish()) ?? [], error);
  }
}

async function generate(
  request: RehearsalRequest,
  folder: RunFolder,
  recorder: Recorder,
  drills: Drills | undefined,
  lost: AbortSignal,
): Promise<LoadEnd> {
  const token = randomBytes(32).toString('hex');
  const receiver = await startReceiver(token, (metrics) => recorder.keepExport(metrics));
  try {
    const engine = await startEngine(request, folder, recorder, { port: receiver.port, token });
    const ending = new Ending(engine, (why) => drills?.end(why));
    const stops: (() => void)[] = [];
    let stopPageViews = async () => {};
    try {
      stops.push(measureBeside(request, recorder, engine, ending));
      stops.push(watchAborts(request.plan, folder.path, recorder.totals, request.live, ending));
      stops.push(endInTime(request, recorder, receiver, ending, lost));
      stops.push(endWithStandIn(request, folder, recorder, ending));
      stopPageViews = await startPageViews(request, folder, recorder);
      const end = await engine.finished;
      await stopPageViews();
      return ending.toLoadEnd(end, receiver.accepted === 0 ? neverConnected() : undefined);
    } catch (error) {
      engine.kill();
      await stopPageViews();
      throw error;
    } finally {
      for (const stop of stops) stop();
      noteRejections(receiver, recorder);
    }
  } finally {
    await receiver.close();
  }
}

function noteRejections({ rejections }: Receiver, recorder: Recorder): void {
  for (const [cause, count] of rejections) {
    recorder.record({ type: 'note', atMs: Date.now(), text: `collector refused ${count} posts: ${cause}` });
  }
}

async function startEngine(
  { suite, target, engine, trace }: RehearsalRequest,
  folder: RunFolder,
  recorder: Recorder,
  collector: { readonly port: number; readonly token: string },
): Promise<RunningEngine> {
  const source = resolve(suite.root, suite.suite.script);
  const bundle = await engine.bundle(source);
  if (bundle !== undefined) folder.write(files.script, bundle);
  return engine.start({
    scriptFile: bundle === undefined ? source : folder.file(files.script),
    scriptFolder: dirname(source),
    planFile: folder.file(inputFiles.plan),
    summaryFile: folder.file(files.summary),
    collector,
    headers: target.headers,
    secrets: target.secrets,
    trace,
    onLedgerLine: (line) => recorder.ledgerLine(line),
    onLogLine: (line) => recorder.engineLine(line),
  });
}

/** Probes, samplers, generator health and the live view. */
function measureBeside(
  request: RehearsalRequest,
  recorder: Recorder,
  engine: RunningEngine,
  ending: Ending,
): () => void {
  const { suite, plan, target } = request;
  const { catalog, samplers = [] } = suite.suite;
  let busyShare: number | undefined;
  const stops = [
    startProbes([...servicesOf(plan)], catalog, target, (event) => recorder.record(event)),
    startSamplers(samplers, createAsk(catalog, target), (event) => recorder.record(event)),
    startMemoryReadings(target, (event) => recorder.record(event)),
    ...(plan.elasticity === undefined
      ? []
      : [startReplicaReadings(target, (event) => recorder.record(event))]),
    startGeneratorHealth(
      () => engine.usage(),
      (event) => {
        if (event.type === 'generator') busyShare = event.health.machineBusyShare;
        recorder.record(event);
      },
    ),
    watchRun(
      request,
      recorder,
      () => busyShare,
      (end, why) => {
        request.live.note(why);
        ending.stop(end);
      },
    ),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

/** Ends the engine when somebody asks for it, when the folder takes no more, and when it is stuck. */
function endInTime(
  { plan, stopSignal, killSignal }: RehearsalRequest,
  recorder: Recorder,
  receiver: Receiver,
  ending: Ending,
  lost: AbortSignal,
): () => void {
  const done = new AbortController();
  const on = (signal: AbortSignal, act: () => void): void => {
    if (signal.aborted) act();
    else signal.addEventListener('abort', act, { once: true, signal: done.signal });
  };
  on(stopSignal, () => ending.stop('interrupted'));
  on(killSignal, () => ending.kill('interrupted'));
  on(lost, () => ending.stop('aborted'));
  on(recorder.failed, () => ending.stop('generator-failed'));
  const connected = setTimeout(() => {
    if (receiver.accepted === 0) ending.kill('generator-failed', neverConnected());
  }, connectPatienceMs);
  const ended = setTimeout(
    () => ending.kill('generator-failed', problem('K6_CRASHED', 'k6 did not end after its plan')),
    connectPatienceMs + plan.durationSeconds * 1000 + endPatienceMs,
  );
  return () => {
    done.abort();
    clearTimeout(connected);
    clearTimeout(ended);
    ending.settle();
  };
}

function neverConnected(): Problem {
  return problem('K6_NEVER_CONNECTED', 'no metrics arrived from k6');
}
