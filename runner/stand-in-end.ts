/** A stand-in that ends by itself ends the run: what is sent to nobody tests nothing. */
import type { Recorder } from './collect/recorder.ts';
import type { Ending } from './ending.ts';
import { files } from './store/layout.ts';
import type { RunFolder } from './store/run-folder.ts';
import { cleanerFor } from './store/secrets.ts';
import type { RehearsalRequest } from './types.ts';

/** Stops the load when the stand-in is gone, and keeps the last that it said. Returns how to stop listening. */
export function endWithStandIn(
  { target, live }: RehearsalRequest,
  folder: RunFolder,
  recorder: Recorder,
  ending: Ending,
): () => void {
  let isOver = false;
  void target.broken?.then(({ problem, log }) => {
    if (isOver) return;
    const clean = cleanerFor(target);
    const cause = clean(problem.cause);
    ending.stop('aborted', { ...problem, cause });
    recorder.record({ type: 'gap', atMs: Date.now(), reason: cause });
    try {
      folder.write(files.standInLog, `${clean(log)}\n`);
    } catch (error) {
      live.note(`what the sandbox said last was not kept: ${(error as Error).message}`);
    }
  });
  return () => {
    isOver = true;
  };
}
