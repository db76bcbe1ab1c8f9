/** Writes the run folder that a rehearsal of a whole day would have left. */
import type { RunEvent } from '../../runner/collect/events.ts';
import { metricNames } from '../../runner/collect/metric-names.ts';
import type { HistogramPoint, Metric, NumberPoint } from '../../runner/collect/otlp/decode.ts';
import { PointEncoder } from '../../runner/collect/point-frames.ts';
import { hostFacts } from '../../runner/host.ts';
import { formatVersion } from '../../runner/store/layout.ts';
import { openRunFolder } from '../../runner/store/run-folder.ts';
import { createRandom } from '../../scenarios/k6/random.ts';
import { catalog, objectives, plan, policy, requestsPerRouteAt1x, routes, secondsPerDay } from './suite.ts';

const startMs = Date.UTC(2026, 10, 27);
const random = createRandom();
random.start(1, 1);

/** Writes it all; returns how many requests it holds. */
export function writeDay(path: string): number {
  const manifest = {
    formatVersion,
    id: 'day',
    peakproof: 'bench',
    suite: plan.suite,
    profile: plan.profile,
    target: plan.environment.name,
    seed: plan.seed,
    command: 'bench/day',
    createdAtMs: startMs,
    toolVersions: {},
    host: hostFacts(),
    source: {},
    scenarios: {},
  };
  const suite = { name: 'day', title: 'A day', catalog, promises: [{ id: 'all', title: 'All of it' }] };
  const folder = openRunFolder(
    path,
    manifest,
    { plan, objectives, policy, suite, history: [] },
    (text) => text,
  );
  const encoder = new PointEncoder();
  const services = Object.keys(catalog);
  const offsetsMs = services.map((_, index) => (index * 1000) / services.length);
  folder.appendEvent({ type: 'probe-schedule', services, offsetsMs });
  let requests = 0;
  for (let second = 0; second < secondsPerDay; second++) {
    const metrics = secondOf(second);
    requests += metrics.requests;
    folder.append('points', encoder.encode(metrics.metrics));
    folder.appendEvent(probesOf(second));
    folder.appendEvent(healthOf(second));
  }
  folder.appendEvent({ type: 'end', atMs: startMs + secondsPerDay * 1000, end: 'finished' });
  folder.close();
  return requests;
}

function secondOf(second: number): { metrics: Metric[]; requests: number } {
  const phase = plan.phases.find((item) => second < item.endSecond);
  const atMs = { startMs: startMs + second * 1000, endMs: startMs + second * 1000 + 1050 };
  const counts: NumberPoint[] = [];
  const latencies: HistogramPoint[] = [];
  let requests = 0;
  for (const { service, route } of routes) {
    const sent = countAround(requestsPerRouteAt1x * (phase?.toMultiplier ?? 1));
    if (sent === 0) continue;
    requests += sent;
    const labels = { service, name: route, phase: phase?.name ?? '', scenario: service };
    const errors = random.next() < 2e-5 ? 1 : 0;
    const slow = sent > errors && random.next() < 0.005 ? 1 : 0;
    const outcomes = { '300': sent - errors - slow, '800': slow, error: errors };
    for (const [outcome, value] of Object.entries(outcomes)) {
      if (value > 0) counts.push({ attributes: { ...labels, outcome }, ...atMs, value });
    }
    latencies.push({ attributes: { ...labels, status: '200' }, ...atMs, histogram: histogramOf(sent) });
  }
  const gauge = (name: string, value: number): Metric => ({
    kind: 'gauge',
    name,
    points: [{ attributes: {}, ...atMs, value }],
  });
  const sum = (name: string, points: readonly NumberPoint[]): Metric => ({ kind: 'sum', name, points });
  const metrics: Metric[] = [
    ...(second === 0 ? [gauge(metricNames.startedAtMs, startMs)] : []),
    gauge(metricNames.vus, 40),
    sum(metricNames.requests, counts),
    sum(metricNames.httpRequests, [{ attributes: {}, ...atMs, value: requests }]),
    { kind: 'histogram', name: metricNames.httpDuration, points: latencies },
  ];
  return { metrics, requests };
}

function countAround(mean: number): number {
  return Math.floor(mean * (0.5 + random.next()) + random.next());
}

/** At the finest scale that is kept: buckets of 2.2 %. */
function histogramOf(count: number) {
  const scale = 5;
  const values = Array.from({ length: count }, () => Math.round(8e6 * Math.exp(2 * random.next())) / 1e6);
  const indexes = values.map((value) => Math.ceil(Math.log2(value) * 2 ** scale) - 1);
  const offset = Math.min(...indexes);
  const buckets = new Array<number>(Math.max(...indexes) - offset + 1).fill(0);
  for (const index of indexes) buckets[index - offset] = (buckets[index - offset] ?? 0) + 1;
  const sum = values.reduce((total, value) => total + value, 0);
  return {
    scale,
    count,
    zeroCount: 0,
    sum,
    min: Math.min(...values),
    max: Math.max(...values),
    offset,
    buckets,
  };
}

function probesOf(second: number): RunEvent {
  const latenciesMs = Object.keys(catalog).map(() => (random.next() < 1e-5 ? null : 2));
  const failures = latenciesMs.flatMap((latency, index) =>
    latency === null ? [{ index, cause: 'answered 503' }] : [],
  );
  const atMs = startMs + second * 1000;
  return { type: 'probes', atMs, latenciesMs, failures };
}

function healthOf(second: number): RunEvent {
  const health = {
    k6Cores: 0.4,
    runnerCores: 0.04,
    machineBusyShare: 0.5,
    k6MemoryMb: 400,
    eventLoopDelayMs: 1,
  };
  return { type: 'generator', atMs: startMs + second * 1000, health };
}
