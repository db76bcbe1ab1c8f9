/** Services to profile that are no part of a suite: one that answers at a URL, a process, a command. */

import type { Problem } from '../../scenarios/problem.ts';
import { PeakproofError, problem } from '../../scenarios/problem.ts';
import type { Subject } from '../../slo/profile/types.ts';
import { startCommand } from '../targets/command.ts';
import { attachInspector, inspectorOf } from '../targets/inspectors.ts';
import { programOf } from '../targets/listening.ts';
import { closeInspector } from './inspector/probe.ts';
import { type InspectorSession, openInspector } from './inspector/session.ts';
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
    const isNode = /^node/.test(programOf(pid) ?? '');
    const problems = isNode ? [noInspector((error as Error).message)] : [];
    const notes = isNode ? [] : [`${(error as Error).message}: CPU and memory were read, but no functions.`];
    return { ...base, notes, problems, stop: async () => {} };
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
  const attached = await tryOpen(address);
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

async function tryOpen(
  address: string | undefined,
): Promise<{ readonly inspector?: InspectorSession; readonly problems: readonly Problem[] }> {
  if (address === undefined) return { problems: [] };
  try {
    return { inspector: await openInspector(address), problems: [] };
  } catch (error) {
    return { problems: [noInspector((error as Error).message)] };
  }
}

function noInspector(cause: string): Problem {
  return problem('INSPECTOR_UNAVAILABLE', cause);
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
