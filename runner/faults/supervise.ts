/** The runner's side of the supervisor: starts it, beats, orders faults, and notices when it is lost. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { PeakproofError, problem } from '../../scenarios/problem.ts';
import { forkApart } from '../process/fork-apart.ts';
import type { FaultEvent } from './events.ts';
import { type Beats, beatEveryMs, watchBeats } from './supervisor/beats.ts';
import type { LeaseTimes } from './supervisor/lease.ts';
import type { FromSupervisor, ToSupervisor } from './supervisor/messages.ts';

/** It starts within half a second, and within a few where it is compiled on the way. */
const startPatienceMs = 20_000;
/** A supervisor that is silent for so long hangs: it is killed, and whoever listens to `onGone` does its work. */
const silencePatienceMs = 5_000;

export interface SupervisorJob extends Omit<Extract<ToSupervisor, { type: 'start' }>, 'type'> {
  readonly onEvent: (event: FaultEvent) => void;
  /** Faults were taken back although nobody asked for it. */
  readonly onLost: (why: string) => void;
  /** The process ended before it had taken everything back. */
  readonly onGone: (why: string) => void;
}

/** @throws PeakproofError FAULTS_LOST if the process does not get ready. */
export async function startSupervisor(job: SupervisorJob): Promise<Supervisor> {
  const { onEvent, onLost, onGone, ...start } = job;
  const child = forkApart(new URL('./supervisor/main', import.meta.url), [], {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  child.send({ type: 'start', ...start } satisfies ToSupervisor, () => {});
  try {
    await readiness(child);
  } catch (error) {
    child.kill('SIGKILL');
    const cause = `the supervisor of faults did not start: ${(error as Error).message}`;
    const remedy = 'See `peakproof doctor`; nothing was broken and no load was sent.';
    throw new PeakproofError(problem('FAULTS_LOST', cause, { remedy }));
  }
  return new Supervisor(child, job);
}

async function readiness(child: ChildProcess): Promise<void> {
  const [message] = (await Promise.race([
    once(child, 'message', { signal: AbortSignal.timeout(startPatienceMs) }),
    once(child, 'exit').then(() => []),
  ])) as [FromSupervisor?];
  if (message?.type !== 'ready') throw new Error('it ended at once');
}

export class Supervisor {
  /** What was active has been taken back or given up, or the process is gone. */
  readonly rolledBack: Promise<void>;
  readonly ended: Promise<void>;
  readonly #child: ChildProcess;
  readonly #beating: NodeJS.Timeout;
  readonly #beats: Beats;
  #hasEnded = false;

  constructor(child: ChildProcess, { onEvent, onLost, onGone }: SupervisorJob) {
    this.#child = child;
    this.#beating = setInterval(() => this.#tell({ type: 'beat' }), beatEveryMs);
    this.#beats = watchBeats(silencePatienceMs, () => child.kill('SIGKILL'));
    // What it said last lies in the channel, which closes after it.
    const channelClosed = child.connected ? once(child, 'disconnect') : undefined;
    this.ended = Promise.all([once(child, 'exit'), channelClosed]).then(([[code, signal]]) => {
      this.#stopBeating();
      if (!this.#hasEnded) onGone(`the supervisor of faults ended (${signal ?? code})`);
    });
    this.rolledBack = new Promise((rolledBack) => {
      void this.ended.then(rolledBack);
      child.on('message', (message: FromSupervisor) => {
        if (message.type === 'beat') this.#beats.beat();
        else if (message.type === 'event') onEvent(message.event);
        else if (message.type === 'lost') onLost(message.why);
        else if (message.type === 'rolled-back') {
          this.#hasEnded = true;
          rolledBack();
        }
      });
    });
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Lets a fault take its course at these times. */
  order(fault: string, times: LeaseTimes): void {
    this.#tell({ type: 'order', fault, ...times });
  }

  /** Takes everything back, gives the system `settleMs` to be steady, and ends. */
  end(why: string, settleMs: number): void {
    this.#tell({ type: 'end', why, settleMs });
  }

  /** Waits for it no longer: it ends its work alone. */
  release(): void {
    this.#stopBeating();
    if (this.#child.connected) this.#child.disconnect();
    this.#child.unref();
  }

  #stopBeating(): void {
    clearInterval(this.#beating);
    this.#beats.stop();
  }

  #tell(message: ToSupervisor): void {
    // A channel that closes just now is noticed by the end of the process.
    if (this.#child.connected) this.#child.send(message, () => {});
  }
}
