/**
 * One process at a time provisions; the others wait for its result. The lock saves work and nothing more:
 * a finished binary is renamed into place, so even two holders (after a laptop slept, say) do no harm.
 */
import { mkdir, open, readFile, rm, stat, utimes } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const heartbeatMs = 2_000;
/** A holder that has not shown a heartbeat for this long is gone. */
const staleMs = 15_000;
const pollMs = 250;

/**
 * Runs the action while holding the lock file. A lock whose holder died is taken over.
 * @param onWait called with the holder's process id when another one holds it.
 */
export async function withLock<T>(
  path: string,
  onWait: (holder: string) => void,
  action: () => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  await mkdir(dirname(path), { recursive: true });
  while (!(await tryLock(path))) {
    const holder = (await readFile(path, 'utf8').catch(() => '')).trim();
    if (await isStale(path)) await rm(path, { force: true });
    else {
      onWait(holder);
      await sleep(pollMs, undefined, signal ? { signal } : {});
    }
  }
  const heartbeat = setInterval(() => utimes(path, new Date(), new Date()).catch(() => {}), heartbeatMs);
  try {
    return await action();
  } finally {
    clearInterval(heartbeat);
    await rm(path, { force: true });
  }
}

async function tryLock(path: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx');
    await file.writeFile(String(process.pid));
    await file.close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** The heartbeat decides, not the holder's process id: the cache may lie on a file system shared by machines. */
async function isStale(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found !== undefined && Date.now() - found.mtimeMs > staleMs;
}
