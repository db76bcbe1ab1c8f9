/** The part of a rehearsal that hears of pages: the Faro receiver, and a browser of our own beside the load. */
import { randomBytes } from 'node:crypto';
import { isAbsolute, join } from 'node:path';
import type { PageKey } from '../slo/pages/types.ts';
import type { RunningBeside } from './browser/beside.ts';
import { startBrowser } from './browser/browser.ts';
import type { BrowserLine } from './browser/lines.ts';
import { startVirtualBeacons } from './browser/virtual-beacons.ts';
import { everySeconds } from './collect/every-seconds.ts';
import { type FaroReceiver, startFaroReceiver } from './collect/faro/receiver.ts';
import { BeaconTally } from './collect/faro/tally.ts';
import type { Recorder } from './collect/recorder.ts';
import { inputFiles } from './store/manifest.ts';
import type { RunFolder } from './store/run-folder.ts';
import type { RehearsalRequest } from './types.ts';

/** Pages × devices × milestones, with room for more pages. */
const mostFrames = 16;

/** Starts hearing; resolves with how to stop. Nothing that goes wrong with pages ends anything else. */
export async function startPageViews(
  request: RehearsalRequest,
  folder: RunFolder,
  recorder: Recorder,
): Promise<() => Promise<void>> {
  const { plan, target, pages } = request;
  const isNeeded = plan.browsers ?? pages?.port ?? pages?.virtualBeacons;
  if (isNeeded === undefined) return async () => {};
  const tally = new BeaconTally();
  const receiver = await startFaroReceiver({
    port: pages?.port ?? 0,
    apiKey: pages?.apiKey ?? randomBytes(16).toString('hex'),
    keep: (beacon) => tally.add(beacon, Date.now()),
    onRejected: (cause) => tally.reject(cause),
  });
  const flush = (): void => {
    const record = tally.take(Date.now());
    if (record !== undefined) recorder.record(record);
  };
  const stopFlushing = everySeconds(1, 0, flush);
  const views = new Views(tally, recorder);
  try {
    await target.tellCollector?.(receiver).catch((error: Error) => {
      views.problem(`the pages were not told where to send beacons: ${error.message}`);
    });
    const browser = await startIfPlanned(request, folder, recorder, receiver, views);
    const beacons = await startIfAsked(request, folder, recorder, receiver);
    return async () => {
      await Promise.all([browser?.stop(), beacons?.stop()]);
      views.conclude(browser !== undefined);
      stopFlushing();
      flush();
      await receiver.close();
    };
  } catch (error) {
    stopFlushing();
    await receiver.close();
    throw error;
  }
}

/** Undefined where there is none to start; why is on record. */
async function startIfPlanned(
  { plan, suite, target, pages, live }: RehearsalRequest,
  folder: RunFolder,
  recorder: Recorder,
  receiver: FaroReceiver,
  views: Views,
): Promise<RunningBeside | undefined> {
  const script = suite.suite.browserScript;
  if (plan.browsers === undefined || script === undefined) return undefined;
  if (pages?.browser === undefined) return undefined;
  if ('missing' in pages.browser) {
    const reason = `${pages.browser.missing}, so that no page was loaded in a browser`;
    live.note(reason);
    views.problem(reason);
    return undefined;
  }
  if (target.tellCollector === undefined && pages.port === undefined) {
    views.problem('the pages of this target do not know where to send beacons (see --faro-port)');
  }
  try {
    return await startBrowser(pages.browser, {
      scriptFile: isAbsolute(script) ? script : join(suite.root, script),
      planFile: folder.file(inputFiles.plan),
      allow: target.allow,
      collectorUrl: receiver.url,
      onLine: (line) => views.add(line),
      onLogLine: (line) => recorder.engineLine(line),
    });
  } catch (error) {
    views.problem(`the browser did not start: ${(error as Error).message}`);
    return undefined;
  }
}

/** Virtual users' beacons go to the target's own collector, else to ours. */
async function startIfAsked(
  { target, pages }: RehearsalRequest,
  folder: RunFolder,
  recorder: Recorder,
  receiver: FaroReceiver,
): Promise<RunningBeside | undefined> {
  if (pages?.virtualBeacons === undefined) return undefined;
  const note = (text: string) => recorder.record({ type: 'note', atMs: Date.now(), text });
  try {
    return await startVirtualBeacons({
      k6: pages.virtualBeacons.k6,
      planFile: folder.file(inputFiles.plan),
      collector: target.collector ?? receiver,
      onNote: note,
      onLogLine: (line) => recorder.engineLine(line),
    });
  } catch (error) {
    note(`virtual users sent no beacons: ${(error as Error).message}`);
    return undefined;
  }
}

/** What our own browser saw. */
class Views {
  readonly #tally: BeaconTally;
  readonly #recorder: Recorder;
  /** Slowest load so far, per page and device. */
  readonly #slowest = new Map<string, number>();
  #loads = 0;
  #frames = 0;
  #failures = 0;
  #firstFailure = '';

  constructor(tally: BeaconTally, recorder: Recorder) {
    this.#tally = tally;
    this.#recorder = recorder;
  }

  add(line: BrowserLine): void {
    if (line.kind === 'failure') {
      this.#failures += 1;
      this.#firstFailure ||= line.cause;
      return;
    }
    const atMs = Date.now();
    if (line.kind === 'frame') {
      this.#frames += 1;
      if (this.#frames <= mostFrames) this.#recorder.record({ type: 'frame', atMs, frame: line.frame });
      return;
    }
    const { view } = line;
    const { page, device, cache } = view;
    this.#loads += 1;
    const key: PageKey = { page, device, cache, origin: 'browser', metric: 'page-load' };
    this.#tally.addValue(key, view.loadMs);
    const kind = `${page}\n${device}`;
    if (view.loadMs <= (this.#slowest.get(kind) ?? 0)) return;
    this.#slowest.set(kind, view.loadMs);
    this.#recorder.record({ type: 'waterfall', atMs, ...view });
  }

  problem(reason: string): void {
    this.#recorder.record({ type: 'browser-problem', atMs: Date.now(), reason });
  }

  /** Says what was missing, once the browser has ended. */
  conclude(wasStarted: boolean): void {
    if (this.#failures > 0) {
      const visits = this.#failures === 1 ? 'one visit' : `${this.#failures} visits`;
      this.problem(`${visits} of the browser failed, first with: ${this.#firstFailure}`);
    } else if (wasStarted && this.#loads === 0) {
      this.problem('the browser started, and loaded no page: k6.log has what it said');
    }
  }
}
