/** Services to profile that are no part of a suite: one that answers at a URL, a process, a command. */
import { PeakproofError, problem } from '../../scenarios/problem.ts';
import type { Subject } from '../../slo/profile/types.ts';
import { startCommand } from '../targets/command.ts';
import { attachInspector, inspectorOf, isNode } from '../targets/inspectors.ts';
import { closeInspector } from './inspector/probe.ts';
import { openInspector } from './inspector/session.ts';
import { type TriedInspector, tryOpen } from './inspector/try-open.ts';
import type { RunningSubject } from './types.ts';

const never = new Promise<string>(() => {});

/** A service that somebody else runs: nothing is known of it but its answers. */
export function subjectAtUrl(url: string, name: string): RunningSubject {
  return {
    subject: { name, kind: 'url', url },
    baseUrl: withoutSlash(url),
    sharesProcess: false,
    ended: never,
    notes: [
      'Only answers were seen: name its process with --pid, or let peakproof start it, for CPU and memory.',
    ],
    problems: [],
    stop: async () => {},
  };
}

/**
 * A running process that answers at a URL; its inspector is opened if it is Node.
 * @throws PeakproofError SERVICE_NOT_FOUND if there is no such process.
 */
export async function subjectOfProcess(pid: number, url: string, name: string): Promise<RunningSubject> {
  if (!isAlive(pid)) throw new PeakproofError(problem('SERVICE_NOT_FOUND', `there is no process ${pid}`));
  const base = {
    subject: { name, kind: 'process', url } satisfies Subject,
    baseUrl: withoutSlash(url),
    pid,
    sharesProcess: false,
    ended: endOf(pid),
    notes: [],
    problems: [],
  };
  try {
    const { address, openedByUs } = await attachInspector(pid);
    const inspector = await openInspector(address);
    const stop = async () => {
      if (openedByUs) await closeInspector(inspector).catch(() => {});
      inspector.close();
    };
    return { ...base, inspector, stop };
  } catch (error) {
    const { message } = error as Error;
    const told = isNode(pid)
      ? { problems: [problem('INSPECTOR_UNAVAILABLE', message)] }
      : { notes: [`${message}: CPU and memory were read, but no functions.`] };
    return { ...base, ...told, stop: async () => {} };
  }
}

/** A command that is started, watched and stopped. @throws PeakproofError as `startCommand` does. */
export async function subjectOfCommand(
  command: readonly [file: string, ...args: string[]],
  options: { readonly url?: string | undefined; readonly name: string; readonly signal: AbortSignal },
): Promise<RunningSubject> {
  const started = await startCommand(command, options);
  const { baseUrl } = started;
  const { pid, address } = inspectorOf(started.pid, portOf(baseUrl), started.inspectors);
  const attached: TriedInspector =
    address === undefined ? { problems: [] } : await tryOpen(() => openInspector(address));
  return {
    subject: { name: options.name, kind: 'command', url: baseUrl },
    baseUrl: withoutSlash(baseUrl),
    pid,
    sharesProcess: false,
    ...attached,
    ended: started.ended,
    notes:
      address === undefined ? ['It is no Node process: CPU and memory were read, but no functions.'] : [],
    stop: async () => {
      attached.inspector?.close();
      await started.stop();
    },
  };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

const watchEveryMs = 250;

/** A process that is not our child tells nobody of its end: we look. */
function endOf(pid: number): Promise<string> {
  return new Promise((ended) => {
    const timer = setInterval(() => {
      if (isAlive(pid)) return;
      clearInterval(timer);
      ended(`process ${pid} ended`);
    }, watchEveryMs);
    timer.unref();
  });
}

function portOf(url: string): number {
  const { port, protocol } = new URL(url);
  return Number(port || (protocol === 'https:' ? 443 : 80));
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '');
}
