/** The OTLP/HTTP collector: takes metrics from this run's generator on loopback, and from nobody else. */
import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { wantedMetrics } from '../metric-names.ts';
import { decodeMetrics, type Metric } from './decode.ts';

/** k6 sends tens of kilobytes a second; both limits hold, for what is sent and for what it unpacks to. */
const bodyLimitBytes = 16 * 1024 * 1024;
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

class Rejection extends Error {
  readonly status: number;

  constructor(status: number, cause: string) {
    super(cause);
    this.status = status;
  }
}

/** Listens on a free port of loopback. `token` is the bearer token that every post must carry. */
export async function startReceiver(token: string, keep: KeepExport): Promise<Receiver> {
  const rejections = new Map<string, number>();
  let accepted = 0;
  const server = createServer(async (request, response) => {
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
  server.requestTimeout = 10_000;
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
  if (!isAuthorised(request.headers.authorization, token)) throw new Rejection(401, 'wrong token');
  if (request.headers['content-type'] !== contentType) throw new Rejection(415, 'not protobuf');
  const body = await unpack(await readBody(request), request.headers['content-encoding']);
  keep(decode(body));
}

function isAuthorised(header: string | undefined, token: string): boolean {
  const given = Buffer.from(header ?? '');
  const expected = Buffer.from(`Bearer ${token}`);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** Stops reading as soon as the body is, or says it is, too long. */
async function readBody(request: IncomingMessage): Promise<Buffer> {
  const tooLong = new Rejection(413, 'body too long');
  if (Number(request.headers['content-length'] ?? 0) > bodyLimitBytes) throw tooLong;
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > bodyLimitBytes) throw tooLong;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function unpack(body: Buffer, encoding: string | undefined): Promise<Buffer> {
  if (encoding === undefined || encoding === 'identity') return body;
  if (encoding !== 'gzip') throw new Rejection(415, 'unknown content encoding');
  try {
    return await promisify<Buffer, { maxOutputLength: number }, Buffer>(gunzip)(body, {
      maxOutputLength: bodyLimitBytes,
    });
  } catch (error) {
    const isTooLong = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    throw isTooLong ? new Rejection(413, 'body too long') : new Rejection(400, 'broken gzip');
  }
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
