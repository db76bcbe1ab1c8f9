/**
 * Beacons of virtual users, as the Faro SDK in real browsers sends them: many, to load a collector as a peak day
 * does. A k6 process of its own, so that the requests under judgement cost what they did. Every session is marked:
 * its figures are made up and prove nothing.
 */
import exec from 'k6/execution';
import http from 'k6/http';
import { Counter } from 'k6/metrics';
import type { Options } from 'k6/options';
import type { PlannedScenario } from '../profiles/types.ts';
import { createRandom, hashText, type Random } from './k6/random.ts';
import { plan, seed } from './k6/run.ts';
import { executorOf } from './k6/schedule.ts';
import { virtualUserMark } from './virtual-user.ts';

/** What a small collector bears; above it, every journey sends as much less. */
const mostPerSecond = 400;
const answerSeconds = 0.05;

const sent = new Counter('beacons_sent');
const refused = new Counter('beacons_refused');
const random = createRandom();
const url = __ENV.PEAKPROOF_COLLECTOR ?? '';
const headers = { 'content-type': 'application/json', 'x-api-key': __ENV.PEAKPROOF_COLLECTOR_KEY ?? '' };

export const options: Options = {
  scenarios: Object.fromEntries(beaconScenarios().map((item) => [item.name, executorOf(item, 'send')])),
  maxRedirects: 0,
  userAgent: 'peakproof',
};

/** The journeys whose pages report, at the rate at which they show pages. */
function beaconScenarios(): PlannedScenario[] {
  const reporting = (plan?.scenarios ?? []).filter(({ traffic }) => (traffic.beacons ?? 0) > 0);
  const peakOf = ({ arrival, traffic }: PlannedScenario) =>
    Math.max(...arrival.map(({ ratePerSecond }) => ratePerSecond)) * (traffic.beacons ?? 0);
  const total = reporting.reduce((sum, scenario) => sum + peakOf(scenario), 0);
  const share = Math.min(1, mostPerSecond / total);
  return reporting.map((scenario) => ({
    ...scenario,
    arrival: scenario.arrival.map(({ second, ratePerSecond }) => ({
      second,
      ratePerSecond: ratePerSecond * (scenario.traffic.beacons ?? 0) * share,
    })),
    vus: Math.ceil(peakOf(scenario) * share * answerSeconds) + 2,
  }));
}

export function send(): void {
  const { scenario } = exec;
  random.start(hashText(`beacon ${seed} ${scenario.name}`), scenario.iterationInTest);
  const body = JSON.stringify(beaconOf(scenario.name, scenario.iterationInTest, random));
  const { status } = http.post(url, body, {
    headers: { ...headers, 'idempotency-key': `${seed}-${scenario.name}-${scenario.iterationInTest}` },
  });
  sent.add(1);
  if (status < 200 || status > 299) refused.add(1);
}

function beaconOf(journey: string, iteration: number, { integer }: Random) {
  const timestamp = new Date().toISOString();
  const firstByteMs = integer(20, 300);
  const paintMs = firstByteMs + integer(100, 900);
  const loadMs = paintMs + integer(50, 900);
  const vital = (values: object) => ({ type: 'web-vitals', values, timestamp, context: { rating: 'good' } });
  return {
    meta: {
      sdk: { name: 'faro-web', version: '2.12.1' },
      app: { name: 'virtual-users', version: '1.0.0', environment: 'rehearsal' },
      session: { id: `virtual-${journey}-${iteration}`, attributes: { peakproof: virtualUserMark } },
      page: { id: journey },
      browser: { name: 'Chrome', mobile: journey.startsWith('mobile') },
    },
    events: [
      {
        name: 'faro.performance.navigation',
        attributes: { duration: String(loadMs), ttfb: String(firstByteMs) },
        timestamp,
        domain: 'browser',
      },
    ],
    measurements: [vital({ ttfb: firstByteMs }), vital({ lcp: paintMs }), vital({ cls: 0 })],
  };
}

interface Summary {
  readonly metrics: Readonly<Record<string, { readonly values?: { readonly count?: number } } | undefined>>;
}

/** How many were sent, and how many of them were not taken in. */
export function handleSummary({ metrics }: Summary): Record<string, string> {
  const countOf = (name: string) => metrics[name]?.values?.count ?? 0;
  const counts = {
    kind: 'beacons',
    sent: countOf('beacons_sent'),
    refused: countOf('beacons_refused'),
    dropped: countOf('dropped_iterations'),
  };
  return { stdout: `PEAKPROOF ${JSON.stringify(counts)}\n` };
}
