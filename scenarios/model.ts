/**
 * The vocabulary every folder shares: what a system offers (catalog), how customers use it (traffic).
 * Plain data and types only: k6, Node and a browser can all load this file.
 */

export type Tier = 'critical' | 'standard' | 'degradable';
export type RouteKind = 'read' | 'write';
export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What a client may rely on in an answer; every response of a rehearsal is held against it. */
export interface Contract {
  /** Expected status codes; a refusal that is part of the business (409 sold out) belongs here. */
  readonly status: readonly number[];
  /** Top-level fields that a JSON answer with a 2xx status must have. */
  readonly fields?: readonly string[];
  /** Text that a non-JSON answer with a 2xx status must contain. */
  readonly contains?: string;
}

export interface Route {
  readonly method: HttpMethod;
  /** Path template; `:name` stands for one segment. Starts with the service's name for gateway routing. */
  readonly path: string;
  readonly kind: RouteKind;
  /** What the caller must present: a customer's JWT, or a signature over the body; nothing if absent. */
  readonly auth?: 'customer' | 'signature';
  readonly contract: Contract;
}

export interface Service {
  readonly description: string;
  readonly tier: Tier;
  readonly team: string;
  /** Services it calls, whether a customer waits for it or not. */
  readonly calls: readonly string[];
  /**
   * Those of its calls that it answers well without for a while, by a copy, a stand-in or a queue. Of degradable
   * services that is expected of every caller and need not be said.
   */
  readonly toleratesLossOf?: readonly string[];
  /** Clients reach it through the API gateway, or at an edge of its own. */
  readonly edge: 'gateway' | 'direct';
  /** Path that answers 200 while the service can work; probed once a second beside the load. */
  readonly health: string;
  readonly routes: Readonly<Record<string, Route>>;
}

export type Catalog = Readonly<Record<string, Service>>;

/** `service.route`, for example `payment.authorize`: the `name` tag of a request, and its only name. */
export type RouteKey = string;

/** One kind of thing a scenario's visitor does, and the requests it costs on average. */
export interface Action {
  /** Relative share among the scenario's actions. */
  readonly weight: number;
  /** Mean number of requests per route and action, for example `{ 'cart.get': 1 }`. */
  readonly requests: Readonly<Record<RouteKey, number>>;
}

/**
 * How a scenario follows the day's load:
 * `proportional` to the multiplier; `steady` at its 1x rate all day; `lagged` proportional but `lagSeconds` late.
 */
export type LoadShape = 'proportional' | 'steady' | 'lagged';

export interface ScenarioTraffic {
  readonly kind: 'service' | 'journey';
  /** The service it is the own traffic of (kind `service`). */
  readonly service?: string;
  readonly description: string;
  /** Iterations per second at 1x and full scale. */
  readonly iterationsPerSecondAt1x: number;
  readonly shape: LoadShape;
  readonly lagSeconds?: number;
  /** Extra factor in a phase of this name, for example a login storm at the doorbuster step. */
  readonly boostIn?: Readonly<Record<string, number>>;
  /** Pages that one iteration shows; each sends a beacon where a collector is to be loaded. None if absent. */
  readonly beacons?: number;
  /** Mean time a visitor thinks in one iteration, in seconds at full patience. */
  readonly thinkSeconds: number;
  /** Mean response time of a request that the VU plan assumes, in milliseconds. */
  readonly expectedLatencyMs: number;
  readonly actions: Readonly<Record<string, Action>>;
}

/** What a line of the ledger says of an attempt; `unknown` is what no answer told. */
export type AttemptStage = 'begun' | 'acknowledged' | 'rejected' | 'unknown';

export type Traffic = Readonly<Record<string, ScenarioTraffic>>;

/** The route keys of a catalog, as a type: `payment.authorize` and so on. */
export type RouteKeyOf<C extends Catalog> = {
  [S in keyof C & string]: `${S}.${keyof C[S]['routes'] & string}`;
}[keyof C & string];

export function routeOf(catalog: Catalog, key: RouteKey): { service: string; route: Route } | undefined {
  const dot = key.indexOf('.');
  const service = key.slice(0, dot);
  const route = catalog[service]?.routes[key.slice(dot + 1)];
  return route && { service, route };
}

/** Mean requests of one iteration per route, over the scenario's actions by their weights. */
export function requestsPerIteration(scenario: ScenarioTraffic): Record<RouteKey, number> {
  const actions = Object.values(scenario.actions);
  const totalWeight = actions.reduce((sum, action) => sum + action.weight, 0);
  const mean: Record<RouteKey, number> = {};
  for (const action of actions) {
    for (const [key, requests] of Object.entries(action.requests)) {
      mean[key] = (mean[key] ?? 0) + (requests * action.weight) / totalWeight;
    }
  }
  return mean;
}
