/** What a service of the sandbox is: its capacity, and a start function that builds state and handlers. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { catalog, ServiceName } from '../../scenarios/catalog.ts';
import type { Capacity } from './autoscaler.ts';
import { type BodyOf, type BodyShape, type JsonSchema, schemaOf } from './body.ts';
import type { BusEvent } from './bus.ts';
import type { Client } from './client.ts';
import type { ServiceSettings } from './messages.ts';

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
  /** Receives deliveries of the event bus, duplicates already removed. */
  readonly onEvents?: (events: readonly BusEvent[]) => void;
  /** Bodies stay bytes: for signatures over the exact text, and for proxies. */
  readonly rawBody?: boolean;
  /** Adds what the catalog does not name (the gateway's proxied routes). */
  readonly extend?: (app: FastifyInstance) => void;
  /** Runs once all services listen; the service is ready when it resolves. */
  readonly prepare?: () => Promise<void>;
}

/** What a service may use; it has no other access to the world. */
export interface Kit {
  readonly settings: ServiceSettings;
  /** For calls the catalog declares; throws for any other. */
  client(service: ServiceName): Client;
  /** Base URLs of all services, known once all of them listen. */
  readonly addresses: Readonly<Record<ServiceName, string>>;
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
