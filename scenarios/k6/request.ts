/**
 * Sends one request by its route key and records what came of it: exactly one sample of our own, a
 * counter whose `outcome` tag serves availability and every declared latency limit at once.
 *
 * At thousands of requests a second the generator's CPU goes into samples, tags and small objects
 * (bench/overhead): whatever is the same for all requests of a route is prepared once.
 */
import http, { type RefinedParams, type RefinedResponse } from 'k6/http';
import { Counter } from 'k6/metrics';
import { type Catalog, type RouteKey, routeOf } from '../model.ts';
import { contractCheck, type JsonObject, limitIndex, outcomeNames } from './contract.ts';
import { baseUrlOf, plan, targetHeaders, tracing } from './run.ts';
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

export type Response = RefinedResponse<'text'>;

/** Where a sender leaves what came of a request. */
export interface Outcome {
  /** Sum of the response times so far. */
  responseTimeMs: number;
  /** The parsed body of a 2xx answer, if `parse` asked for it. */
  json: JsonObject | undefined;
  /** Why the contract was broken; undefined if it was kept. */
  broken: string | undefined;
  /** Address and body as sent, for the trace. */
  sent?: { readonly url: string; readonly body: string | null } | undefined;
}

export interface Sender {
  readonly needsCustomer: boolean;
  /** `token` is a customer's JWT; `parse` makes the answer's JSON available. */
  readonly send: (outcome: Outcome, content: Content, token: string | undefined, parse: boolean) => Response;
}

/** Prepares a route of the catalog. Throws if the catalog or the plan's environment does not know it. */
export function senderOf(catalog: Catalog, key: RouteKey): Sender {
  const found = routeOf(catalog, key);
  if (!found) throw new Error(`the catalog has no route ${key}`);
  const { service, route } = found;
  const { method, contract } = route;
  const urlOf = urlBuilder(key, baseUrlOf(service), route.path);
  const { isEvidentlyKept, inspect } = contractCheck(contract);
  const paramsOf = paramsBuilder(service, key);
  const count = outcomeCounter(service, key, catalog[service]?.tier === 'degradable');
  const send: Sender['send'] = (outcome, content, token, parse) => {
    const url = urlOf(content.params, content.query);
    const body = content.body === undefined ? null : serialised(content.body);
    const response = http.request(method, url, body, paramsOf(body !== null, token, content.headers));
    const durationMs = response.timings.duration;
    outcome.responseTimeMs += durationMs;
    if (parse || content.expect !== undefined || !isEvidentlyKept(response)) {
      const { broken, json } = inspect(response, parse, content.expect ?? contract.status);
      outcome.json = json;
      outcome.broken = broken ?? (content.doubt && json && content.doubt(json));
    }
    if (tracing) outcome.sent = { url, body };
    count(outcome.broken === undefined, durationMs, response);
    return response;
  };
  return { needsCustomer: route.auth === 'customer', send };
}

function serialised(body: unknown): string {
  return typeof body === 'string' ? body : JSON.stringify(body);
}

/** Counts a request under its outcome, with tag sets made once; only degradable services have a stand-in. */
function outcomeCounter(service: string, name: RouteKey, mayFallBack: boolean) {
  const limitsMs = plan?.limitsMs[name] ?? [];
  const tagsOf = (outcome: string) => ({ service, name, outcome });
  const keptTags = outcomeNames(limitsMs).map(tagsOf);
  const errorTags = tagsOf('error');
  const fallbackTags = tagsOf('fallback');
  return (isKept: boolean, durationMs: number, response: Response): void => {
    // A stand-in that answered for this very service counts against it; one further down does not.
    const isFallback = mayFallBack && response.headers['X-Fallback'] === service;
    const tags = isFallback ? fallbackTags : keptTags[limitIndex(limitsMs, durationMs)];
    requests.add(1, isKept ? tags : errorTags);
  };
}

type Params = RefinedParams<'text'>;

/** k6's parameters of a request: one object for all requests of a route with one token. */
function paramsBuilder(service: string, name: RouteKey) {
  const fixed = { tags: { service, name }, timeout: timeoutMs } as const;
  const build = (hasBody: boolean, token: string | undefined): Params => ({
    ...fixed,
    headers: {
      ...targetHeaders,
      ...(hasBody && { 'content-type': 'application/json' }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
  });
  let last = { hasBody: false, token: undefined as string | undefined, params: build(false, undefined) };
  return (hasBody: boolean, token: string | undefined, headers: Content['headers']): Params => {
    if (last.hasBody !== hasBody || last.token !== token) {
      last = { hasBody, token, params: build(hasBody, token) };
    }
    const { params } = last;
    return headers === undefined ? params : { ...params, headers: { ...params.headers, ...headers } };
  };
}
