/**
 * The supervisor: a small process that holds faults as leases. It runs apart from the terminal's process group, so
 * that Ctrl-C does not reach it, and takes every fault back when it is told to, when the runner stops beating, or
 * when the channel to the runner closes, in whatever way the runner ended.
 *
 * Started by supervise.ts.
 */
import { type Journal, openJournal } from '../../store/journal.ts';
import type { FaultEvent } from '../events.ts';
import { leaseMs, watchBeats } from './beats.ts';
import { Leases } from './leases.ts';
import type { FromSupervisor, ToSupervisor } from './messages.ts';
import { createTools, pause } from './tools.ts';

/** Nobody waits for a system to be steady whose runner is gone; what is seen at once is written down. */
const orphanSettleMs = 1_000;

/** A runner that hangs reads nothing. */
const tellPatienceMs = 500;

let journal: Journal | undefined;
let leases: Leases | undefined;
let isEnding = false;

/** Resolves when the message is on its way, or cannot be any more. */
function tell(message: FromSupervisor): Promise<void> {
  // A channel that closes just now says so by itself.
  return new Promise((told) => {
    if (process.connected) process.send?.(message, undefined, undefined, () => told());
    else told();
  });
}

function onEvent(event: FaultEvent): void {
  journal?.append(event);
  void tell({ type: 'event', event });
}

function note(step: 'supervisor-started' | 'lease-lost' | 'ending' | 'supervisor-ended', text: string): void {
  journal?.append({ atMs: Date.now(), step, text });
}

const beats = watchBeats(leaseMs, () => {
  const why = `the runner did not renew its lease for ${leaseMs} ms`;
  note('lease-lost', why);
  void tell({ type: 'lost', why });
  void leases?.endAll(why);
});

function start({ procedures, mayOverlap, ...message }: Extract<ToSupervisor, { type: 'start' }>): void {
  journal = openJournal(message.journal, message.confidential);
  const tools = createTools(onEvent, (action) => journal?.append(action));
  leases = new Leases(procedures, tools, mayOverlap);
  note('supervisor-started', `process ${process.pid} holds ${procedures.length} faults`);
  void tell({ type: 'ready' });
}

/** Told a second time, it only waits no longer than it is told to. */
async function end(why: string, settleMs: number): Promise<void> {
  if (isEnding) return leases?.settle(settleMs);
  isEnding = true;
  beats.stop();
  note('ending', why);
  const allTakenBack = (await leases?.endAll(why)) ?? true;
  const told = tell({ type: 'rolled-back' });
  await leases?.settle(settleMs);
  note('supervisor-ended', allTakenBack ? 'no fault is active' : 'not every fault could be taken back');
  await Promise.race([told, pause(tellPatienceMs)]);
  process.exit(0);
}

process.on('message', (message: ToSupervisor) => {
  if (message.type === 'beat') {
    beats.beat();
    void tell({ type: 'beat' });
  } else if (message.type === 'start') start(message);
  else if (message.type === 'order') leases?.order(message.fault, message);
  else void end(message.why, message.settleMs);
});
process.once('disconnect', () => void end('the runner is gone', orphanSettleMs));
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
  process.on(signal, () => {
    void tell({ type: 'lost', why: `the supervisor got ${signal}` });
    void end(`the supervisor got ${signal}`, orphanSettleMs);
  });
}
process.on('uncaughtException', (error) => {
  void tell({ type: 'lost', why: `the supervisor failed: ${error.message}` });
  void end(`the supervisor failed: ${error.message}`, orphanSettleMs);
});
