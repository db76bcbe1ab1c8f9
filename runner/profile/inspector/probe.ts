/** What a Node thread tells about itself: CPU profile, heap after a collection, event-loop delay, GC pauses. */
import type { CpuProfile } from '../../../slo/profile/cpu-profile.ts';
import type { InspectorSession } from './session.ts';

/** How often V8 looks at the stack: 1,000 samples a busy second are plenty, and cost a few percent. */
const samplingMicroseconds = 1000;
const coarseMicroseconds = 500_000;
const delayResolutionMs = 10;
/** Where the probe lives in the thread. */
const place = `globalThis[Symbol.for('peakproof.profile')]`;
/** A built-in module of the thread; where Node is too old for getBuiltinModule, `evaluate` brings `require`. */
const builtIn = (name: string) =>
  `(process.getBuiltinModule ?? (typeof require === 'function' ? require : () => undefined))('${name}')`;

export interface ThreadReading {
  readonly nodeVersion: string;
  /** Time since the thread's start in which its event loop was not waiting. */
  readonly busyMs: number;
  /** Undefined in a Node that does not let us watch. */
  readonly eventLoopDelayMs?: { readonly p50: number; readonly p99: number; readonly max: number };
  /** Pauses since `watchThread`. */
  readonly pausesMs?: readonly number[];
}

/**
 * Starts to watch event-loop delay and GC pauses from now on; what was seen before is forgotten.
 * @throws Error if the thread does not answer.
 */
export async function watchThread(session: InspectorSession): Promise<void> {
  await evaluate(
    session,
    `(() => {
      const hooks = ${builtIn('perf_hooks')};
      if (!hooks) return;
      let watch = ${place};
      if (!watch) {
        const delay = hooks.monitorEventLoopDelay({ resolution: ${delayResolutionMs} });
        watch = ${place} = { delay, pauses: [] };
        watch.observer = new hooks.PerformanceObserver((list) => {
          for (const { duration } of list.getEntries()) if (watch.pauses.length < 100000) watch.pauses.push(duration);
        });
        watch.observer.observe({ entryTypes: ['gc'] });
        delay.enable();
      }
      watch.delay.reset();
      watch.pauses.length = 0;
    })()`,
  );
}

/** Reads what was seen since `watchThread`. @throws Error if the thread does not answer. */
export function readThread(session: InspectorSession): Promise<ThreadReading> {
  return evaluate<ThreadReading>(
    session,
    `(() => {
      const watch = ${place};
      const ms = (ns) => Math.max(0, ns / 1e6 - ${delayResolutionMs});
      const seen = watch && watch.delay.count > 0;
      return {
        nodeVersion: process.version,
        busyMs: performance.eventLoopUtilization().active,
        ...(seen && { eventLoopDelayMs: { p50: ms(watch.delay.percentile(50)), p99: ms(watch.delay.percentile(99)), max: ms(watch.delay.max) } }),
        ...(watch && { pausesMs: watch.pauses.slice() }),
      };
    })()`,
  );
}

/** Takes the watch away again. */
export async function unwatchThread(session: InspectorSession): Promise<void> {
  await evaluate(
    session,
    `(() => {
      const watch = ${place};
      if (!watch) return;
      watch.delay.disable();
      watch.observer.disconnect();
      delete ${place};
    })()`,
  );
}

/** Heap and external memory in bytes after a forced collection, so that garbage is not taken for growth. */
export async function usedBytesAfterCollection(session: InspectorSession): Promise<number> {
  await session.send('HeapProfiler.enable');
  // The first collection runs finalizers, whose garbage the second one takes.
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.collectGarbage');
  return evaluate<number>(
    session,
    '(() => { const { heapUsed, external } = process.memoryUsage(); return heapUsed + external; })()',
  );
}

/**
 * Lets V8 note, in what it compiles from now on, which functions it inlines: without, their time is their caller's.
 * It does so while a profile is taken; one this coarse costs nothing.
 */
export async function noteInlining(session: InspectorSession): Promise<void> {
  await session.send('Profiler.enable');
  await session.send('Profiler.setSamplingInterval', { interval: coarseMicroseconds });
  await session.send('Profiler.start');
}

/** Samples the stack while `work` goes on, after `noteInlining`. */
export async function profileCpu(session: InspectorSession, work: () => Promise<void>): Promise<CpuProfile> {
  await session.send('Profiler.stop');
  await session.send('Profiler.setSamplingInterval', { interval: samplingMicroseconds });
  await session.send('Profiler.start');
  try {
    await work();
    const { profile } = await session.send<{ profile: CpuProfile }>('Profiler.stop');
    return profile;
  } finally {
    // Also after a failure: a profiler left on would slow the service down.
    await session.send('Profiler.disable').catch(() => {});
  }
}

interface Evaluated<T> {
  readonly result: { readonly value?: T };
  readonly exceptionDetails?: { readonly exception?: { readonly description?: string } };
}

async function evaluate<T>(session: InspectorSession, expression: string): Promise<T> {
  const { result, exceptionDetails } = await session.send<Evaluated<T>>('Runtime.evaluate', {
    expression,
    returnByValue: true,
    // Where Node is too old for process.getBuiltinModule, this brings `require`.
    includeCommandLineAPI: true,
  });
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? 'the thread threw');
  return result.value as T;
}

/** Closes the inspector of a process that had none before we came. */
export async function closeInspector(session: InspectorSession): Promise<void> {
  // Not at once: closing waits for connections to end, and this one is of them.
  await evaluate(
    session,
    `(() => {
      const inspector = ${builtIn('inspector')};
      setTimeout(() => inspector?.close(), 100).unref();
    })()`,
  );
}
