/** A Toxiproxy of our own on loopback. It ends with the runner, however that ends. */
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { PeakproofError, type Problem, problem } from '../../../../scenarios/problem.ts';
import { type GuardedProcess, spawnGuarded } from '../../../process/spawn-guarded.ts';
import { askVersion, createProxy } from './api.ts';
import { freePort } from './ports.ts';

const startPatienceMs = 5_000;
const pollMs = 25;
/** Tries at a port that somebody may take between our look and Toxiproxy's. */
const tries = 5;

export interface ToxiproxyServer {
  /** Of its control interface. */
  readonly url: string;
  readonly pid: number;
  /** Resolves if it ends without `stop`. Never rejects. */
  readonly broken: Promise<Problem>;
  /** Puts a proxy before `upstream` (`host:port`); resolves with the port of 127.0.0.1 that it listens on. */
  addProxy(name: string, upstream: string): Promise<number>;
  stop(): Promise<void>;
}

/** @throws PeakproofError TOXIPROXY_UNUSABLE if it does not come up. */
export async function startToxiproxy(path: string): Promise<ToxiproxyServer> {
  const failures: string[] = [];
  for (let attempt = 0; attempt < tries; attempt++) {
    const started = await startOnce(path);
    if (typeof started !== 'string') return started;
    failures.push(started);
  }
  throw new PeakproofError(problem('TOXIPROXY_UNUSABLE', `${path} does not start: ${failures.at(-1)}`));
}

/** The running server, or why there is none. */
async function startOnce(path: string): Promise<ToxiproxyServer | string> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let child: GuardedProcess;
  try {
    child = await spawnGuarded({
      file: path,
      args: ['-host', '127.0.0.1', '-port', String(port)],
      env: { PATH: process.env.PATH ?? '', LOG_LEVEL: 'error' },
      cwd: process.cwd(), // it reads and writes no files
    });
  } catch (error) {
    return (error as Error).message;
  }
  const log = keepLastWords(child);
  const failure = await waitUntilUp(url, child, log);
  if (failure === undefined) return running(url, child, log);
  await end(child);
  return failure;
}

function running(url: string, child: GuardedProcess, log: LastWords): ToxiproxyServer {
  let isStopping = false;
  const broken = new Promise<Problem>((tell) => {
    void child.ended.then(({ code, signal }) => {
      if (isStopping) return;
      const how = signal === undefined ? `with exit code ${code}` : `by ${signal}`;
      tell(problem('TOXIPROXY_ENDED', `Toxiproxy ended ${how} in mid-run${log.text()}`));
    });
  });
  return {
    url,
    pid: child.pid,
    broken,
    addProxy: (name, upstream) => addProxy(url, name, upstream),
    stop: async () => {
      isStopping = true;
      await end(child);
    },
  };
}

async function addProxy(url: string, name: string, upstream: string): Promise<number> {
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    try {
      await createProxy(url, { name, listen: `127.0.0.1:${port}`, upstream });
      return port;
    } catch (error) {
      if (attempt < tries) continue;
      const cause = `no proxy before ${upstream}: ${(error as Error).message}`;
      throw new PeakproofError(problem('TOXIPROXY_UNUSABLE', cause));
    }
  }
}

async function end(child: GuardedProcess): Promise<void> {
  child.signal('SIGKILL'); // it has nothing to save, and would wait for open connections
  await child.ended;
}

async function waitUntilUp(url: string, child: GuardedProcess, log: LastWords): Promise<string | undefined> {
  const ended = child.ended.then(() => true);
  const deadline = Date.now() + startPatienceMs;
  while (Date.now() < deadline) {
    if (await Promise.race([ended, sleep(pollMs)])) return `it ended at once${log.text()}`;
    // It stays alive without its port; whatever answers there then is another program.
    if (log.text() !== '') return log.text().slice(2);
    if (await isUp(url)) return undefined;
  }
  return `it did not answer within ${startPatienceMs / 1000} s`;
}

async function isUp(url: string): Promise<boolean> {
  return askVersion(url).then(
    () => true,
    () => false,
  );
}

interface LastWords {
  /** `: ` and its last error, or nothing. */
  text(): string;
}

function keepLastWords(child: GuardedProcess): LastWords {
  let last = '';
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      last = line.slice(0, 500);
    });
  }
  return { text: () => last && `: ${last}` };
}
