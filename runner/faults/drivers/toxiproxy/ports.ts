/** Ports for listeners that are closed and opened again while clients keep trying. */
import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * Below the range that systems take for outgoing connections (from 32768 on Linux, 49152 elsewhere): a client
 * that keeps connecting to a closed port of that range can get the port itself, and then nobody can listen there.
 */
const range = { from: 20_000, below: 32_768 };

const tries = 100;

/** A port of 127.0.0.1 that nobody listens on. @throws Error if none was found. */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < tries; attempt++) {
    const port = randomInt(range.from, range.below);
    if (await isFree(port)) return port;
  }
  throw new Error(`no free port of 127.0.0.1 from ${range.from} to ${range.below - 1}`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
