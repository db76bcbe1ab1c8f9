/** Bodies of requests that come from outside: limited in what is sent and in what it unpacks to. */
import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

/** Why a request is turned away; its message is the cause that is counted. */
export class Rejection extends Error {
  readonly status: number;

  constructor(status: number, cause: string) {
    super(cause);
    this.status = status;
  }
}

/**
 * How long a server waits for a whole request, checked once a second. To be given when the server is made: set later,
 * Node takes its own limit for headers (60 s) for that of requests, as it is the longer one.
 */
export function timeoutsOf(requestMs: number) {
  return { requestTimeout: requestMs, connectionsCheckingInterval: 1000 };
}

/** Compares in a time that tells nothing of the expected text. */
export function isSameSecret(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/**
 * The body, unpacked. Stops reading as soon as it is, or says it is, too long, and unpacking likewise.
 * @throws Rejection 413, 415 or 400.
 */
export async function readBody(request: IncomingMessage, limitBytes: number): Promise<Buffer> {
  const body = await receive(request, limitBytes);
  return unpack(body, request.headers['content-encoding'], limitBytes);
}

async function receive(request: IncomingMessage, limitBytes: number): Promise<Buffer> {
  const tooLong = new Rejection(413, 'body too long');
  if (Number(request.headers['content-length'] ?? 0) > limitBytes) throw tooLong;
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > limitBytes) throw tooLong;
      chunks.push(chunk);
    }
  } catch (error) {
    throw error === tooLong ? tooLong : new Rejection(400, 'body broken off');
  }
  return Buffer.concat(chunks);
}

async function unpack(body: Buffer, encoding: string | undefined, limitBytes: number): Promise<Buffer> {
  if (encoding === undefined || encoding === 'identity') return body;
  if (encoding !== 'gzip') throw new Rejection(415, 'unknown content encoding');
  try {
    return await promisify<Buffer, { maxOutputLength: number }, Buffer>(gunzip)(body, {
      maxOutputLength: limitBytes,
    });
  } catch (error) {
    const isTooLong = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    throw isTooLong ? new Rejection(413, 'body too long') : new Rejection(400, 'broken gzip');
  }
}
