/** Asks each service once a second whether it works, beside the load: an outage shows also where no traffic went. */
import { Client } from 'undici';
import type { Catalog } from '../../scenarios/model.ts';
import type { RunningTarget } from '../types.ts';
import { allowedUrl } from './allowed.ts';
import type { RunEvent } from './events.ts';
import { everySeconds } from './every-seconds.ts';

/** Less than a second, so that a probe has ended when the next one is due. */
const patienceMs = 900;

/** Starts probing, spread over each second; each service has one connection of its own. Returns how to stop. */
export function startProbes(
  services: readonly string[],
  catalog: Catalog,
  target: Pick<RunningTarget, 'environment' | 'allow' | 'headers'>,
  record: (event: RunEvent) => void,
): () => void {
  const stops = services.map((service, index) => {
    const health = `${target.environment.baseUrls[service]}${catalog[service]?.health ?? ''}`;
    const url = allowedUrl(health, target.allow);
    const client = new Client(url.origin);
    const offsetMs = (index * 1000) / services.length;
    const stop = everySeconds(1, offsetMs, async (atMs) => {
      const cause = await faultOf(client, url, target.headers);
      const latencyMs = Date.now() - atMs;
      record({ type: 'probe', atMs, service, ok: cause === undefined, latencyMs, ...(cause && { cause }) });
    });
    return () => {
      stop();
      void client.destroy();
    };
  });
  return () => {
    for (const stop of stops) stop();
  };
}

/** Why a probe failed, in a few words; undefined if the service works. */
async function faultOf(
  client: Client,
  url: URL,
  headers: Readonly<Record<string, string>>,
): Promise<string | undefined> {
  try {
    const { statusCode, body } = await client.request({
      method: 'GET',
      path: url.pathname + url.search,
      headers,
      signal: AbortSignal.timeout(patienceMs),
    });
    await body.dump();
    return statusCode >= 200 && statusCode < 300 ? undefined : `answered ${statusCode}`;
  } catch (error) {
    const { name, code, message } = error as NodeJS.ErrnoException;
    return name === 'TimeoutError' ? `no answer in ${patienceMs} ms` : (code ?? message);
  }
}
