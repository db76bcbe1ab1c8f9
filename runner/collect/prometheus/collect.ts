/** After the load: asks the servers' own metrics for the time of the run, each distinct query once. */
import { setTimeout as wait } from 'node:timers/promises';
import type { LoadPlan } from '../../../profiles/types.ts';
import { PeakproofError } from '../../../scenarios/problem.ts';
import { queriesOf } from '../../../slo/measures/series.ts';
import { concerns } from '../../../slo/scope.ts';
import type { Objective, SeriesSource, Sli } from '../../../slo/types.ts';
import { withDeadline } from '../../process/deadline.ts';
import { hostOf } from '../../targets/hosts.ts';
import { endpointOf, type MetricEndpoint } from '../../targets/metric-sources.ts';
import type { RunningTarget } from '../../types.ts';
import { allowedUrl } from '../allowed.ts';
import type { RunEvent } from '../events.ts';
import { NoData } from './no-data.ts';
import { checkClock, queryRange } from './query.ts';

/** However many queries there are: nobody waits longer for a server that hardly answers. */
const patienceMs = 60_000;
/** What was scraped needs a moment until it can be asked for. */
const ingestMs = 500;

/** A source and the queries that objectives ask it. */
export interface SourceQueries {
  readonly source: SeriesSource;
  readonly queries: readonly string[];
}

/** What the objectives that concern a plan ask, by source, without doubles. */
export function sourceQueries(plan: LoadPlan, objectives: readonly Objective[]): SourceQueries[] {
  const bySource = new Map<string, { source: SeriesSource; queries: Set<string> }>();
  for (const sli of objectives.filter((item) => concerns(plan, item)).flatMap(plainSlis)) {
    if (sli.measure !== 'series') continue;
    const key = JSON.stringify([sli.source.type, sli.source.dataSource, sli.source.url]);
    const entry = bySource.get(key) ?? { source: sli.source, queries: new Set() };
    bySource.set(key, entry);
    for (const query of queriesOf(sli)) entry.queries.add(query);
  }
  return [...bySource.values()].map(({ source, queries }) => ({ source, queries: [...queries] }));
}

function plainSlis({ sli }: Objective): readonly Sli[] {
  return sli.measure === 'composite' ? sli.members.map((member) => member.sli) : [sli];
}

type Askable = Pick<RunningTarget, 'allow' | 'metricEndpoints' | 'environment'>;

/** What keeps sources from answering, in words: for whoever would otherwise learn it only after the run. */
export async function checkSources(
  asked: readonly SourceQueries[],
  target: Askable,
  signal: AbortSignal,
): Promise<string[]> {
  const faults = await Promise.all(
    asked.map(({ source }) => faultOf(source, target, (endpoint) => checkClock(endpoint, signal))),
  );
  return faults.filter((fault) => fault !== undefined);
}

export interface Collection {
  readonly target: Askable;
  /** Wall-clock time of the plan's second 0 and of the load's end, ms since the epoch. */
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  /** Aborted when nobody wants to wait any longer. */
  readonly signal: AbortSignal;
  readonly record: (event: RunEvent) => void;
}

/** Records one event a query: its values, or why there are none. Rejects for nothing that a server does. */
export async function collectSeries(asked: readonly SourceQueries[], collection: Collection): Promise<void> {
  await Promise.all(asked.map((item) => askSource(item, collection)));
}

async function askSource(
  { source, queries }: SourceQueries,
  { target, startedAtMs, endedAtMs, signal, record }: Collection,
): Promise<void> {
  const stepSeconds = endpointOf(source, target.metricEndpoints)?.scrapeSeconds ?? 1;
  // What the last requests counted stands in the next scrape.
  const toMs = endedAtMs + stepSeconds * 1000;
  await wait(Math.max(0, toMs + ingestMs - Date.now()), undefined, { signal }).catch(() => {});
  const window = { fromMs: startedAtMs, toMs, stepSeconds };
  await withDeadline(patienceMs, signal, async (patience) => {
    const closed = await faultOf(source, target, (endpoint) => checkClock(endpoint, patience));
    for (const query of queries) {
      let values: readonly (number | null)[] = [];
      const problem =
        closed ??
        (await faultOf(source, target, async (endpoint) => {
          values = await queryRange(endpoint, query, window, patience);
        }));
      const answer = { values, ...(problem === undefined ? {} : { problem }) };
      record({
        type: 'series',
        atMs: Date.now(),
        source,
        query,
        fromMs: startedAtMs,
        stepSeconds,
        ...answer,
      });
    }
  });
}

/** Does something with the endpoint of a source; what kept it from being done, in words. */
async function faultOf(
  source: SeriesSource,
  { allow, metricEndpoints, environment }: Askable,
  work: (endpoint: MetricEndpoint) => Promise<void>,
): Promise<string | undefined> {
  const endpoint = endpointOf(source, metricEndpoints);
  if (endpoint === undefined) {
    return `target "${environment.name}" says of no ${source.dataSource ?? source.type} where it is`;
  }
  const name = `${source.type} at ${hostOf(endpoint.url)}`;
  try {
    allowedUrl(endpoint.url, allow);
    await work(endpoint);
    return undefined;
  } catch (error) {
    if (error instanceof NoData) return `${name} ${error.message}`;
    if (error instanceof PeakproofError) return `${name} was not asked: ${error.problems[0]?.cause}`;
    throw error;
  }
}
