/** The part of a rehearsal after its load: the servers' own metrics, the books, the audits. */
import type { LedgerEntry } from '../slo/ledger/lines.ts';
import type { Measurements } from '../slo/measurements.ts';
import { createAsk } from './collect/ask.ts';
import { runAudits } from './collect/audits.ts';
import { readBack } from './collect/read-back.ts';
import type { Recorder } from './collect/recorder.ts';
import type { LoadEnd } from './ending.ts';
import { askServers } from './server-side.ts';
import { keepFacts } from './stand-in-facts.ts';
import { readLedger, readLedgerLines } from './store/ledger.ts';
import { readSummary } from './store/read-run.ts';
import type { RunFolder } from './store/run-folder.ts';
import type { RehearsalRequest } from './types.ts';

/** What is asked when the load has ended, and with it all that was measured. */
export async function measureAfter(
  load: LoadEnd,
  request: RehearsalRequest,
  folder: RunFolder,
  recorder: Recorder,
): Promise<Measurements> {
  recordExceptions(folder.path, recorder);
  // Before the audits, whose requests the servers would count as well.
  await askServers(request, recorder);
  if (load.problems.length === 0) await audit(request, folder.path, recorder);
  await keepFacts(request, folder);
  recorder.record({ type: 'end', atMs: Date.now(), end: load.end });
  return recorder.finish(readSummary(folder.path));
}

/** A scenario that threw sent less than the plan says: whatever the rest shows is a part. */
function recordExceptions(runFolder: string, recorder: Recorder): void {
  let first: LedgerEntry | undefined;
  let times = 0;
  for (const entry of readLedger(runFolder)) {
    if (entry.kind !== 'script-exception') continue;
    first ??= entry;
    times += 1;
  }
  if (first === undefined) return;
  const where = `${first.scenario}, action ${first.action}: ${first.message}`;
  const reason = `the scenario script threw ${times} times, first in ${where}`;
  recorder.record({ type: 'gap', atMs: Date.now(), reason });
}

async function audit(request: RehearsalRequest, runFolder: string, recorder: Recorder): Promise<void> {
  const { suite, plan, target, live, killSignal } = request;
  const { audits = [], ledgers = [], catalog } = suite.suite;
  const { startedAtMs } = recorder;
  if (audits.length + ledgers.length === 0 || startedAtMs === undefined || killSignal.aborted) return;
  const ask = createAsk(catalog, target);
  const { secrets } = target;
  for (const ledger of ledgers) {
    live.note(`reading back: ${ledger.name}`);
    const lines = readLedgerLines(runFolder);
    const faults = plan.faults ?? [];
    const result = await readBack(ledger, { lines, faults, startedAtMs, ask, secrets, signal: killSignal });
    recorder.record({ type: 'ledger', atMs: Date.now(), result });
  }
  live.note(`auditing: ${audits.map(({ name }) => name).join(', ')}`);
  const ledger = readLedger(runFolder);
  const { measuredSeconds } = recorder.soFar();
  await runAudits(audits, { ledger, plan, startedAtMs, measuredSeconds, secrets, ask }, (event) => {
    if (event.type === 'gap') live.note(event.reason);
    recorder.record(event);
  });
}
