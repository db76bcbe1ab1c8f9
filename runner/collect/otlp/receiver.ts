/** The OTLP/HTTP collector: takes metrics from this run's generator on loopback, and from nobody else. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { isSameSecret, Rejection, readBody, timeoutsOf } from '../http-body.ts';
import { wantedMetrics } from '../metric-names.ts';
import { decodeMetrics, type Metric } from './decode.ts';

/** k6 sends tens of kilobytes a second; both limits hold, for what is sent and for what it unpacks to. */
const bodyLimitBytes = 16 * 1024 * 1024;
const requestMs = 10_000;
const contentType = 'application/x-protobuf';

export interface Receiver {
  readonly port: number;
  /** Posts accepted so far. */
  readonly accepted: number;
  /** Posts turned away so far, per cause. */
  readonly rejections: ReadonlyMap<string, number>;
  close(): Promise<void>;
}

/**
 * Keeps an export before it is answered with 200: what was acknowledged is never sent again.
 * If it throws, the answer is 500, which OTLP senders do not retry: a full disk stays full.
 */
export type KeepExport = (metrics: readonly Metric[]) => void;

/** Listens on a free port of loopback. `token` is the bearer token that every post must carry. */
export async function startReceiver(token: string, keep: KeepExport): Promise<Receiver> {
  const rejections = new Map<string, number>();
  let accepted = 0;
  const server = createServer(timeoutsOf(requestMs), async (request, response) => {
    try {
      await receive(request, token, keep);
      accepted += 1;
      response.writeHead(200, { 'content-type': contentType }).end();
    } catch (error) {
      const rejection = error instanceof Rejection ? error : new Rejection(500, String(error));
      rejections.set(rejection.message, (rejections.get(rejection.message) ?? 0) + 1);
      refuse(request, response, rejection.status);
    }
  });
  await new Promise<void>((done, failed) => {
    server.once('error', failed);
    server.listen(0, '127.0.0.1', done);
  });
  return {
    port: (server.address() as AddressInfo).port,
    get accepted() {
      return accepted;
    },
    rejections,
    close: async () => {
      server.closeAllConnections();
      await promisify(server.close.bind(server))();
    },
  };
}

async function receive(request: IncomingMessage, token: string, keep: KeepExport): Promise<void> {
  if (request.method !== 'POST' || request.url !== '/v1/metrics') throw new Rejection(404, 'unknown path');
  if (!isSameSecret(request.headers.authorization ?? '', `Bearer ${token}`))
    throw new Rejection(401, 'wrong token');
  if (request.headers['content-type'] !== contentType) throw new Rejection(415, 'not protobuf');
  keep(decode(await readBody(request, bodyLimitBytes)));
}

function decode(body: Uint8Array): Metric[] {
  try {
    return decodeMetrics(body, wantedMetrics);
  } catch {
    throw new Rejection(400, 'not OTLP metrics');
  }
}

function refuse(request: IncomingMessage, response: ServerResponse, status: number): void {
  // What is left of an unwanted body is not read: the connection ends with the answer.
  response.writeHead(status, { connection: 'close' }).end(() => request.destroy());
}
