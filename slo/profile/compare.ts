/** What has changed between two profiles of one service. */
import type { FunctionShare } from './node.ts';
import type { Change, Estimate, ProfileComparison, RateRun, ServiceProfile } from './types.ts';

/** Smaller changes matter to nobody, and one machine's moods are about as large. */
export const leastChange = 0.05;
/** Rates within so much of each other are the same load. */
const sameRate = 0.1;
/** A function must have taken so much of the time, before or after, to be told. */
const leastShare = 0.01;
const mostFunctions = 15;

type Unit = Change['unit'];

/** `after` against `before`, its baseline. */
export function compareProfiles(before: ServiceProfile, after: ServiceProfile): ProfileComparison {
  const figures = [
    change('throughput', 'requests/s', 'higher', throughput(before), throughput(after)),
    ...rateChanges(before.rates, after.rates),
    change('time per request', 'ms', 'lower', before.cpu?.msPerRequest, after.cpu?.msPerRequest),
    change(
      'memory growth per request',
      'bytes',
      'lower',
      heapGrowth(before),
      heapGrowth(after),
      heapFloorBytes,
    ),
  ];
  return {
    baselineAtMs: before.createdAtMs,
    leastChange,
    warnings: differences(before, after),
    figures: figures.flatMap((item) => item ?? []),
    functions: functionChanges(before, after),
  };
}

function throughput({ capacity }: ServiceProfile): Estimate | undefined {
  return capacity?.confirmed.perSecond;
}

function heapGrowth({ node }: ServiceProfile): Estimate | undefined {
  return node?.heap?.bytesPerRequest;
}

/** Growth below is noise of the measurement, whatever its multiple. */
const heapFloorBytes = 100;

/** What makes figures differ beside the service itself. */
function differences(before: ServiceProfile, after: ServiceProfile): string[] {
  const differ = (is: boolean, text: string) => (is ? [text] : []);
  return [
    ...differ(before.mix.fingerprint !== after.mix.fingerprint, 'the two were asked for different requests'),
    ...differ(before.host !== after.host, 'the two ran on different machines'),
    ...differ(before.rateEngine !== after.rateEngine, 'latency was taken with different generators'),
    ...differ(before.node?.version !== after.node?.version, 'the two ran on different versions of Node'),
  ];
}

/** Latencies at the same load, where neither generator was at its end. */
function rateChanges(before: readonly RateRun[], after: readonly RateRun[]): (Change | undefined)[] {
  return after.flatMap((run) => {
    const off = ({ ratePerSecond }: RateRun) => Math.abs(ratePerSecond / run.ratePerSecond - 1);
    const [same] = before.filter((other) => off(other) <= sameRate).sort((a, b) => off(a) - off(b));
    if (same === undefined || [same, run].some(({ caveats }) => caveats.length > 0)) return [];
    const at = `at ${Math.round(run.ratePerSecond)} requests/s`;
    return (['p50', 'p99'] as const).map((quantile) =>
      change(`${quantile} ${at}`, 'ms', 'lower', same.latencyMs[quantile], run.latencyMs[quantile]),
    );
  });
}

function change(
  figure: string,
  unit: Unit,
  better: 'higher' | 'lower',
  before: Estimate | undefined,
  after: Estimate | undefined,
  floor = 0,
): Change | undefined {
  if (before === undefined || after === undefined) return undefined;
  // A run without an answer has no latency; JSON keeps that as null.
  if (!Number.isFinite(before.value) || !Number.isFinite(after.value)) return undefined;
  return { figure, unit, before, after, ...judge(notNegative(before), notNegative(after), better, floor) };
}

/** Memory that shrinks does not grow; the ratio of two negative figures would tell the contrary. */
function notNegative({ value, low = 0, high = Number.POSITIVE_INFINITY }: Estimate): Estimate {
  return { value: Math.max(0, value), low: Math.max(0, low), high: Math.max(0, high) };
}

/**
 * The interval of the ratio by interval arithmetic: wider than it need be, so that it errs on the side of
 * `uncertain`.
 */
