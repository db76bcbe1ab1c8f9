/** The Faro collector: takes beacons of browsers that know the key, as many and as large as it can bear. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { PeakproofError, problem } from '../../../scenarios/problem.ts';
import { isSameSecret, Rejection, readBody, timeoutsOf } from '../http-body.ts';
import { type Beacon, parseBeacon } from './payload.ts';
import { rateLimit } from './rate-limit.ts';
import { Recent } from './recent.ts';

export interface FaroReceiver {
  readonly port: number;
  /** What the SDK is given as `url`. */
  readonly url: string;
  readonly apiKey: string;
  /** Beacons taken in so far. */
  readonly accepted: number;
  close(): Promise<void>;
}

export interface FaroReceiverOptions {
  /** A free port if 0. */
  readonly port: number;
  readonly apiKey: string;
  /** Never throws. */
  readonly keep: (beacon: Beacon) => void;
  /** Called for each request that is turned away. */
  readonly onRejected: (cause: string) => void;
  readonly limits?: Partial<typeof usualLimits>;
}

/** The SDK sends some kilobytes a batch; a page that reports everything sends a few batches. */
const usualLimits = {
  ...{ bodyBytes: 1024 * 1024, perSecond: 500, burst: 1000, connections: 500 },
  /** From a request's first byte to its last. */
  requestMs: 10_000,
};

/** A retry comes within seconds of what it repeats. */
const keptIdempotencyKeys = 20_000;
const longestIdempotencyKey = 200;
const retryAfterSeconds = 1;

const cors = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'Retry-After',
} as const;

const preflight = {
  ...cors,
  'access-control-allow-methods': 'POST, OPTIONS',
  'access-control-allow-headers':
    'content-type, content-encoding, x-api-key, x-faro-session-id, idempotency-key, traceparent',
  'access-control-max-age': '3600',
} as const;

/**
 * Listens on loopback.
 * @throws PeakproofError PORT_IN_USE.
 */
export async function startFaroReceiver(options: FaroReceiverOptions): Promise<FaroReceiver> {
  const limits = { ...usualLimits, ...options.limits };
  const take = takerOf(options, limits);
  let accepted = 0;
  const server = createServer(timeoutsOf(limits.requestMs), async (request, response) => {
    try {
      if (request.url?.split('?', 1)[0] !== '/collect') throw new Rejection(404, 'unknown path');
      if (request.method === 'OPTIONS') {
        response.writeHead(204, preflight).end();
        return;
      }
      await take(request);
      accepted += 1;
      response.writeHead(202, cors).end();
    } catch (error) {
      const rejection = error instanceof Rejection ? error : new Rejection(500, 'internal error');
      options.onRejected(rejection.message);
      refuse(request, response, rejection.status);
    }
  });
  server.maxConnections = limits.connections;
  const port = await listen(server, options.port);
  return {
    port,
    url: `http://127.0.0.1:${port}/collect`,
    apiKey: options.apiKey,
    get accepted() {
      return accepted;
    },
    close: async () => {
      server.closeAllConnections();
      await promisify(server.close.bind(server))();
    },
  };
}

/** Takes in one request, the cheapest checks first: nothing is read before rate and key are right. */
function takerOf({ apiKey, keep }: FaroReceiverOptions, limits: typeof usualLimits) {
  const isWithinRate = rateLimit(limits);
  const seen = new Recent<true>(keptIdempotencyKeys);
  return async (request: IncomingMessage): Promise<void> => {
    if (request.method !== 'POST') throw new Rejection(405, 'not a POST');
    if (!isWithinRate()) throw new Rejection(429, 'too many beacons a second');
    if (!isSameSecret(headerOf(request, 'x-api-key'), apiKey)) throw new Rejection(401, 'wrong API key');
    const body = (await readBody(request, limits.bodyBytes)).toString('utf8');
    const given = headerOf(request, 'idempotency-key');
    const key = given.length > longestIdempotencyKey ? '' : given;
    // A batch that was taken in, and whose answer was lost.
    if (key !== '' && seen.has(key)) return;
    const beacon = parseBeacon(body);
    if (key !== '') seen.set(key, true);
    keep(beacon);
  };
}

function headerOf(request: IncomingMessage, name: string): string {
  const value = request.headers[name];
  return typeof value === 'string' ? value : '';
}

function listen(server: ReturnType<typeof createServer>, port: number): Promise<number> {
  return new Promise((listening, failed) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      failed(
        error.code === 'EADDRINUSE'
          ? new PeakproofError(problem('PORT_IN_USE', `port ${port} is taken by another program`))
          : error,
      ),
    );
    server.listen(port, '127.0.0.1', () => listening((server.address() as AddressInfo).port));
  });
}

/** Of a body that is too long nothing more is read; any other is small, and its connection worth keeping. */
function refuse(request: IncomingMessage, response: ServerResponse, status: number): void {
  const retry = status === 429 ? { 'retry-after': String(retryAfterSeconds) } : {};
  if (status === 413) {
    response.writeHead(status, { ...cors, connection: 'close' }).end(() => request.destroy());
    return;
  }
  request.resume();
  response.writeHead(status, { ...cors, ...retry }).end();
}
