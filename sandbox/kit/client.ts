/**
 * Calls from service to service: keep-alive pool (undici); timeout, retries of what is safe to repeat,
 * and a circuit breaker (cockatiel), so that a sick neighbour costs milliseconds instead of all capacity.
 */
import { setTimeout } from 'node:timers/promises';
import {
  BrokenCircuitError,
  circuitBreaker,
  ExponentialBackoff,
  handleAll,
  handleWhen,
  type IPolicy,
  noop,
  retry,
  SamplingBreaker,
  TimeoutStrategy,
  timeout,
  wrap,
} from 'cockatiel';
import { Pool } from 'undici';
import type { Conditions } from './conditions.ts';
import { unavailable } from './errors.ts';

export interface Answer<T> {
  readonly status: number;
  readonly body: T;
}

export interface CallOptions {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
  /** Safe to send twice; GET is. */
  readonly idempotent?: boolean;
  /** The caller does well without an answer: it waits a moment for it, and does not ask again. */
  readonly isOptional?: boolean;
}

export interface Client {
  /**
   * JSON in, JSON out. A status below 500 is an answer; throws HttpError 503 when the service cannot be
   * reached, is too slow, answers 5xx, or its breaker is open.
   */
  call<T>(path: string, options?: CallOptions): Promise<Answer<T>>;
}

/** Opens when half of the calls of five seconds fail (and there are enough to tell); probes again after 2 s. */
export function serviceBreaker() {
  return circuitBreaker(handleAll, {
    halfOpenAfter: 2_000,
    breaker: new SamplingBreaker({ threshold: 0.5, duration: 5_000, minimumRps: 1 }),
  });
}

/** A breaker that is open says no at once; asking again is pointless. */
const transient = handleWhen((error) => !(error instanceof BrokenCircuitError));

export interface ClientSettings {
  readonly service: string;
  readonly address: () => string;
  readonly timeoutMs: number;
  readonly conditions: Pick<Conditions, 'outgoingDelayMs'>;
  /** A defect: neither time limit nor retries nor breaker. */
  readonly isUnprotected?: boolean;
}

/** A page of 40 ms that waits so long for a part it can do without still comes in time. */
const optionalTimeoutMs = 200;

interface Policies {
  readonly once: IPolicy;
  readonly repeated: IPolicy;
  readonly optional: IPolicy;
}

const unprotected: Policies = { once: noop, repeated: noop, optional: noop };

function protection(timeoutMs: number): Policies {
  const breaker = serviceBreaker();
  const once = wrap(breaker, timeout(timeoutMs, TimeoutStrategy.Aggressive));
  const repeated = wrap(
    retry(transient, {
      maxAttempts: 2,
      backoff: new ExponentialBackoff({ initialDelay: 20, maxDelay: 200 }),
    }),
    once,
  );
  const optional = wrap(breaker, timeout(optionalTimeoutMs, TimeoutStrategy.Aggressive));
  return { once, repeated, optional };
}

export function createClient(settings: ClientSettings): Client {
  const { service, address, timeoutMs, conditions } = settings;
  let pool: Pool | undefined;
  const policies = settings.isUnprotected ? unprotected : protection(timeoutMs);

  async function send<T>(path: string, options: CallOptions, signal: AbortSignal): Promise<Answer<T>> {
    if (conditions.outgoingDelayMs > 0) await setTimeout(conditions.outgoingDelayMs, undefined, { signal });
    pool ??= new Pool(address(), { connections: 64, keepAliveTimeout: 30_000 });
    const response = await pool.request({
      path,
      method: options.method ?? 'GET',
      headers: { ...options.headers, ...(options.body ? { 'content-type': 'application/json' } : {}) },
      body: options.body ? JSON.stringify(options.body) : null,
      signal,
    });
    const body = (await response.body.json()) as T;
    if (response.statusCode >= 500) throw new Error(`answered ${response.statusCode}`);
    return { status: response.statusCode, body };
  }

  return {
    async call<T>(path: string, options: CallOptions = {}) {
      try {
        return await policies[policyFor(options)].execute(({ signal }) => send<T>(path, options, signal));
      } catch (error) {
        throw unavailable(`${service}: ${error instanceof Error ? error.message : String(error)}`);
      }
    },
  };
}

function policyFor({ isOptional, idempotent, method = 'GET' }: CallOptions): keyof Policies {
  if (isOptional) return 'optional';
  return (idempotent ?? method === 'GET') ? 'repeated' : 'once';
}
