/** Asks each service once a second whether it works, beside the load: an outage shows also where no traffic went. */
import { setMaxListeners } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { Client } from 'undici';
import type { Catalog } from '../../scenarios/model.ts';
import type { RunningTarget } from '../types.ts';
import { allowedUrl } from './allowed.ts';
import type { RunEvent } from './events.ts';
import { everySeconds } from './every-seconds.ts';

/** Less than a second, so that a probe has ended when the next one is due. */
const patienceMs = 900;

/**
 * Starts probing, spread over each second; each service has one connection of its own. Each round is recorded
 * when its last answer is there or overdue. Returns how to stop.
 */
export function startProbes(
  services: readonly string[],
  catalog: Catalog,
  target: Pick<RunningTarget, 'environment' | 'allow' | 'headers'>,
  record: (event: RunEvent) => void,
): () => void {
  const probes = services.map((service, index) => {
    const health = `${target.environment.baseUrls[service]}${catalog[service]?.health ?? ''}`;
    const url = allowedUrl(health, target.allow);
    return { url, client: new Client(url.origin), offsetMs: (index * 1000) / services.length };
  });
  record({ type: 'probe-schedule', services, offsetsMs: probes.map(({ offsetMs }) => offsetMs) });
  const stopped = new AbortController();
  // Each service waits for its moment on this one signal: Node takes more than ten for a leak, and prints so.
  setMaxListeners(0, stopped.signal);
  const stop = everySeconds(1, 0, (atMs) => {
    const round = probes.map(async ({ url, client, offsetMs }) => {
      await setTimeout(offsetMs, undefined, { signal: stopped.signal });
      const cause = await faultOf(client, url, target.headers);
      return { latencyMs: Date.now() - atMs - offsetMs, cause };
    });
    const tell = (answers: Awaited<(typeof round)[number]>[]) => {
      if (stopped.signal.aborted) return;
      record({
        type: 'probes',
        atMs,
        latenciesMs: answers.map(({ latencyMs, cause }) => (cause === undefined ? latencyMs : null)),
        failures: answers.flatMap(({ cause }, index) => (cause === undefined ? [] : [{ index, cause }])),
      });
    };
    // Not awaited: the next round is due while the last probes of this one are under way. Only stopping rejects.
    void Promise.all(round).then(tell, () => {});
  });
  return () => {
    stop();
    stopped.abort();
    for (const { client } of probes) void client.destroy();
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
