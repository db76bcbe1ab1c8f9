/** Passes a request on to one upstream and collects the answer, with as little work as possible. */
import type { IncomingHttpHeaders } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { BrokenCircuitError, handleWhen, retry, wrap } from 'cockatiel';
import { type Dispatcher, errors, Pool } from 'undici';
import { serviceBreaker } from './client.ts';
import type { Conditions } from './conditions.ts';
import { HttpError, unavailable } from './errors.ts';

export interface Upstream {
  /** Resolves with any answer, 5xx included; throws 502, 503 or 504 when there is none. */
  send(request: RelayRequest): Promise<RelayAnswer>;
}

export interface RelayRequest {
  readonly method: Dispatcher.HttpMethod;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: Buffer | null;
}

export interface RelayAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Requests in flight to one service: what is beyond is refused instead of piling up (bulkhead). */
const mostInFlight = 1_000;
const connections = 256;

/** Collects an answer without the streams of undici.request, which cost more than these small answers. */
class Collector implements Dispatcher.DispatchHandler {
  readonly #chunks: Buffer[] = [];
  readonly #done: (answer: RelayAnswer) => void;
  readonly #failed: (error: Error) => void;
  #status = 0;
  #headers: IncomingHttpHeaders = {};

  constructor(done: (answer: RelayAnswer) => void, failed: (error: Error) => void) {
    this.#done = done;
    this.#failed = failed;
  }

  onRequestStart(): void {}

  onResponseStart(_controller: unknown, status: number, headers: IncomingHttpHeaders): void {
    this.#status = status;
    this.#headers = headers;
  }

  onResponseData(_controller: unknown, chunk: Buffer): void {
    this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    const [first, ...others] = this.#chunks;
    const body = first && others.length === 0 ? first : Buffer.concat(this.#chunks);
    this.#done({ status: this.#status, headers: this.#headers, body });
  }

  onResponseError(_controller: unknown, error: Error): void {
    this.#failed(error);
  }
}

/** A 5xx is a failure for the breaker and still an answer for the client. */
class ServerFailure extends Error {
  readonly answer: RelayAnswer;

  constructor(answer: RelayAnswer) {
    super(`answered ${answer.status}`);
    this.answer = answer;
  }
}

/** Only what cannot have reached the service's code is repeated: a connection that was refused or lost. */
const connectionLost = handleWhen(
  (error) => error instanceof errors.SocketError || (error as NodeJS.ErrnoException).code === 'ECONNREFUSED',
);

export interface UpstreamSettings {
  readonly service: string;
  readonly address: () => string;
  readonly timeoutMs: number;
  readonly conditions: Pick<Conditions, 'outgoingDelayMs'>;
}

export function createUpstream({ service, address, timeoutMs, conditions }: UpstreamSettings): Upstream {
  let pool: Pool | undefined;
  let inFlight = 0;
  const breaker = serviceBreaker();
  const readPolicy = wrap(retry(connectionLost, { maxAttempts: 1 }), breaker);

  const dispatch = async (request: RelayRequest): Promise<RelayAnswer> => {
    if (conditions.outgoingDelayMs > 0) await delayed(conditions.outgoingDelayMs, timeoutMs);
    pool ??= new Pool(address(), {
      connections,
      keepAliveTimeout: 30_000,
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
    });
    const upstream = pool;
    const answer = await new Promise<RelayAnswer>((done, failed) =>
      upstream.dispatch(request, new Collector(done, failed)),
    );
    if (answer.status >= 500) throw new ServerFailure(answer);
    return answer;
  };

  return {
    async send(request) {
      if (inFlight >= mostInFlight) throw unavailable(`${service}: too many requests in flight`);
      inFlight += 1;
      try {
        const policy = request.method === 'GET' ? readPolicy : breaker;
        return await policy.execute(() => dispatch(request));
      } catch (error) {
        if (error instanceof ServerFailure) return error.answer;
        throw gatewayError(service, error);
      } finally {
        inFlight -= 1;
      }
    },
  };
}

/** A slow way to the service counts towards its time limit. */
async function delayed(delayMs: number, timeoutMs: number): Promise<void> {
  await setTimeout(Math.min(delayMs, timeoutMs));
  if (delayMs >= timeoutMs) throw new errors.HeadersTimeoutError();
}

function gatewayError(service: string, error: unknown): HttpError {
  if (error instanceof BrokenCircuitError) return unavailable(`${service}: circuit open`);
  const slow = error instanceof errors.HeadersTimeoutError || error instanceof errors.BodyTimeoutError;
  const reason = error instanceof Error ? error.message : String(error);
  return new HttpError(slow ? 504 : 502, `${service}: ${reason}`);
}