function judge(
  before: Estimate,
  after: Estimate,
  better: 'higher' | 'lower',
  floor: number,
): Pick<Change, 'ratio' | 'outcome'> {
  const value = after.value / before.value;
  const { low: beforeLow = 0, high: beforeHigh = Number.POSITIVE_INFINITY } = before;
  const { low: afterLow = 0, high: afterHigh = Number.POSITIVE_INFINITY } = after;
  const low = afterLow / beforeHigh;
  const high = beforeLow > 0 ? afterHigh / beforeLow : Number.POSITIVE_INFINITY;
  const isSmall = Math.max(Math.abs(before.value), Math.abs(after.value)) <= floor;
  const ratio = {
    value,
    ...(Number.isFinite(low) ? { low } : {}),
    ...(Number.isFinite(high) ? { high } : {}),
  };
  if (isSmall) return { ratio, outcome: 'same' };
  // Growth from about nothing has no multiple: the difference is what counts.
  if (floor > 0 && afterLow > beforeHigh + floor) return { ratio, outcome: 'worse' };
  if (low > 1 + leastChange) return { ratio, outcome: better === 'higher' ? 'better' : 'worse' };
  if (high < 1 - leastChange) return { ratio, outcome: better === 'higher' ? 'worse' : 'better' };
  const isSame = low >= 1 - leastChange && high <= 1 + leastChange;
  return { ratio, outcome: isSame ? 'same' : 'uncertain' };
}

/** Own time per request of each function that took a share worth telling, before or after. */
function functionChanges(before: ServiceProfile, after: ServiceProfile): Change[] {
  const old = ownTimes(before);
  const now = ownTimes(after);
  const names = new Set([...old.worthTelling, ...now.worthTelling]);
  return [...names]
    .flatMap((figure) => {
      const [was, is] = [old.of(figure), now.of(figure)];
      const changed: Change = { figure, unit: 'ms', before: was, after: is, ...judge(was, is, 'lower', 0) };
      return changed.outcome === 'same' || changed.outcome === 'uncertain' ? [] : [changed];
    })
    .sort((a, b) => Math.abs(b.after.value - b.before.value) - Math.abs(a.after.value - a.before.value))
    .slice(0, mostFunctions);
}

interface OwnTimes {
  readonly worthTelling: readonly string[];
  /** In ms a request: the share of the busy time times what a request costs, each with its interval. */
  of(name: string): Estimate;
}

function ownTimes({ node, cpu }: ServiceProfile): OwnTimes {
  const functions = cpu?.msPerRequest === undefined ? [] : (node?.cpuProfile?.functions ?? []);
  const { value: cost = 0, low: least = 0, high: most = Number.POSITIVE_INFINITY } = cpu?.msPerRequest ?? {};
  // Functions without a name, of which a file has many, are one.
  const shares = new Map<string, Estimate>();
  for (const item of functions) {
    const name = nameOf(item);
    shares.set(name, sumOf(shares.get(name) ?? none, item.selfShare));
  }
  // Only the busiest are kept: one that is missing took less than the last of them, not nothing.
  const missing: Estimate = { value: 0, low: 0, high: functions.at(-1)?.selfShare.value ?? 0 };
  return {
    worthTelling: [...shares].filter(([, { value }]) => value >= leastShare).map(([name]) => name),
    of: (name) => {
      const share = shares.get(name) ?? missing;
      const { value, low = 0, high = 1 } = share;
      return { value: value * cost, low: low * least, high: high * most };
    },
  };
}

const none: Estimate = { value: 0, low: 0, high: 0 };

/** Of two shares; bounds are added, which is wider than need be. */
function sumOf(a: Estimate, b: Estimate): Estimate {
  return {
    value: a.value + b.value,
    low: (a.low ?? 0) + (b.low ?? 0),
    high: Math.min(1, (a.high ?? 1) + (b.high ?? 1)),
  };
}

/** Without its line, which any edit above moves. */
function nameOf({ name, file }: FunctionShare): string {
  return file === '' ? name : `${name} (${file.split('/').slice(-2).join('/')})`;
}
