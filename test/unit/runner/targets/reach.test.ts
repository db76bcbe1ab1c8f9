import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { reachServices } from '../../../../runner/targets/reach.ts';
import type { Catalog, Service } from '../../../../scenarios/model.ts';
import { PeakproofError } from '../../../../scenarios/problem.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const service: Service = {
  description: '',
  tier: 'critical',
  team: '',
  calls: [],
  edge: 'direct',
  health: '/healthz',
  routes: {},
};

it('is content with services that answer 2xx on their health path, with the headers given', async () => {
  const seen: string[] = [];
  const url = await serve((request, response) => {
    seen.push(`${request.url} ${request.headers.authorization}`);
    response.writeHead(204).end();
  });
  const environment = { name: 'test', scale: 1, baseUrls: { a: url } };
  await reachServices(environment, { a: service }, ['a'], { authorization: 'Bearer x' });
  expect(seen).toEqual(['/healthz Bearer x']);
});

it('names every service that does not, without following redirects', async () => {
  const elsewhere: string[] = [];
  const other = await serve((request, response) => {
    elsewhere.push(request.url ?? '');
    response.end();
  });
  const baseUrls = {
    refused: 'http://127.0.0.1:9',
    silent: await serve(() => {}),
    broken: await serve((_, response) => response.writeHead(503).end()),
    moved: await serve((_, response) => response.writeHead(302, { location: other }).end()),
    fine: await serve((_, response) => response.end()),
  };
  const catalog: Catalog = Object.fromEntries(Object.keys(baseUrls).map((name) => [name, service]));
  const environment = { name: 'test', scale: 1, baseUrls };
  const error = await reachServices(environment, catalog, Object.keys(baseUrls), {}).catch(
    (reason) => reason,
  );
  expect(error).toBeInstanceOf(PeakproofError);
  const told = (error as PeakproofError).problems.map(
    ({ code, cause }) => `${code} ${cause.replace(/:\d+/, '')}`,
  );
  expect(told).toEqual([
    'TARGET_UNREACHABLE refused at http://127.0.0.1/healthz did not answer: ECONNREFUSED',
    'TARGET_UNREACHABLE silent at http://127.0.0.1/healthz did not answer within 2 s',
    'TARGET_UNREACHABLE broken at http://127.0.0.1/healthz answered 503',
    'TARGET_UNREACHABLE moved at http://127.0.0.1/healthz answered 302',
  ]);
  expect(elsewhere).toEqual([]);
});
