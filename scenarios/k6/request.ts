/**
 * Sends one request by its route key and records what came of it: exactly one sample of our own, a
 * counter whose `outcome` tag serves availability and every declared latency limit at once.
 *
 * At thousands of requests a second the generator's CPU goes into samples, tags and small objects
 * (bench/overhead): whatever is the same for all requests of a route is prepared once.
 */
import http, { type RefinedParams } from 'k6/http';
import { Counter } from 'k6/metrics';
import { type Catalog, type Contract, type RouteKey, routeOf } from '../model.ts';
import { tagPhase } from './clock.ts';
import { inspector, type JsonObject, latencyOutcome } from './contract.ts';
import { Reply } from './reply.ts';
import { baseUrlOf, plan, targetHeaders } from './run.ts';
import { type Query, urlBuilder } from './url.ts';

const requests = new Counter('peakproof_requests');

// k6's own notion of a failed request would cost a sample each and know nothing of contracts.
http.setResponseCallback(null as unknown as ReturnType<typeof http.expectedStatuses>);

/** A request that hangs is a failed one: longer than any promise, shorter than k6's minute. */
const timeoutMs = 10_000;

export interface Content {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Query;
  /** Sent as JSON; a string is sent as it is. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Statuses that this very request may have, where a scenario knows more than the contract. */
  readonly expect?: readonly number[];
  /** Says what is wrong with a parsed answer beyond its contract; undefined if nothing is. */
  readonly doubt?: (json: JsonObject) => string | undefined;
}

export interface Sender {
  readonly needsCustomer: boolean;
  /** `token` is a customer's JWT; `parse` makes the answer's JSON available. */
  readonly send: (content: Content, token: string | undefined, parse: boolean) => Reply;
}

/** Prepares a route of the catalog. Throws if the catalog or the plan's environment does not know it. */
export function senderOf(catalog: Catalog, key: RouteKey): Sender {
  const found = routeOf(catalog, key);
  if (!found) throw new Error(`the catalog has no route ${key}`);
  const { service, route } = found;
  const { method, contract } = route;
  const urlOf = urlBuilder(key, baseUrlOf(service), route.path);
  const inspect = inspector(contract);
  const paramsOf = paramsBuilder(service, key, contract);
  const count = outcomeCounter(service, key);
  let answered = false;
  const send = (content: Content, token: string | undefined, parse: boolean): Reply => {
    tagPhase();
    const body = serialised(content.body);
    const url = urlOf(content.params, content.query);
    const response = http.request(method, url, body, paramsOf(body !== null, token, content.headers));
    const { broken, json } = inspect(response, parse || !answered, content.expect ?? contract.status);
    answered = true;
    const reply = new Reply(key, url, body, response);
    reply.json = json;
    reply.broken = broken ?? (content.doubt && json && content.doubt(json));
    count(reply);
    return reply;
  };
  return { needsCustomer: route.auth === 'customer', send };
}

function serialised(body: unknown): string | null {
  if (body === undefined) return null;
  return typeof body === 'string' ? body : JSON.stringify(body);
}

/** Counts a reply under its outcome. One tag set per outcome, made when it first occurs. */
function outcomeCounter(service: string, name: RouteKey) {
  const limitsMs = plan?.limitsMs[name] ?? [];
  const tagsOf: Record<string, Record<string, string>> = {};
  return (reply: Reply): void => {
    let outcome = 'error';
    if (reply.broken === undefined) {
      // A stand-in answered for this very service; one further down does not count against it.
      const isFallback = reply.response.headers['X-Fallback'] === service;
      outcome = isFallback ? 'fallback' : latencyOutcome(limitsMs, reply.durationMs);
    }
    tagsOf[outcome] ??= { service, name, outcome };
    requests.add(1, tagsOf[outcome]);
  };
}

type Params = RefinedParams<'text' | 'none'>;

/** k6's parameters of a request: one object for all requests of a route with one token. */
function paramsBuilder(service: string, name: RouteKey, contract: Contract) {
  const needsBody = contract.fields !== undefined || contract.contains !== undefined;
  const fixed = {
    tags: { service, name },
    timeout: timeoutMs,
    responseType: needsBody ? 'text' : 'none',
  } as const;
  const build = (hasBody: boolean, token: string | undefined): Params => ({
    ...fixed,
    headers: {
      ...targetHeaders,
      ...(hasBody && { 'content-type': 'application/json' }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
  });
  let last: { hasBody: boolean; token: string | undefined; params: Params } | undefined;
  return (hasBody: boolean, token: string | undefined, headers: Content['headers']): Params => {
    if (last === undefined || last.hasBody !== hasBody || last.token !== token) {
      last = { hasBody, token, params: build(hasBody, token) };
    }
    return headers === undefined
      ? last.params
      : { ...fixed, headers: { ...last.params.headers, ...headers } };
  };
}
