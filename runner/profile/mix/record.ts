/** A proxy that keeps what goes through it: how a suite's k6 scenarios become a mix that any engine can send. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { request } from 'undici';

export interface RecordedExchange {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly status: number;
  readonly answer: string;
}

export interface RecordingProxy {
  readonly url: string;
  readonly exchanges: readonly RecordedExchange[];
  /** Where requests are passed on to, once that is known. */
  passTo(upstream: string): void;
  close(): Promise<void>;
}

/** Headers that belong to a connection or to the sender, not to what is asked. */
const notKept = new Set([
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'user-agent',
  'traceparent',
  'accept-encoding',
  'keep-alive',
]);
const patienceMs = 10_000;
const longestBody = 256 * 1024;

/** Listens on a free loopback port; until it is told where to pass requests on to, it answers 502. */
export async function startRecording(): Promise<RecordingProxy> {
  let upstream = '';
  const exchanges: RecordedExchange[] = [];
  const server = createServer(async (incoming, outgoing) => {
    try {
      const exchange = await passOn(upstream, incoming);
      if (exchange.body.length + exchange.answer.length <= longestBody) exchanges.push(exchange);
      outgoing.writeHead(exchange.status, exchange.answerHeaders).end(exchange.answer);
    } catch {
      outgoing.writeHead(502).end();
    }
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    exchanges,
    passTo: (url) => {
      upstream = url;
    },
    close: () => {
      server.closeAllConnections();
      return new Promise((closed) => server.close(() => closed()));
    },
  };
}

async function passOn(upstream: string, incoming: IncomingMessage) {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
  const body = Buffer.concat(chunks).toString('utf8');
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).flatMap(([name, value]) =>
      notKept.has(name) || typeof value !== 'string' ? [] : [[name, value] as const],
    ),
  );
  const { method = 'GET', url: path = '/' } = incoming;
  const response = await request(upstream + path, {
    method: method as 'GET',
    headers,
    ...(body === '' ? {} : { body }),
    signal: AbortSignal.timeout(patienceMs),
  });
  const answer = await response.body.text();
  const {
    'content-length': _length,
    'transfer-encoding': _encoding,
    connection: _connection,
    ...answerHeaders
  } = response.headers as Record<string, string>;
  return { method, path, headers, body, status: response.statusCode, answer, answerHeaders };
}
