/** What a profile comes to, in sentences: the same for terminal and page. */
import { looksLikeLeak } from '../../slo/profile/heap.ts';
import type { Capacity, Demand, ServiceProfile } from '../../slo/profile/types.ts';
import type { UslFit, UslParameter } from '../../slo/statistics/usl.ts';
import { counted, decimal, roughShare } from '../figures.ts';
import { bytes, fineMs, withInterval } from './words.ts';

export function summaryOf(profile: ServiceProfile): string[] {
  const { capacity, demand, node, cpu } = profile;
  return [
    ...(capacity === undefined ? ['No capacity was found.'] : capacitySentences(capacity)),
    ...(demand === undefined ? [] : [demandSentence(profile.subject.name, demand)]),
    ...(cpu?.msPerRequest === undefined
      ? []
      : [
          `One request costs ${withInterval(cpu.msPerRequest, fineMs)} of ${cpu.of === 'process' ? 'CPU time' : 'its event loop'}.`,
        ]),
    ...(node?.heap?.bytesPerRequest === undefined ? [] : [heapSentence(profile)]),
  ];
}

function capacitySentences({ confirmed, kneeConnections, isLowerBound, usl }: Capacity): string[] {
  const at = `with ${counted(confirmed.connections, 'connection')}`;
  const rate = withInterval(confirmed.perSecond);
  return [
    isLowerBound
      ? `It serves at least ${rate} requests/s ${at}: the generator was busy all the time, the service perhaps not.`
      : `It serves ${rate} requests/s ${at}.`,
    `The knee is at ${decimal(kneeConnections)} concurrent requests: more of them only wait.`,
    ...(usl === undefined ? [] : [uslSentence(usl)]),
  ];
}

function uslSentence(usl: UslFit): string {
  const { peakPerSecond, peakConcurrency } = usl;
  const parameters = `λ ${parameter(usl.lambda)}/s, σ ${parameter(usl.sigma)}, κ ${parameter(usl.kappa)}`;
  const error = `it misses the steps by ${roughShare(usl.relativeError)}`;
  const peak =
    peakPerSecond === undefined
      ? 'no end of growth is seen'
      : peakConcurrency === undefined
        ? `at most ${decimal(peakPerSecond)} requests/s, without a peak`
        : `a peak of ${decimal(peakPerSecond)} requests/s at ${decimal(peakConcurrency)} concurrent requests`;
  return `Universal Scalability Law: ${parameters}; ${peak}; ${error}.`;
}

/** An interval that reaches zero does not tell the parameter from none. */
function parameter({ value, low, high }: UslParameter): string {
  if (low === undefined || high === undefined) {
    return `${decimal(value)} (${value === 0 || value === 1 ? 'at its bound' : 'too few steps for an interval'})`;
  }
  const text = `${decimal(value)} (${decimal(low)} to ${decimal(high)})`;
  return low === 0 ? `${text}, not told from 0` : text;
}

function demandSentence(name: string, demand: Demand): string {
  const { multiplier, ratePerSecond, replicas, replicasAtMost = replicas, utilisation, source } = demand;
  const most = replicasAtMost > replicas ? ` (up to ${counted(replicasAtMost, 'replica')})` : '';
  const when = multiplier > 1 ? `At ${name}'s share of a ${decimal(multiplier)}x day` : 'At the peak';
  return `${when}, ${decimal(ratePerSecond)} requests/s, it needs ${counted(replicas, 'replica')}${most}, each ${roughShare(utilisation)} busy (${source}).`;
}

function heapSentence({ node }: ServiceProfile): string {
  const { heap } = node ?? {};
  const each = heap?.bytesPerRequest;
  if (heap === undefined || each === undefined) return '';
  const perThousand = {
    value: each.value * 1000,
    ...(each.low === undefined ? {} : { low: each.low * 1000 }),
    ...(each.high === undefined ? {} : { high: each.high * 1000 }),
  };
  const growth = `Its memory grows by ${withInterval(perThousand, bytes)} per 1,000 requests after collections`;
  return looksLikeLeak(heap)
    ? `${growth}: it keeps what it should let go, or fills a cache.`
    : `${growth}: no leak is seen.`;
}
