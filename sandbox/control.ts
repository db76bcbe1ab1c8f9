/** The control server: breaks the sandbox and mends it again, and tells what only the sandbox knows. */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import Fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import { type ActiveFaults, FaultRefused } from './active-faults.ts';
import type { Fleet } from './fleet.ts';
import type { ControlAccess } from './kit/messages.ts';
import { allowEmptyJson } from './kit/server.ts';
import { bearerToken } from './kit/tokens.ts';
import { type CheckedFault, readFault } from './read-fault.ts';

/** Starts the server on a free loopback port; it lives as long as the process. */
export async function startControl(fleet: Fleet, faults: ActiveFaults): Promise<ControlAccess> {
  const token = randomBytes(24).toString('hex');
  const app = Fastify({ bodyLimit: 16 * 1024 });
  allowEmptyJson(app);
  requireToken(app, token);
  addFaultRoutes(app, faults);
  app.get('/facts', async () => {
    if (!fleet.isRunning('order')) await fleet.orders.countLost();
    const facts = await fleet.askAll({ type: 'facts' });
    return { orders: fleet.orders.facts(), ...Object.assign({}, ...facts) };
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  return { url, token };
}

function requireToken(app: FastifyInstance, token: string): void {
  const wanted = Buffer.from(token);
  app.addHook('onRequest', async (request, reply) => {
    const given = Buffer.from(bearerToken(request.headers.authorization) ?? '');
    const isRight = given.length === wanted.length && timingSafeEqual(given, wanted);
    if (!isRight) return reply.code(401).send({ reasons: ['the bearer token is missing or wrong'] });
  });
}

function addFaultRoutes(app: FastifyInstance, faults: ActiveFaults): void {
  app.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) => {
    const status = error instanceof FaultRefused ? 409 : (error.statusCode ?? 500);
    return reply.code(status).send({ reasons: [error.message] });
  });
  app.get('/faults', () => ({ faults: faults.list() }));
  app.get<IdRoute>('/faults/:id', ({ params }, reply) => {
    const active = faults.find(params.id);
    return active ?? reply.code(404).send({ reasons: [`${params.id} is not active`] });
  });
  app.put<IdRoute>('/faults/:id', ({ params, body }, reply) =>
    withFault(body, reply, (fault) => faults.inject(params.id, fault)),
  );
  app.delete<IdRoute>('/faults/:id', async ({ params }, reply) => {
    await faults.takeBack(params.id);
    return reply.code(204).send();
  });
  // Whether the sandbox can do it, without doing it.
  app.post('/checks', ({ body }, reply) =>
    withFault(body, reply, async (fault) => {
      await faults.check(fault);
      return {};
    }),
  );
}

interface IdRoute {
  Params: { id: string };
}

async function withFault(
  body: unknown,
  reply: FastifyReply,
  act: (fault: CheckedFault) => Promise<object>,
): Promise<object> {
  const fault = readFault(body);
  if ('reasons' in fault) return reply.code(400).send({ reasons: fault.reasons });
  return act(fault);
}
