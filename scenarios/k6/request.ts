/**
 * Sends one request by its route key and records what came of it: exactly one sample of our own, a
 * counter whose `outcome` tag serves availability and every declared latency limit at once.
 * Whatever is the same for all requests of a route is prepared once: at thousands of requests a second,
 * samples and tags are what the generator's CPU goes into (bench/overhead).
 */
import http, { type RefinedParams, type RefinedResponse } from 'k6/http';
import { Counter } from 'k6/metrics';
import { type Catalog, type Contract, type RouteKey, routeOf } from '../model.ts';
import { tagPhase } from './clock.ts';
import { inspector, type JsonObject, latencyOutcome } from './contract.ts';
import { baseUrlOf, plan, targetHeaders } from './run.ts';
import { type Query, urlBuilder } from './url.ts';

const requests = new Counter('peakproof_requests');

/** A request that hangs is a failed one: longer than any promise, shorter than k6's minute. */
const timeoutMs = 10_000;

export interface Message {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Query;
  /** Serialised JSON. */
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** A customer's JWT. */
  readonly token?: string;
  /** Statuses that this very request may have, where that is narrower than the contract. */
  readonly expect?: readonly number[];
  /** The caller needs the answer's JSON. */
  readonly parse?: boolean;
  /** Says what is wrong with a parsed answer beyond its contract; undefined if nothing is. */
  readonly doubt?: (json: JsonObject) => string | undefined;
}

export interface Result {
  readonly url: string;
  readonly response: RefinedResponse<'text' | 'none'>;
  readonly status: number;
  readonly durationMs: number;
  /** The parsed body of a 2xx answer, if `parse` asked for it. */
  readonly json: JsonObject | undefined;
  /** Why the contract was broken; undefined if it was kept. */
  readonly broken: string | undefined;
}

export interface Sender {
  readonly needsCustomer: boolean;
  readonly send: (message: Message) => Result;
}

/** Prepares a route of the catalog. Throws if the catalog or the plan's environment does not know it. */
export function senderOf(catalog: Catalog, key: RouteKey): Sender {
  const found = routeOf(catalog, key);
  if (!found) throw new Error(`the catalog has no route ${key}`);
  const { service, route } = found;
  const urlOf = urlBuilder(key, baseUrlOf(service), route.path);
  const inspect = inspector(route.contract);
  const paramsOf = paramsBuilder(service, key, route.contract);
  const tagsOf = outcomeTags(service, key);
  const limitsMs = plan?.limitsMs[key] ?? [];
  let answered = false;
  const send = (message: Message): Result => {
    tagPhase();
    const url = urlOf(message.params, message.query);
    const response = http.request(route.method, url, message.body ?? null, paramsOf(message));
    const durationMs = response.timings.duration;
    const { broken = undefined, json } = inspect(response, message.parse || !answered, message.expect);
    answered = true;
    const doubt = broken ?? (json && message.doubt?.(json));
    if (doubt !== undefined) requests.add(1, tagsOf('error'));
    else if (isFallback(response, service)) requests.add(1, tagsOf('fallback'));
    else requests.add(1, tagsOf(latencyOutcome(limitsMs, durationMs)));
    return { url, response, status: response.status, durationMs, json, broken: doubt };
  };
  return { needsCustomer: route.auth === 'customer', send };
}

/** A stand-in answered for this very service; one further down does not count against it. */
function isFallback(response: RefinedResponse<'text' | 'none'>, service: string): boolean {
  return response.headers['X-Fallback'] === service;
}

/** One tag set per outcome, made when it first occurs. */
function outcomeTags(service: string, name: RouteKey) {
  const known: Record<string, Record<string, string>> = {};
  return (outcome: string) => (known[outcome] ??= { service, name, outcome });
}

/** k6's parameters of a request: the same object for all requests of a route with one token. */
function paramsBuilder(service: string, name: RouteKey, contract: Contract) {
  const needsBody = contract.fields !== undefined || contract.contains !== undefined;
  const fixed = {
    tags: { service, name },
    timeout: timeoutMs,
    responseType: needsBody ? 'text' : 'none',
  } as const;
  const known = { withBody: undefined, without: undefined } as Record<string, Known | undefined>;
  return ({ body, token, headers }: Message): RefinedParams<'text' | 'none'> => {
    const slot = body === undefined ? 'without' : 'withBody';
    let current = known[slot];
    if (current === undefined || current.token !== token) {
      current = { token, params: { ...fixed, headers: headersOf(body !== undefined, token) } };
      known[slot] = current;
    }
    if (headers === undefined) return current.params;
    return { ...fixed, headers: { ...current.params.headers, ...headers } };
  };
}

interface Known {
  readonly token: string | undefined;
  readonly params: RefinedParams<'text' | 'none'>;
}

function headersOf(hasBody: boolean, token: string | undefined): Record<string, string> {
  return {
    ...targetHeaders,
    ...(hasBody && { 'content-type': 'application/json' }),
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
  };
}
