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

function fieldsOf(route: RetailRoute, answer: { readonly status: number; readonly body: unknown }): Fields {
  const { status, body } = answer;
  if (status !== 200 || typeof body !== 'object' || body === null) {
    throw new Error(`${route} answered ${status}`);
  }
  return body as Fields;
}
