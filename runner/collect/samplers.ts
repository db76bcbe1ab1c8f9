import type { AskSystem, Sampler } from '../suite.ts';
import type { RunEvent } from './events.ts';
import { everySeconds } from './every-seconds.ts';

/** Reads figures from the system while it is under load. A figure that cannot be read is no reading. Returns how to stop. */
export function startSamplers(
  samplers: readonly Sampler[],
  ask: AskSystem,
  record: (event: RunEvent) => void,
): () => void {
  const stops = samplers.map((sampler) =>
    everySeconds(sampler.everySeconds, 0, async (atMs) => {
      const value = await readFigure(sampler, ask);
      if (value === undefined) return;
      record({ type: 'reading', atMs, reading: sampler.reading, value, census: false });
    }),
  );
  return () => {
    for (const stop of stops) stop();
  };
}

async function readFigure({ route, field }: Sampler, ask: AskSystem): Promise<number | undefined> {
  try {
    const { status, body } = await ask(route);
    const value = (body as Readonly<Record<string, unknown>> | undefined)?.[field];
    return status >= 200 && status < 300 && typeof value === 'number' && Number.isFinite(value)
      ? value
      : undefined;
  } catch {
    return undefined;
  }
}
