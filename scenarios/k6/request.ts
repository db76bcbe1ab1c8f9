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
import { tagPhase } from './clock.ts';
import { inspector, type JsonObject, limitIndex, outcomeBeyond } from './contract.ts';
import { baseUrlOf, plan, targetHeaders, tracing } from './run.ts';
import { type Query, urlBuilder } from './url.ts';

const requests = new Counter('peakproof_requests');
const sendRequest = http.request;

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

/** A request and its answer. A visit reuses one record for all its exchanges. */
export interface Exchange {
  /** Kept for the trace only, as is `sentBody`. */
  url: string;
  sentBody: string | null;
  durationMs: number;
  /** The parsed body of a 2xx answer, if it was parsed. */
  json: JsonObject | undefined;
  /** Why the contract was broken; undefined if it was kept. */
  broken: string | undefined;
}

export interface Sender {
  readonly needsCustomer: boolean;
  /** Fills in `exchange`. `token` is a customer's JWT; `parse` makes the answer's JSON available. */
  readonly send: (
    exchange: Exchange,
    content: Content,
    token: string | undefined,
    parse: boolean,
  ) => Response;
}

/** Prepares a route of the catalog. Throws if the catalog or the plan's environment does not know it. */
export function senderOf(catalog: Catalog, key: RouteKey): Sender {
  const found = routeOf(catalog, key);
  if (!found) throw new Error(`the catalog has no route ${key}`);
  const { service, route } = found;
  const { method, contract } = route;
  const urlOf = urlBuilder(key, baseUrlOf(service), route.path);
  const inspect = inspector(contract);
  const paramsOf = paramsBuilder(service, key);
  const count = outcomeCounter(service, key, catalog[service]?.tier === 'degradable');
  const send: Sender['send'] = (exchange, content, token, parse) => {
    tagPhase();
    const url = urlOf(content.params, content.query);
    const body = serialised(content.body);
    const response = sendRequest(method, url, body, paramsOf(body !== null, token, content.headers));
    const { broken, json } = inspect(response, parse, content.expect ?? contract.status);
    if (tracing) {
      exchange.url = url;
      exchange.sentBody = body;
    }
    exchange.durationMs = response.timings.duration;
    exchange.json = json;
    exchange.broken = broken ?? (content.doubt && json && content.doubt(json));
    count(response, exchange);
    return response;
  };
  return { needsCustomer: route.auth === 'customer', send };
}

function serialised(body: unknown): string | null {
  if (body === undefined) return null;
  return typeof body === 'string' ? body : JSON.stringify(body);
}

/**
 * Counts an exchange under its outcome; only degradable services have a stand-in. The tag sets are made
 * once, in the order of the limits.
 */
function outcomeCounter(service: string, name: RouteKey, mayFallBack: boolean) {
  const limitsMs = plan?.limitsMs[name] ?? [];
  const tagsOf = (outcome: string) => ({ service, name, outcome });
  const withinTags = limitsMs.map((limitMs) => tagsOf(String(limitMs)));
  const beyondTags = tagsOf(outcomeBeyond(limitsMs));
  const errorTags = tagsOf('error');
  const fallbackTags = tagsOf('fallback');
  return (response: Response, { broken, durationMs }: Exchange): void => {
    let tags = errorTags;
    if (broken === undefined) {
      // A stand-in that answered for this very service counts against it; one further down does not.
      const isFallback = mayFallBack && response.headers['X-Fallback'] === service;
      tags = isFallback ? fallbackTags : (withinTags[limitIndex(limitsMs, durationMs)] ?? beyondTags);
    }
    requests.add(1, tags);
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
