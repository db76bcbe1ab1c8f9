/** Ctrl-C once asks for a graceful end, twice for an immediate one; SIGTERM and a closed terminal ask like once. */

export interface StopSignals {
  readonly stopSignal: AbortSignal;
  readonly killSignal: AbortSignal;
  /** Gives the signals back to Node. */
  readonly release: () => void;
}

/** @param onStop called once for each step of impatience, to tell the person what happens now. */
export function listenForStop(
  onStop: (message: string) => void,
  source: NodeJS.EventEmitter = process,
): StopSignals {
  const stop = new AbortController();
  const kill = new AbortController();
  const onSignal = () => {
    if (!stop.signal.aborted) {
      onStop('stopping: what was measured so far is evaluated (Ctrl-C again to end at once)');
      stop.abort();
    } else if (!kill.signal.aborted) {
      onStop('ending at once: what was written stays');
      kill.abort();
    }
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const name of signals) source.on(name, onSignal);
  return {
    stopSignal: stop.signal,
    killSignal: kill.signal,
    release: () => {
      for (const name of signals) source.off(name, onSignal);
    },
  };
}
