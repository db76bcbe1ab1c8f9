/** The Faro receiver over HTTP, as browsers and those who mean no good speak to it. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { gzipSync } from 'node:zlib';
import { Pool } from 'undici';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Beacon } from '../../../runner/collect/faro/payload.ts';
import { type FaroReceiver, startFaroReceiver } from '../../../runner/collect/faro/receiver.ts';
import { PeakproofError } from '../../../scenarios/problem.ts';
import { mutate } from '../../fixtures/faro/mutate.ts';
import { recorded, recordedNames } from '../../fixtures/faro/recorded.ts';
import { seededRandom } from '../../fixtures/report/random.ts';

const apiKey = 'a-key-that-pages-know';
const kept: Beacon[] = [];
const rejected: string[] = [];
const hooks = {
  keep: (beacon: Beacon) => void kept.push(beacon),
  onRejected: (cause: string) => void rejected.push(cause),
};
let receiver: FaroReceiver;

beforeAll(async () => {
  receiver = await startFaroReceiver({
    ...{ port: 0, apiKey, ...hooks },
    limits: { perSecond: 1e6, burst: 1e6 },
  });
});
beforeEach(() => {
  kept.length = 0;
  rejected.length = 0;
});
afterAll(() => receiver.close());

const post = (body: string | Buffer, headers: Record<string, string> = {}, url = receiver.url) =>
  fetch(url, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', 'x-api-key': apiKey, ...headers },
  });

describe('browsers', () => {
  it('may send from any origin, with the headers of the SDK', async () => {
    const answer = await fetch(receiver.url, {
      method: 'OPTIONS',
      headers: { origin: 'http://127.0.0.1:8080', 'access-control-request-method': 'POST' },
    });
    expect(answer.status).toBe(204);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    for (const name of [
      'content-type',
      'x-api-key',
      'x-faro-session-id',
      'idempotency-key',
      'content-encoding',
    ]) {
      expect(answer.headers.get('access-control-allow-headers')).toContain(name);
    }
    expect(kept).toEqual([]);
  });

  it('are answered 202, plain and compressed, and can read Retry-After', async () => {
    const plain = await post(recorded('lcp'));
    const compressed = await post(gzipSync(recorded('navigation')), { 'content-encoding': 'gzip' });
    expect([plain.status, compressed.status]).toEqual([202, 202]);
    expect(plain.headers.get('access-control-expose-headers')).toBe('Retry-After');
    expect(kept.map(({ values }) => values.length)).toEqual([2, 2]);
  });

  it('may repeat a batch whose answer was lost: it counts once', async () => {
    const key = { 'idempotency-key': 'batch-1' };
    const answers = [await post(recorded('lcp'), key), await post(recorded('lcp'), key)];
    expect(answers.map(({ status }) => status)).toEqual([202, 202]);
    expect(kept).toHaveLength(1);
  });

  it('may repeat a batch that was refused: its key is not spent', async () => {
    const key = { 'idempotency-key': 'batch-2' };
    expect((await post('{', key)).status).toBe(400);
    expect((await post(recorded('lcp'), key)).status).toBe(202);
    expect(kept).toHaveLength(1);
  });
});

describe('everybody else', () => {
  it.each([
    ['a wrong key', 401, 'wrong API key', () => post(recorded('lcp'), { 'x-api-key': 'guess' })],
    ['no key, before the body is looked at', 401, 'wrong API key', () => post('{', { 'x-api-key': '' })],
    ['a body that is no JSON', 400, 'not JSON', () => post('<html>')],
    ['JSON that is no beacon', 400, 'not a Faro body', () => post('[1]')],
    ['no body', 400, 'not JSON', () => post('')],
    ['broken gzip', 400, 'broken gzip', () => post('xx', { 'content-encoding': 'gzip' })],
    ['another encoding', 415, 'unknown content encoding', () => post('xx', { 'content-encoding': 'br' })],
    ['another path', 404, 'unknown path', () => fetch(receiver.url.replace('collect', 'admin'))],
    ['another method', 405, 'not a POST', () => fetch(receiver.url)],
    ['a body over the limit', 413, 'body too long', () => post(Buffer.alloc(1024 * 1024 + 1, ' '))],
    [
      'a gzip bomb',
      413,
      'body too long',
      () => post(gzipSync(Buffer.alloc(200 * 1024 * 1024)), { 'content-encoding': 'gzip' }),
    ],
  ])('is refused with %s, and counted by cause', async (_name, status, cause, send) => {
    expect((await send()).status).toBe(status);
    expect(rejected).toEqual([cause]);
    expect(kept).toEqual([]);
  });

  it('is told that a body is too long which never said how long it is', async () => {
    const flood = request(receiver.url, {
      method: 'POST',
      headers: { 'x-api-key': apiKey, 'transfer-encoding': 'chunked' },
    });
    flood.on('error', () => {});
    flood.write(Buffer.alloc(1024 * 1024 + 1, ' '));
    const [answer] = (await once(flood, 'response')) as [IncomingMessage];
    expect(answer.statusCode).toBe(413);
    expect(rejected).toEqual(['body too long']);
    flood.destroy();
  });

  it('who goes away within a body is counted as that', async () => {
    const gone = request(receiver.url, {
      method: 'POST',
      headers: { 'x-api-key': apiKey, 'content-length': '1000' },
    });
    gone.on('error', () => {});
    gone.write('{', () => setTimeout(() => gone.destroy(), 50));
    await expect.poll(() => rejected).toEqual(['body broken off']);
  });

  it('who never ends a body is not waited for', async () => {
    const hasty = await startFaroReceiver({ ...{ port: 0, apiKey, ...hooks }, limits: { requestMs: 200 } });
    try {
      const slow = request(hasty.url, {
        method: 'POST',
        headers: { 'x-api-key': apiKey, 'content-length': '1000' },
      });
      slow.on('error', () => {});
      slow.write('{');
      await expect.poll(() => rejected, { timeout: 5000 }).toEqual(['body broken off']);
      slow.destroy();
    } finally {
      await hasty.close();
    }
  });

  it('gets 429 with Retry-After over the rate, however much comes', async () => {
    const limits = { perSecond: 1, burst: 100 };
    const limited = await startFaroReceiver({ ...{ port: 0, apiKey, ...hooks }, limits });
    const flood = new Pool(`http://127.0.0.1:${limited.port}`, { connections: 50 });
    try {
      const answers = await Promise.all(
        Array.from({ length: 10_000 }, async () => {
          const headers = { 'x-api-key': apiKey };
          const answer = await flood.request({
            ...{ path: '/collect', method: 'POST' },
            ...{ headers, body: recorded('lcp') },
          });
          await answer.body.dump();
          return answer;
        }),
      );
      const refused = answers.filter(({ statusCode }) => statusCode === 429);
      expect(refused[0]?.headers['retry-after']).toBe('1');
      expect(answers.length - refused.length).toBe(kept.length);
      expect(kept.length).toBeLessThan(200);
      expect(rejected).toHaveLength(refused.length);
    } finally {
      await flood.close();
      await limited.close();
    }
  });

  it('sends 500 mutations and noise: each is answered 202, 400 or (too long) 413, and the receiver goes on', async () => {
    const random = seededRandom(17);
    const bodies = Array.from({ length: 500 }, (_, i) =>
      i % 10 === 0 ? randomBytes(300) : mutate(recorded(recordedNames[i % 4] as 'lcp'), random),
    );
    const answers = await Promise.all(bodies.map((body) => post(body)));
    for (const { status } of answers) expect([202, 400, 413]).toContain(status);
    expect(kept.length).toBeGreaterThan(100);
    expect((await post(recorded('lcp'))).status).toBe(202);
  });

  it('a port that is taken is told by its code', async () => {
    const again = startFaroReceiver({ port: receiver.port, apiKey, ...hooks });
    await expect(again).rejects.toThrow(PeakproofError);
    await expect(again).rejects.toThrow('PORT_IN_USE');
  });
});
