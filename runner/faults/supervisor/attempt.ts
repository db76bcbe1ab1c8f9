/** Does one action, and tells what came of it. Each is bounded by its own timeout; nothing here throws. */
import { spawn } from 'node:child_process';
import { request } from 'undici';
import { withDeadline } from '../../process/deadline.ts';
import { sendSignal } from '../../process/named-process.ts';
import type { Action } from '../types.ts';

/** What came of an action. */
export interface Answer {
  /** From the start until the whole answer was there, or until there was none. */
  readonly ms: number;
  readonly status?: number;
  readonly exitCode?: number;
  /** The first part of the body or of standard output. */
  readonly text?: string;
  /** Why there is no answer, in a few words. */
  readonly failure?: string;
  /** Nobody listens there any more. */
  readonly refused?: boolean;
}

/** A signal is sent by the kernel, a pid may have to be asked for. */
const signalPatienceMs = 6_000;
const keptCharacters = 64 * 1024;
/** What a program wrote is there a moment after its end. */
const lastWordsMs = 500;

/** Resolves within the action's timeout, earlier if `signal` is aborted. */
export async function attempt(action: Action, signal: AbortSignal): Promise<Answer> {
  const startedAtMs = performance.now();
  const timeoutMs = action.type === 'signal' ? signalPatienceMs : action.timeoutMs;
  const answer = await withDeadline(timeoutMs, signal, (bounded) =>
    outcomeOf(action, bounded).catch((error: NodeJS.ErrnoException) => ({
      failure: failureText(error, bounded, timeoutMs),
      ...(error.code === 'ECONNREFUSED' ? { refused: true } : {}),
    })),
  );
  return { ms: performance.now() - startedAtMs, ...answer };
}

function failureText(error: NodeJS.ErrnoException, bounded: AbortSignal, timeoutMs: number): string {
  if (!bounded.aborted) return error.code ?? error.message;
  const isLate = (bounded.reason as Error | undefined)?.name === 'TimeoutError';
  return isLate ? `no answer in ${timeoutMs} ms` : 'it was cut short';
}

function outcomeOf(action: Action, signal: AbortSignal): Promise<Omit<Answer, 'ms'>> {
  switch (action.type) {
    case 'http':
      return ask(action, signal);
    case 'process':
      return run(action, signal);
    case 'signal':
      return sendSignal(action.process, action.signal).then(() => ({}));
  }
}

/** A connection of its own each time: one that was kept would survive a server that refuses new ones. */
async function ask(
  { method, url, headers, body }: Extract<Action, { type: 'http' }>,
  signal: AbortSignal,
): Promise<Omit<Answer, 'ms'>> {
  const json = body === undefined ? {} : { 'content-type': 'application/json' };
  const response = await request(url, {
    method,
    headers: { ...json, ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    reset: true,
    signal,
  });
  let text = '';
  response.body.setEncoding('utf8');
  for await (const chunk of response.body) if (text.length < keptCharacters) text += chunk;
  return { status: response.statusCode, text: text.slice(0, keptCharacters) };
}

/** In a process group of its own, which ends as a whole when time is up. */
function run(
  { file, args, env, input }: Extract<Action, { type: 'process' }>,
  signal: AbortSignal,
): Promise<Omit<Answer, 'ms'>> {
  return new Promise((ended, failed) => {
    const child = spawn(file, args, { env: { ...process.env, ...env }, detached: true });
    let text = '';
    const hear = (chunk: Buffer): void => {
      if (text.length < keptCharacters) text += chunk.toString();
    };
    const killGroup = (): void => {
      endGroup(child.pid);
      failed(signal.reason);
    };
    if (signal.aborted) killGroup();
    signal.addEventListener('abort', killGroup, { once: true });
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('error', failed);
    child.once('exit', (code, by) => {
      signal.removeEventListener('abort', killGroup);
      const tell = () => {
        if (code === null) failed(new Error(`${file} was ended by ${by}`));
        else ended({ exitCode: code, text: text.slice(0, keptCharacters) });
      };
      child.once('close', tell);
      // A service that it started may hold its output open for as long as it lives.
      setTimeout(tell, lastWordsMs).unref();
    });
    // A program that reads nothing closes its input: that is no failure.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended meanwhile.
  }
}
