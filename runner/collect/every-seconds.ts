/**
 * Calls `work` once in every `seconds` of wall-clock time, `offsetMs` after the full second, until stopped.
 * A call that is still at work when its next turn comes makes that turn be skipped, not pile up.
 */
export function everySeconds(
  seconds: number,
  offsetMs: number,
  work: (atMs: number) => Promise<void> | void,
): () => void {
  const periodMs = seconds * 1000;
  let timer: NodeJS.Timeout;
  const next = (): void => {
    const nowMs = Date.now();
    const waitMs = periodMs - ((nowMs - offsetMs) % periodMs);
    timer = setTimeout(turn, waitMs);
  };
  let stopped = false;
  const turn = async (): Promise<void> => {
    await work(Date.now());
    if (!stopped) next();
  };
  next();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
