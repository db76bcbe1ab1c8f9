/**
 * API gateway: checks tokens, limits rates, routes by the first path segment, answers for degradable
 * services that fail, and splits traffic between the services and the monolith (strangler facade).
 * Only headers on a list travel on, so a client cannot name a customer itself.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { catalog, type ServiceName } from '../../scenarios/catalog.ts';
import type { Route, Service } from '../../scenarios/model.ts';
import { customerHeader } from '../kit/customer.ts';
import { HttpError, unauthorised } from '../kit/errors.ts';
import { RateLimiter } from '../kit/rate-limit.ts';
import { createUpstream, type RelayAnswer, type RelayRequest, type Upstream } from '../kit/relay.ts';
import { addRoute } from '../kit/server.ts';
import { defineService, type Kit } from '../kit/service.ts';
import { bearerToken, tokenVerifier, type VerifyToken } from '../kit/tokens.ts';
import { fallbacks } from './fallbacks.ts';
import { linksPage, scrapeTargets } from './links.ts';
import { isLegacyParcel, legacyPage, legacyParcelPercent, legacyTracking } from './monolith.ts';

const rateLimit = { perCustomer: 200, perAddress: 50_000 } as const;
const timeoutMs = { critical: 5_000, standard: 5_000, degradable: 1_000 } as const;
const requestHeaders = ['content-type', 'authorization', 'idempotency-key', 'if-none-match', 'traceparent'];
const answerHeaders = ['content-type', 'etag', 'retry-after', 'x-fallback'];

const proxied = Object.entries(catalog as Record<string, Service>).filter(
  ([, service]) => service.edge === 'gateway',
) as [ServiceName, Service][];

class Gateway {
  readonly #verify: VerifyToken;
  readonly #limiter = new RateLimiter();

  constructor(kit: Kit) {
    this.#verify = tokenVerifier(kit.settings.tokenKey, kit.nowMs);
    kit.every(1_000, () => this.#limiter.startWindow());
  }

  /** Admits a request; answers the customer its token names, if the route wants one. */
  admit(request: FastifyRequest, auth: Route['auth']): string | undefined {
    const customerId = auth === 'customer' ? this.customer(request) : undefined;
    const limit = customerId ? rateLimit.perCustomer : rateLimit.perAddress;
    if (!this.#limiter.admits(customerId ?? request.ip, limit)) throw new HttpError(429, 'too many requests');
    return customerId;
  }

  customer(request: FastifyRequest): string {
    const claims = this.#verify(bearerToken(request.headers.authorization), 'access');
    if (!claims) throw unauthorised('a valid token is needed');
    return claims.sub;
  }
}

function relayed(request: FastifyRequest, customerId: string | undefined): RelayRequest {
  const headers: Record<string, string> = {};
  for (const name of requestHeaders) {
    const value = request.headers[name];
    if (typeof value === 'string') headers[name] = value;
  }
  if (customerId) headers[customerHeader] = customerId;
  const body = Buffer.isBuffer(request.body) && request.body.length > 0 ? request.body : null;
  return { method: request.method as RelayRequest['method'], path: request.url, headers, body };
}

function respond(reply: FastifyReply, answer: RelayAnswer): FastifyReply {
  for (const name of answerHeaders) {
    const value = answer.headers[name];
    if (typeof value === 'string') reply.header(name, value);
  }
  return reply.code(answer.status).send(answer.body);
}

function addProxyRoute(
  app: FastifyInstance,
  gateway: Gateway,
  upstream: Upstream,
  key: string,
  route: Route,
): void {
  const service = key.slice(0, key.indexOf('.'));
  const fallback = fallbacks[key];
  addRoute(app, key, route, undefined, async (request, reply) => {
    const customerId = gateway.admit(request, route.auth);
    const { trackingId } = request.params as { trackingId?: string };
    if (trackingId && isLegacyParcel(trackingId)) return legacyTracking(trackingId);
    const sending = upstream.send(relayed(request, customerId));
    if (!fallback) return respond(reply, await sending);
    const answer = await sending.catch(() => undefined);
    if (answer && answer.status < 500) return respond(reply, answer);
    return reply.header('x-fallback', service).code(fallback.status).send(fallback.body);
  });
}

function healthOf(upstream: Upstream, path: string): Promise<unknown> {
  return upstream.send({ method: 'GET', path, headers: {}, body: null });
}

export const gateway = defineService({
  name: 'gateway',
  capacity: { slotsPerReplica: 4, replicas: { min: 1, max: 3 }, serviceTimeMs: { read: 20, write: 20 } },
  start(kit) {
    const checks = new Gateway(kit);
    const routeCount = proxied.reduce((sum, [, { routes }]) => sum + Object.keys(routes).length, 0);
    return {
      rawBody: true,
      routes: {
        legacyPage: ({ params }, reply) => reply.type('text/html').send(legacyPage(params.pageId)),
        unauthorised: (request) => ({ subject: checks.customer(request) }),
        status: () => ({ routes: routeCount, legacyShare: legacyParcelPercent / 100 }),
      },
      extend(app) {
        app.get('/', (_request, reply) => reply.type('text/html').send(linksPage(kit.addresses)));
        app.get('/targets', () => scrapeTargets(kit.addresses));
        for (const [name, service] of proxied) {
          const upstream = createUpstream({
            service: name,
            address: () => kit.addresses[name],
            timeoutMs: timeoutMs[service.tier],
            conditions: kit.conditions,
          });
          kit.dependsOn(name, () => healthOf(upstream, service.health));
          for (const [routeName, route] of Object.entries(service.routes)) {
            addProxyRoute(app, checks, upstream, `${name}.${routeName}`, route);
          }
          for (const path of [service.health, `/${name}/openapi.json`]) {
            app.get(path, async (request, reply) =>
              respond(reply, await upstream.send(relayed(request, undefined))),
            );
          }
        }
      },
    };
  },
});
