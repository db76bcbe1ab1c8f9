/** Ends load and faults at once when more breaks than the profile tolerates, or when somebody asks for it. */
import type { LoadPlan } from '../../profiles/types.ts';
import { roughShare } from '../../reports/figures.ts';
import { problem } from '../../scenarios/problem.ts';
import type { LiveTotals } from '../collect/live-totals.ts';
import type { Ending } from '../ending.ts';
import { clearStop, isStopRequested } from '../store/stop-file.ts';
import type { LiveView } from '../types.ts';

const lookEveryMs = 200;
/** Iterations under way get so long: load and faults are to be over two seconds after the condition. */
const patienceMs = 1_200;

/** Starts watching; returns how to stop. */
export function watchAborts(
  { abort, profile }: Pick<LoadPlan, 'abort' | 'profile'>,
  runFolder: string,
  totals: LiveTotals,
  live: LiveView,
  ending: Pick<Ending, 'stop'>,
): () => void {
  const shareOf = abort?.errorShare && watchErrorShare(abort.errorShare.overSeconds);
  const timer = setInterval(() => {
    if (isStopRequested(runFolder)) {
      clearStop(runFolder);
      live.note('stopping: somebody asked for it with a stop file or `peakproof stop`');
      ending.stop('interrupted', undefined, patienceMs);
    }
    const limit = abort?.errorShare;
    const share = shareOf?.(totals, performance.now()) ?? 0;
    if (limit === undefined || share <= limit.above) return;
    const failed = `${roughShare(share)} of the requests of the last ${limit.overSeconds} s failed`;
    const cause = `${failed}, and profile ${profile} tolerates ${roughShare(limit.above)}`;
    live.note(`aborting: ${cause}`);
    ending.stop('aborted', problem('RUN_ABORTED', cause), patienceMs);
    clearInterval(timer);
  }, lookEveryMs);
  return () => clearInterval(timer);
}

interface Sample {
  readonly atMs: number;
  readonly all: number;
  readonly failed: number;
}

/**
 * Share of the requests of the last seconds that failed; an iteration that found no free VU is one that failed.
 * Undefined until so many seconds have been seen, and where nothing happened in them.
 */
export function watchErrorShare(
  overSeconds: number,
): (totals: Pick<LiveTotals, 'requests' | 'errors' | 'dropped'>, nowMs: number) => number | undefined {
  const samples: Sample[] = [];
  return ({ requests, errors, dropped }, atMs) => {
    samples.push({ atMs, all: requests + dropped, failed: errors + dropped });
    const isOldEnough = (sample: Sample): boolean => atMs - sample.atMs >= overSeconds * 1000;
    while (samples[1] !== undefined && isOldEnough(samples[1])) samples.shift();
    const [first] = samples;
    if (first === undefined || !isOldEnough(first)) return undefined;
    const all = requests + dropped - first.all;
    return all > 0 ? (errors + dropped - first.failed) / all : undefined;
  };
}
