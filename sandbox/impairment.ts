/** Reads impairments as written on a command line: `payment:latency=900ms`, `payment:errors=20%`, `storefront:page-load=+2000ms`. */
import { catalog, type ServiceName } from '../scenarios/catalog.ts';
import type { Impairment } from './kit/messages.ts';

const longestMs = 60_000;
const mostSlowdownPercent = 1000;
const form =
  /^([a-z-]+):(?:latency=(\d+(?:\.\d+)?)ms|latency=\+(\d+(?:\.\d+)?)%|errors=(\d+(?:\.\d+)?)%|page-load=\+(\d+(?:\.\d+)?)ms)$/;

const isService = (name: string): name is ServiceName => Object.hasOwn(catalog, name);

/** Answers the impairment, or what is wrong with the text in one line. */
export function parseImpairment(text: string): Impairment | { readonly reason: string } {
  const [, service, latency, slowdown, errors, pageLoad] = form.exec(text) ?? [];
  if (!service) {
    const forms = ['latency=NUMBERms', 'latency=+NUMBER%', 'errors=NUMBER%', 'page-load=+NUMBERms'];
    return { reason: `'${text}' is not ${forms.map((part) => `SERVICE:${part}`).join(' or ')}` };
  }
  if (!isService(service)) return { reason: `'${service}' in '${text}' is not a service` };
  if (latency !== undefined) {
    const addedLatencyMs = Number(latency);
    if (addedLatencyMs > longestMs) return { reason: `'${text}' adds more than ${longestMs} ms` };
    return { service, addedLatencyMs };
  }
  if (slowdown !== undefined) {
    const percent = Number(slowdown);
    if (percent > mostSlowdownPercent) return { reason: `'${text}' is more than +${mostSlowdownPercent} %` };
    return { service, addedLatencyShare: percent / 100 };
  }
  if (pageLoad !== undefined) return pageLoadImpairment(text, service, Number(pageLoad));
  const percent = Number(errors);
  if (percent > 100) return { reason: `'${text}' is more than 100 %` };
  return { service, errorShare: percent / 100 };
}

/** Only the storefront has pages. */
function pageLoadImpairment(
  text: string,
  service: ServiceName,
  pageLoadDelayMs: number,
): Impairment | { readonly reason: string } {
  if (service !== 'storefront') return { reason: `'${text}': only the storefront has pages` };
  if (pageLoadDelayMs > longestMs) return { reason: `'${text}' adds more than ${longestMs} ms` };
  return { service, pageLoadDelayMs };
}
