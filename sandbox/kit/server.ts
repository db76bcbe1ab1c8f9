/** Turns a service's implementation into an HTTP server: routes, capacity, impairment, metrics, documents. */
import Fastify, { type FastifyInstance, type FastifyReply, type RouteHandlerMethod } from 'fastify';
import { catalog, type ServiceName } from '../../scenarios/catalog.ts';
import type { Route, Service } from '../../scenarios/model.ts';
import type { JsonSchema } from './body.ts';
import { type BusEvent, deliveryPath, onceEach } from './bus.ts';
import { impair, slowdownOf } from './impair.ts';
import type { Impairment } from './messages.ts';
import { type Metrics, serviceMetrics } from './metrics.ts';
import { openApiDocument } from './openapi.ts';
import type { Scaling } from './scaling.ts';
import type { Handler, Implementation, RouteWithBody, ServiceDefinition } from './service.ts';

type AnyRoute = Handler | RouteWithBody<never>;

/** Answers the service's server, not listening yet. */
export function buildServer<S extends ServiceName>(
  definition: ServiceDefinition<S>,
  implementation: Implementation<S>,
  impairments: readonly Impairment[],
  { slots, autoscaler }: Scaling,
): FastifyInstance {
  const { name, capacity } = definition;
  const service: Service = catalog[name];
  const app = createApp(implementation.rawBody ?? false);
  const metrics = serviceMetrics(name, slots, autoscaler);
  slowDown(app, slowdownOf(impairments));
  recordRequests(app, metrics);
  const fail = impair(impairments);
  const bodies: Record<string, JsonSchema | undefined> = {};
  for (const [routeName, route] of Object.entries(service.routes)) {
    const entry = implementation.routes[routeName as keyof Implementation<S>['routes']] as AnyRoute;
    const handle = typeof entry === 'function' ? entry : entry.handle;
    const body = typeof entry === 'function' ? undefined : entry.body;
    bodies[routeName] = body;
    const work = () => slots.work(jittered(capacity.serviceTimeMs[route.kind]));
    addRoute(app, `${name}.${routeName}`, route, body, async (request, reply) => {
      if (fail) await fail();
      await work();
      return (handle as Handler)(request as Parameters<Handler>[0], reply);
    });
  }
  addOwnRoutes(app, name, service, metrics, openApiDocument(name, service, bodies));
  addInternalRoutes(app, implementation);
  implementation.extend?.(app);
  return app;
}

function createApp(rawBody: boolean): FastifyInstance {
  const app = Fastify({
    // Clients close idle connections first: a server that closes one in use looks like a failure of the service.
    keepAliveTimeout: 600_000,
    exposeHeadRoutes: false,
    bodyLimit: 256 * 1024,
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false } },
  });
  if (rawBody) {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  } else {
    allowEmptyJson(app);
  }
  return app;
}

/** A DELETE or POST may announce JSON and send nothing. */
export function allowEmptyJson(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined);
    else parse(request, body as string, done);
  });
}

/** Holds each answer of a catalog route back for a share of the time it took to make. */
function slowDown(app: FastifyInstance, share: number): void {
  if (share === 0) return;
  app.addHook('onSend', async (request, reply) => {
    const { route } = request.routeOptions.config as { route?: string };
    if (route) await new Promise((done) => setTimeout(done, reply.elapsedTime * share));
  });
}

/** Routes under `config.route` are timed; pages about the service itself are not. */
function recordRequests(app: FastifyInstance, metrics: Metrics): void {
  const recorders = new Map<string, ReturnType<Metrics['forRoute']>>();
  app.addHook('onRoute', ({ config }) => {
    const route = (config as { route?: string } | undefined)?.route;
    if (route) recorders.set(route, metrics.forRoute(route));
  });
  app.addHook('onResponse', (request, reply, done) => {
    const { route } = request.routeOptions.config as { route?: string };
    if (route) recorders.get(route)?.(reply.elapsedTime, reply.statusCode);
    done();
  });
}

/** Adds a catalog route under its route key. */
export function addRoute(
  app: FastifyInstance,
  key: string,
  route: Route,
  body: JsonSchema | undefined,
  handler: RouteHandlerMethod,
): void {
  app.route({
    method: route.method,
    url: route.path,
    config: { route: key } as object,
    ...(body && { schema: { body } }),
    handler,
  });
}

function addOwnRoutes(
  app: FastifyInstance,
  name: ServiceName,
  service: Service,
  metrics: Metrics,
  document: object,
): void {
  app.get(service.health, () => ({ status: 'ok', service: name }));
  app.get(`/${name}/openapi.json`, () => document);
  app.get('/metrics', async (_request, reply: FastifyReply) => {
    reply.type(metrics.contentType);
    return metrics.text();
  });
}

function addInternalRoutes<S extends ServiceName>(
  app: FastifyInstance,
  implementation: Implementation<S>,
): void {
  for (const { method, path, handle } of implementation.internal ?? []) {
    app.route({ method, url: path, handler: handle as RouteHandlerMethod });
  }
  if (implementation.onEvents) {
    const consume = onceEach(implementation.onEvents);
    app.post(deliveryPath, async (request, reply) => {
      await consume((request.body as { events: BusEvent[] }).events);
      return reply.code(202).send({});
    });
  }
}

/** Service times vary by ±30 % around their mean. */
const jittered = (meanMs: number): number => meanMs * (0.7 + 0.6 * Math.random());
