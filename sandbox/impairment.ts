/** Reads impairments as written on a command line: `payment:latency=900ms`, `payment:errors=20%`. */
import { catalog, type ServiceName } from '../scenarios/catalog.ts';
import type { Impairment } from './kit/messages.ts';

const longestMs = 60_000;

const isService = (name: string): name is ServiceName => Object.hasOwn(catalog, name);

/** Answers the impairment, or what is wrong with the text in one line. */
export function parseImpairment(text: string): Impairment | { readonly reason: string } {
  const match = /^([a-z-]+):(?:latency=(\d+(?:\.\d+)?)ms|errors=(\d+(?:\.\d+)?)%)$/.exec(text);
  const service = match?.[1];
  if (!service) {
    return { reason: `'${text}' is not SERVICE:latency=NUMBERms or SERVICE:errors=NUMBER%` };
  }
  if (!isService(service)) return { reason: `'${service}' in '${text}' is not a service` };
  const [, , latency, errors] = match;
  if (latency !== undefined) {
    const addedLatencyMs = Number(latency);
    if (addedLatencyMs > longestMs) return { reason: `'${text}' adds more than ${longestMs} ms` };
    return { service, addedLatencyMs };
  }
  const percent = Number(errors);
  if (percent > 100) return { reason: `'${text}' is more than 100 %` };
  return { service, errorShare: percent / 100 };
}
