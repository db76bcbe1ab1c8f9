/** A service that a command starts: under a guard, so that it ends when we do, however we do. */
import { request } from 'undici';
import { PeakproofError, type ProblemCode, problem } from '../../scenarios/problem.ts';
import { type GuardedProcess, spawnGuarded } from '../process/spawn-guarded.ts';
import { type ListeningPort, listeningPorts } from './listening.ts';

export interface StartedCommand {
  readonly pid: number;
  /** Without a trailing slash. */
  readonly baseUrl: string;
  /** Addresses of inspectors that Node processes among it opened, in the order in which they did. */
  readonly inspectors: readonly string[];
  /** Resolves with the cause when it ends by itself. */
  readonly ended: Promise<string>;
  stop(): Promise<void>;
}

const startPatienceMs = 30_000;
const pollMs = 100;
const stopPatienceMs = 5_000;
/** What it last wrote, to explain its end. */
const keptCharacters = 2_000;

/**
 * Starts the command and waits until it answers at `url`, or listens on a port if none is given.
 * @throws PeakproofError PORT_IN_USE, SERVICE_NOT_STARTED, SERVICE_EXITED, SERVICE_PORT_UNKNOWN, TARGET_UNREACHABLE
 * or INTERRUPTED.
 */
export async function startCommand(
  command: readonly [file: string, ...args: string[]],
  { url, signal }: { readonly url?: string | undefined; readonly signal: AbortSignal },
): Promise<StartedCommand> {
  const [file, ...args] = command;
  // Otherwise another service would be loaded, and this one watched.
  if (url !== undefined && (await answers(url))) fail('PORT_IN_USE', `something answers at ${url} already`);
  const child = await spawn(file, args);
  const output = new Output(child);
  let isStopping = false;
  const exit = child.ended.then(({ code, signal: name }) => {
    const how = code === undefined ? `was ended by ${name}` : `ended with exit code ${code}`;
    return `${file} ${how}${output.tail === '' ? '' : `; it last wrote: ${output.tail}`}`;
  });
  const ended = new Promise<string>((resolve) => {
    void exit.then((cause) => (isStopping ? undefined : resolve(cause)));
  });
  const stop = async () => {
    isStopping = true;
    child.signal('SIGTERM');
    const timer = setTimeout(() => child.signal('SIGKILL'), stopPatienceMs);
    await exit;
    clearTimeout(timer);
  };
  try {
    const baseUrl = await Promise.race([
      waitForUrl(child.pid, url, output, signal),
      exit.then((cause) => fail('SERVICE_EXITED', `${cause} before it answered`)),
    ]);
    return { pid: child.pid, baseUrl, inspectors: output.inspectors, ended, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function fail(code: ProblemCode, cause: string): never {
  throw new PeakproofError(problem(code, cause));
}

async function spawn(file: string, args: readonly string[]): Promise<GuardedProcess> {
  const own = Object.entries(process.env).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  );
  // Only Node reads this, also behind `npm start`; port 0 lets the system choose for each process.
  const options = [process.env.NODE_OPTIONS, '--inspect=127.0.0.1:0'].filter(Boolean).join(' ');
  const env = { ...Object.fromEntries(own), NODE_OPTIONS: options };
  try {
    return await spawnGuarded({ file, args, env, cwd: process.cwd() });
  } catch (error) {
    return fail('SERVICE_NOT_STARTED', `cannot start ${file}: ${(error as Error).message}`);
  }
}

/** Reads what the command writes: its end, and where inspectors listen. */
class Output {
  readonly inspectors: string[] = [];
  #text = '';

  constructor({ stdout, stderr }: GuardedProcess) {
    for (const stream of [stdout, stderr])
      stream.setEncoding('utf8').on('data', (text: string) => this.#take(text));
  }

  get tail(): string {
    const lines = this.#text
      .split('\n')
      .filter((line) => !/^(Debugger |For help, see|Waiting for the debugger)/.test(line));
    return lines.join(' ').trim().slice(-300);
  }

  #take(text: string): void {
    this.#text = (this.#text + text).slice(-keptCharacters);
    for (const [, address = ''] of text.matchAll(
      /Debugger listening on (ws:\/\/127\.0\.0\.1:\d+\/[\w-]+)/g,
    )) {
      this.inspectors.push(address);
    }
  }
}

async function waitForUrl(
  pid: number,
  url: string | undefined,
  output: Output,
  signal: AbortSignal,
): Promise<string> {
  const deadlineMs = Date.now() + startPatienceMs;
  while (Date.now() < deadlineMs && !signal.aborted) {
    const listening = url === undefined ? listeningPorts(pid) : [];
    // What Node says of an inspector arrives a moment after it listens.
    await new Promise((done) => setTimeout(done, pollMs));
    const found = url ?? serviceUrl(listening, output);
    if (found !== undefined && (await answers(found))) return found;
  }
  if (signal.aborted) return fail('INTERRUPTED', 'stopped before the service answered');
  const seconds = startPatienceMs / 1000;
  if (url === undefined) {
    return fail(
      'SERVICE_PORT_UNKNOWN',
      `the command listens on no port after ${seconds} s that could be found`,
    );
  }
  const remedy = 'Name the address at which the command answers with --url.';
  throw new PeakproofError(
    problem('TARGET_UNREACHABLE', `nothing answers at ${url} after ${seconds} s`, { remedy }),
  );
}

/** The one port that is listened on beside inspectors. */
function serviceUrl(listening: readonly ListeningPort[], { inspectors }: Output): string | undefined {
  const ofInspectors = new Set(inspectors.map((address) => Number(new URL(address).port)));
  const ports = listening.filter(({ port }) => !ofInspectors.has(port));
  if (ports.length > 1) {
    const list = ports.map(({ port }) => port).join(', ');
    return fail('SERVICE_PORT_UNKNOWN', `the command listens on several ports: ${list}`);
  }
  return ports[0] && `http://127.0.0.1:${ports[0].port}`;
}

/** Any answer will do: whether it is the right one is asked later. */
async function answers(url: string): Promise<boolean> {
  try {
    const { body } = await request(url, { signal: AbortSignal.timeout(5_000) });
    await body.dump();
    return true;
  } catch {
    return false;
  }
}
