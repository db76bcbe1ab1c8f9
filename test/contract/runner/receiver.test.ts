import { request } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Metric } from '../../../runner/collect/otlp/decode.ts';
import { type Receiver, startReceiver } from '../../../runner/collect/otlp/receiver.ts';
import { recordedExports } from '../../fixtures/otlp/recorded.ts';

const body = recordedExports[0] ?? Buffer.alloc(0);
const limitBytes = 16 * 1024 * 1024;

let receiver: Receiver;
let kept: (readonly Metric[])[];
let diskIsFull: boolean;

beforeEach(async () => {
  kept = [];
  diskIsFull = false;
  receiver = await startReceiver('secret-token', (metrics) => {
    if (diskIsFull) throw new Error('full');
    kept.push(metrics);
  });
});
afterEach(() => receiver.close());

const right = { authorization: 'Bearer secret-token', 'content-type': 'application/x-protobuf' };

/** Resolves with the status, also if the receiver stops reading in the middle of the body. */
function post(
  chunks: readonly Uint8Array[],
  headers: Record<string, string> = right,
  path = '/v1/metrics',
): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request({ port: receiver.port, host: '127.0.0.1', method: 'POST', path, headers });
    let status: number | undefined;
    sent.on('response', (response) => {
      status = response.statusCode;
      response.resume();
      resolve(status);
    });
    sent.on('error', (error) => (status === undefined ? reject(error) : undefined));
    for (const chunk of chunks) sent.write(chunk);
    sent.end();
  });
}

describe('the collector', () => {
  it('keeps what this run posts', async () => {
    expect(await post([body])).toBe(200);
    expect(kept[0]?.map((metric) => metric.name)).toContain('http_reqs');
    expect(receiver.accepted).toBe(1);
  });

  it('unpacks gzip before it keeps', async () => {
    expect(await post([gzipSync(body)], { ...right, 'content-encoding': 'gzip' })).toBe(200);
    expect(kept[0]?.map((metric) => metric.name)).toContain('http_reqs');
  });

  it.each([
    ['a wrong token', 401, { ...right, authorization: 'Bearer wrong-token!' }],
    ['no token', 401, { 'content-type': 'application/x-protobuf' }],
    ['JSON', 415, { ...right, 'content-type': 'application/json' }],
    ['an unknown encoding', 415, { ...right, 'content-encoding': 'br' }],
    ['gzip that is none', 400, { ...right, 'content-encoding': 'gzip' }],
    ['a length of 1 GB', 413, { ...right, 'content-length': String(1024 ** 3) }],
  ])('refuses %s with %i', async (_, status, headers: Record<string, string>) => {
    const refused = 'content-length' in headers ? postHeadOnly(headers) : post([body], headers);
    expect(await refused).toBe(status);
    expect(kept).toEqual([]);
    expect([...receiver.rejections.values()]).toEqual([1]);
  });

  it('refuses another path', async () => {
    expect(await post([body], right, '/v1/traces')).toBe(404);
  });

  it('refuses garbage', async () => {
    expect(await post([Buffer.from('not protobuf at all')])).toBe(400);
    expect(kept).toEqual([]);
  });

  it('stops reading a body that does not end', async () => {
    const chunks = Array.from({ length: 20 }, () => Buffer.alloc(1024 * 1024));
    const status = await post(chunks).catch((error: NodeJS.ErrnoException) => error.code);
    expect([413, 'EPIPE', 'ECONNRESET']).toContain(status);
    expect([...receiver.rejections.keys()]).toEqual(['body too long']);
  });

  it('does not unpack a bomb', async () => {
    const bomb = gzipSync(Buffer.alloc(limitBytes + 1));
    expect(await post([bomb], { ...right, 'content-encoding': 'gzip' })).toBe(413);
  });

  it('acknowledges nothing that it could not keep', async () => {
    diskIsFull = true;
    expect(await post([body])).toBe(500);
  });
});

/** Sends a head that promises a body, and waits for an answer without ever sending it. */
function postHeadOnly(headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request({
      port: receiver.port,
      host: '127.0.0.1',
      method: 'POST',
      path: '/v1/metrics',
      headers,
    });
    sent.on('response', (response) => {
      response.resume();
      resolve(response.statusCode);
      sent.destroy();
    });
    sent.on('error', reject);
    sent.flushHeaders();
  });
}
