/**
 * What RetailPulse's services state about the whole day, looked up after the load; orders are read back one by
 * one (ledgers.ts). An audit that cannot tell (no answer, or one that is neither yes nor no) throws, and yields no
 * reading: an unknown is never a zero.
 */
import type { Audit, AuditInput } from '../runner/suite.ts';
import type { RetailRoute } from './catalog.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Order throughput is averaged over the busy hours: hold phases from this multiple of normal load on. */
const busyMultiplier = 4;

export const audits: readonly Audit[] = [
  {
    name: 'stock-oversold',
    async run({ ask }) {
      const { oversoldUnits } = fieldsOf(
        'inventory.audit',
        await ask('inventory.audit' satisfies RetailRoute),
      );
      if (typeof oversoldUnits !== 'number') throw new Error('inventory.audit: oversoldUnits is no number');
      return [{ reading: 'stock-oversold-units', value: oversoldUnits }];
    },
  },
  {
    name: 'sample-ratio',
    async run({ ask }) {
      const routes = ['experiments.splits', 'feature-flags.splits'] as const satisfies readonly RetailRoute[];
      const splits = await Promise.all(routes.map(async (route) => splitsOf(route, await ask(route))));
      const value = largestDeviation(splits.flat());
      return value === undefined ? [] : [{ reading: 'split-deviation-sigmas', value }];
    },
  },
  {
    name: 'order-throughput',
    async run(input) {
      const value = ordersPerSecondAtFullScale(input);
      return value === undefined ? [] : [{ reading: 'orders-per-second-full-scale', value }];
    },
  },
];

/** Acknowledged orders of the busy hold phases over their measured seconds, as if at scale 1; undefined without such a phase. */
export function ordersPerSecondAtFullScale(
  input: Pick<AuditInput, 'ledger' | 'plan' | 'startedAtMs' | 'measuredSeconds'>,
): number | undefined {
  const busy = input.plan.phases
    .filter(
      ({ kind, role, toMultiplier }) =>
        kind === 'hold' && role === 'judged' && toMultiplier >= busyMultiplier,
    )
    .map(({ startSecond, endSecond }) => [startSecond, Math.min(endSecond, input.measuredSeconds)] as const)
    .filter(([start, end]) => end > start);
  const seconds = busy.reduce((sum, [start, end]) => sum + end - start, 0);
  if (seconds === 0) return undefined;
  let acknowledged = 0;
  for (const { kind, stage, atMs } of input.ledger) {
    const second = (atMs - input.startedAtMs) / 1000;
    const isBusy = busy.some(([start, end]) => second >= start && second < end);
    if (kind === 'order' && stage === 'acknowledged' && isBusy) acknowledged += 1;
  }
  return acknowledged / seconds / input.plan.environment.scale;
}

/** How customers were split: those who had the variant, of all that were counted. */
interface Split {
  readonly name: string;
  readonly plannedShare: number;
  readonly customers: number;
  readonly withVariant: number;
}

/** From so many expected on each side, a count is near enough to normal. */
const fewestExpected = 10;

/**
 * The sample ratio test of A/B testing: |k − n·p| / √(n·p·(1 − p)), in standard deviations, of the split that is
 * furthest from its plan (de Moivre–Laplace; each customer counts once). Undefined while no split has ten customers
 * to expect on each side: a plan of 0 or 100 % has no other side.
 */
function largestDeviation(splits: readonly Split[]): number | undefined {
  const deviations = splits
    .filter(
      ({ plannedShare, customers }) => customers * Math.min(plannedShare, 1 - plannedShare) >= fewestExpected,
    )
    .map(
      ({ plannedShare, customers, withVariant }) =>
        Math.abs(withVariant - customers * plannedShare) /
        Math.sqrt(customers * plannedShare * (1 - plannedShare)),
    );
  return deviations.length === 0 ? undefined : Math.max(...deviations);
}

function splitsOf(route: RetailRoute, answer: { readonly status: number; readonly body: unknown }): Split[] {
  const { splits } = fieldsOf(route, answer);
  if (!Array.isArray(splits) || !splits.every(isSplit)) throw new Error(`${route}: splits are none`);
  return splits;
}

function isSplit(value: unknown): value is Split {
  const { plannedShare, customers, withVariant } = (value ?? {}) as Fields;
  return [plannedShare, customers, withVariant].every(Number.isFinite);
}

function fieldsOf(route: RetailRoute, answer: { readonly status: number; readonly body: unknown }): Fields {
  const { status, body } = answer;
  if (status !== 200 || typeof body !== 'object' || body === null) {
    throw new Error(`${route} answered ${status}`);
  }
  return body as Fields;
}
