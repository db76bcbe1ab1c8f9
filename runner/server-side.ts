/** The servers' own view of a rehearsal: whether their metrics can be asked for, and what they say. */
import { checkSources, collectSeries, sourceQueries } from './collect/prometheus/collect.ts';
import type { Recorder } from './collect/recorder.ts';
import { redact } from './redact.ts';
import type { RehearsalRequest } from './types.ts';

/** Whoever waits for an hour of load should know from the start what will be missing then. */
export async function warnOfSources(request: RehearsalRequest): Promise<void> {
  const { suite, plan, target, live, stopSignal } = request;
  for (const fault of await checkSources(sourceQueries(plan, suite.objectives), target, stopSignal)) {
    live.note(redact(`objectives will lack data: ${fault}`, target.confidential));
  }
}

/** Records what the servers counted until now, as the objectives ask for it. */
export async function askServers(request: RehearsalRequest, recorder: Recorder): Promise<void> {
  const { suite, plan, target, live, killSignal } = request;
  const asked = sourceQueries(plan, suite.objectives);
  const { startedAtMs } = recorder;
  if (asked.length === 0 || startedAtMs === undefined) return;
  live.note('asking for what the servers counted');
  const problems = new Set<string>();
  await collectSeries(asked, {
    target,
    startedAtMs,
    endedAtMs: Date.now(),
    signal: killSignal,
    record: (event) => {
      if (event.type === 'series' && event.problem !== undefined) problems.add(event.problem);
      recorder.record(event);
    },
  });
  for (const problem of problems) live.note(redact(`no data: ${problem}`, target.confidential));
}
