/** Asks each service once a second whether it works, beside the load: an outage shows also where no traffic went. */
import type { Catalog } from '../../scenarios/model.ts';
import type { RunningTarget } from '../types.ts';
import { allowedUrl } from './allowed.ts';
import type { RunEvent } from './events.ts';
import { everySeconds } from './every-seconds.ts';
import { ProbeConnection } from './probe-connection.ts';

/** Within a second. Several probes at once take half the CPU of as many that each find the processor's caches cold. */
const mostMoments = 5;

interface Answer {
  readonly latencyMs: number;
  /** Why the probe failed; undefined if the service works. */
  readonly cause: string | undefined;
}

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
  const moments = Math.min(services.length, mostMoments);
  const probes = services.map((service, index) => {
    const health = `${target.environment.baseUrls[service]}${catalog[service]?.health ?? ''}`;
    const connection = new ProbeConnection(allowedUrl(health, target.allow), target.headers);
    return { connection, offsetMs: ((index % moments) * 1000) / moments };
  });
  record({ type: 'probe-schedule', services, offsetsMs: probes.map(({ offsetMs }) => offsetMs) });
  let isStopped = false;
  const waiting: NodeJS.Timeout[] = [];
  const stop = everySeconds(1, 0, (atMs) => {
    const answers: Answer[] = [];
    let missing = probes.length;
    const ask = async (index: number, { connection, offsetMs }: (typeof probes)[number]): Promise<void> => {
      const cause = await connection.ask();
      answers[index] = { latencyMs: Date.now() - atMs - offsetMs, cause };
      missing -= 1;
      if (missing === 0 && !isStopped) record(roundOf(atMs, answers));
    };
    // Nobody waits for them: the next round is due while the last probes of this one are under way.
    for (const [index, probe] of probes.entries()) {
      waiting[index] = setTimeout(() => void ask(index, probe), probe.offsetMs);
    }
  });
  return () => {
    isStopped = true;
    stop();
    for (const timer of waiting) clearTimeout(timer);
    for (const { connection } of probes) connection.close();
  };
}

function roundOf(atMs: number, answers: readonly Answer[]): RunEvent {
  return {
    type: 'probes',
    atMs,
    latenciesMs: answers.map(({ latencyMs, cause }) => (cause === undefined ? latencyMs : null)),
    failures: answers.flatMap(({ cause }, index) => (cause === undefined ? [] : [{ index, cause }])),
  };
}
