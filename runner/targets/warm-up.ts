/** Sends a stand-in that has just started its first requests, so that compilers and connections are warm. */
import { Agent, request } from 'undici';
import type { Environment } from '../../profiles/types.ts';
import type { Catalog, Service } from '../../scenarios/model.ts';

/** Enough for the engine to compile the common path of a handler. */
const rounds = 25;

/** Reads every service's health and read routes a few times. Answers don't matter here, not even refusals. */
export async function warmUp(
  environment: Environment,
  catalog: Catalog,
  services: Iterable<string>,
): Promise<void> {
  const dispatcher = new Agent({ connections: 2 });
  const warmOne = async (name: string) => {
    const service = catalog[name];
    if (!service) return;
    const urls = readPaths(service).map((path) => `${environment.baseUrls[name]}${path}`);
    for (let round = 0; round < rounds; round++) {
      for (const url of urls) {
        const answer = await request(url, { dispatcher }).catch(() => undefined);
        await answer?.body.dump();
      }
    }
  };
  await Promise.all([...services].map(warmOne));
  await dispatcher.close();
}

function readPaths(service: Service): string[] {
  const reads = Object.values(service.routes).filter((route) => route.method === 'GET');
  return [service.health, ...reads.map((route) => route.path.replace(/:\w+/g, '1'))];
}
