/** What a service of the sandbox is: its capacity, and a start function that builds state and handlers. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { catalog, ServiceName } from '../../scenarios/catalog.ts';
import type { Defect } from '../defects.ts';
import type { Capacity } from './autoscaler.ts';
import { type BodyOf, type BodyShape, type JsonSchema, schemaOf } from './body.ts';
import type { BusEvent } from './bus.ts';
import type { Client } from './client.ts';
import type { Conditions } from './conditions.ts';
import type { ServiceSettings } from './messages.ts';
import type { StateOf, Store } from './store.ts';

/** Names of the `:name` segments of a path template. */
type ParamName<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | ParamName<Rest>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never;

type Routes<S extends ServiceName> = (typeof catalog)[S]['routes'];
type PathOf<R> = R extends { readonly path: infer Path extends string } ? Path : never;

export type ServiceRequest<Params extends string = never, Body = unknown> = FastifyRequest<{
  Params: Record<Params, string>;
  Querystring: Record<string, string | undefined>;
  Body: Body;
}>;

export type Handler<Params extends string = never, Body = unknown> = (
  request: ServiceRequest<Params, Body>,
  reply: FastifyReply,
) => unknown;

export interface RouteWithBody<Params extends string> {
  readonly body: JsonSchema;
  readonly handle: Handler<Params>;
}

/** A route whose body is validated: anything else than this shape is answered 400. */
export function withBody<Shape extends BodyShape, Params extends string>(
  shape: Shape,
  handle: Handler<Params, BodyOf<Shape>>,
): RouteWithBody<Params> {
  return { body: schemaOf(shape), handle: handle as Handler<Params> };
}

/** Routes other services call, on the service's own port only: the gateway does not know them. */
export interface InternalRoute {
  readonly method: 'GET' | 'POST';
  readonly path: `/internal/${string}`;
  readonly handle: (request: ServiceRequest<string>, reply: FastifyReply) => unknown;
}

export interface Implementation<S extends ServiceName> {
  readonly routes: {
    readonly [R in keyof Routes<S>]:
      | Handler<ParamName<PathOf<Routes<S>[R]>>>
      | RouteWithBody<ParamName<PathOf<Routes<S>[R]>>>;
  };
  readonly internal?: readonly InternalRoute[];
  /** Receives deliveries of the event bus, duplicates already removed; they are acknowledged once it is through. */
  readonly onEvents?: (events: readonly BusEvent[]) => void | Promise<void>;
  /** Bodies stay bytes: for signatures over the exact text, and for proxies. */
  readonly rawBody?: boolean;
  /** Adds what the catalog does not name (the gateway's proxied routes). */
  readonly extend?: (app: FastifyInstance) => void;
  /** Runs once all services listen; the service is ready when it resolves. */
  readonly prepare?: () => Promise<void>;
  /** What the service's own monitoring says, by subject: what is wrong, or undefined. */
  readonly monitoring?: Readonly<Record<string, () => string | undefined>>;
  /** Truths that nobody sees from outside, by name. */
  readonly facts?: () => Readonly<Record<string, number>>;
}

/** What a service may use; it has no other access to the world. */
export interface Kit {
  readonly settings: ServiceSettings;
  /** For calls the catalog declares; throws for any other. */
  client(service: ServiceName): Client;
  /** Base URLs of all services, known once all of them listen. */
  readonly addresses: Readonly<Record<ServiceName, string>>;
  /** What a fault changes; at rest without one. */
  readonly conditions: Readonly<Conditions>;
  /** True if the sandbox was built with the defect. */
  has(defect: Defect): boolean;
  /** The service's own clock, ms since the epoch. */
  nowMs(): number;
  /** State that outlives the process; one a service. A ledger is synced to disk, the others are written. */
  store<State, R extends object>(
    shape: StateOf<State, R>,
    options?: { readonly isLedger?: boolean },
  ): Promise<Store<State, R>>;
  /** Names something outside that the service needs, beside the services it calls; `ask` rejects if it is not well. */
  dependsOn(name: string, ask: () => Promise<unknown>): void;
  /** Notes that the answer to an order has left the process. */
  acknowledged(orderId: string, atMs: number): void;
  /** Calls `task` every `ms` milliseconds as long as the service lives. */
  every(ms: number, task: () => void): void;
}

export interface ServiceDefinition<S extends ServiceName> {
  readonly name: S;
  readonly capacity: Capacity;
  readonly start: (kit: Kit) => Implementation<S> | Promise<Implementation<S>>;
}

/** Identity function that ties a service to the catalog: a missing or foreign route does not compile. */
export function defineService<S extends ServiceName>(definition: ServiceDefinition<S>): ServiceDefinition<S> {
  return definition;
}
