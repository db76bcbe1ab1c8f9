/** Records a rush on a small shop: a till that breaks for three seconds at the peak, and a shelf that stays fine. */
import type { LoadPlan } from '../../../profiles/types.ts';
import type { RouteKey } from '../../../scenarios/model.ts';
import type { Measurements } from '../../../slo/measurements.ts';
import { phaseAt } from '../../../slo/tally.ts';
import { type Random, seededRandom } from '../../fixtures/report/random.ts';
import { type JourneyRow, probeSeries, type RequestRow, seriesOf } from '../../fixtures/series.ts';
import { histogramOf } from '../../unit/slo/fixtures.ts';

const brokenSeconds = [28, 29, 30];
/** A rate per second at 1x, and the response time that nine of ten requests stay under. */
const routes: Readonly<Record<RouteKey, { rate: number; usualMs: number }>> = {
  'shelf.look': { rate: 30, usualMs: 40 },
  'till.pay': { rate: 10, usualMs: 180 },
  'till.receipt': { rate: 10, usualMs: 60 },
};

export function recordRun(plan: LoadPlan, seed: number): Measurements {
  const random = seededRandom(seed);
  const seconds = Array.from({ length: plan.durationSeconds }, (_, second) => second);
  const requests: RequestRow[] = [];
  const latencies = new Map<string, number[]>();
  for (const second of seconds) {
    for (const route of Object.keys(routes)) {
      const answers = answersIn(second, route, plan, random);
      requests.push(...rowsOf(second, route, plan, answers));
      const key = `${route}@${phaseAt(plan, second)}`;
      latencies.set(key, [...(latencies.get(key) ?? []), ...answers.map((answer) => answer.ms)]);
    }
  }
  return {
    version: 1,
    startedAtMs: 1_764_300_000_000,
    measuredSeconds: plan.durationSeconds,
    end: 'finished',
    partial: [],
    requests: seriesOf(requests),
    journeys: seriesOf(seconds.flatMap((second) => journeysIn(second, plan))),
    drops: seriesOf([{ second: 30, scenario: 'visit', phase: 'peak', count: 4 }]),
    probes: probeSeries(seconds.map((second) => ({ second, service: 'till', ok: second !== 29 }))),
    readings: [
      ...seconds.map((second) => ({
        second,
        reading: 'age-seconds',
        value: second === 30 ? 6.5 : 1.2,
        phase: phaseAt(plan, second),
      })),
      { second: plan.durationSeconds, reading: 'sales-lost', value: 0 },
    ],
    series: [],
    latencyByJourney: [],
    latencyByRoute: [...latencies].map(([key, values]) => {
      const [route = '', phase = ''] = key.split('@');
      return { service: route.slice(0, route.indexOf('.')), route, phase, histogram: histogramOf(values, 3) };
    }),
    sliceSeconds: 1,
    latencySlices: [],
    generator: seconds.map((second) => ({
      second,
      machineBusyShare: second === 29 ? 0.97 : 0.5,
      vusInUse: 4,
    })),
    drills: [],
    ledgers: [],
    reconciliation: [],
    overflowPoints: 0,
  };
}

interface Answered {
  readonly ms: number;
  readonly isError: boolean;
}

function answersIn(second: number, route: RouteKey, plan: LoadPlan, random: Random): Answered[] {
  const { rate, usualMs } = routes[route] ?? { rate: 0, usualMs: 0 };
  const isBroken = route.startsWith('till.') && brokenSeconds.includes(second);
  return Array.from({ length: Math.round(rate * multiplierAt(second, plan)) }, () => {
    const ms = Math.round(usualMs * (random.uniform() < 0.9 ? random.uniform() : 1 + random.uniform()));
    return { ms: ms + 1, isError: isBroken && random.uniform() < 0.5 };
  });
}

function rowsOf(second: number, route: RouteKey, plan: LoadPlan, answers: readonly Answered[]): RequestRow[] {
  const counts = new Map<string, number>();
  for (const { ms, isError } of answers) {
    const limit = (plan.limitsMs[route] ?? []).find((item) => ms < item);
    const good = plan.limitsMs[route] === undefined ? 'ok' : String(limit ?? 'slow');
    const outcome = isError ? 'error' : good;
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  }
  const service = route.slice(0, route.indexOf('.'));
  const phase = phaseAt(plan, second);
  return [...counts].map(([outcome, count]) => ({ second, service, route, phase, outcome, count }));
}

function journeysIn(second: number, plan: LoadPlan): JourneyRow[] {
  const count = Math.round(10 * multiplierAt(second, plan));
  const broken = brokenSeconds.includes(second) ? Math.round(count / 2) : 0;
  const row = (outcome: string, number: number) => ({
    second,
    journey: 'visit',
    phase: phaseAt(plan, second),
    outcome,
    count: number,
  });
  return broken === 0 ? [row('2000', count)] : [row('2000', count - broken), row('error', broken)];
}

function multiplierAt(second: number, plan: LoadPlan): number {
  const phase = plan.phases.find((item) => second >= item.startSecond && second < item.endSecond);
  if (phase === undefined) return 0;
  const share = (second + 0.5 - phase.startSecond) / (phase.endSecond - phase.startSecond);
  return phase.fromMultiplier + share * (phase.toMultiplier - phase.fromMultiplier);
}
