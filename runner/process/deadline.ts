/**
 * Does work under a signal that is aborted with `outer`, or after `ms` with a TimeoutError. (`AbortSignal.any` of
 * Node 20 may forget a timeout among its sources when memory is collected.)
 */
export async function withDeadline<T>(
  ms: number,
  outer: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const inner = new AbortController();
  const timer = setTimeout(() => inner.abort(new DOMException('time is up', 'TimeoutError')), ms);
  const follow = (): void => inner.abort(outer.reason);
  if (outer.aborted) follow();
  outer.addEventListener('abort', follow);
  try {
    return await work(inner.signal);
  } finally {
    clearTimeout(timer);
    outer.removeEventListener('abort', follow);
  }
}

/** For work that only time ends. */
export const neverAborted: AbortSignal = new AbortController().signal;
