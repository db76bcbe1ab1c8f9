/**
 * What RetailPulse acknowledged under load, looked up afterwards: is it true? Each audit is a census of the
 * ledger. One that cannot tell (no answer, or an answer that is neither yes nor no) throws, and yields
 * no reading: an unknown is never a zero.
 */
import type { AskSystem, Audit, AuditInput } from '../runner/suite.ts';
import type { RetailRoute } from './catalog.ts';

interface OrderEntry {
  readonly id: string;
  readonly orderRef: string;
  readonly totalCents: number;
  readonly paymentId: string;
  readonly customer: string;
  readonly atMs: number;
}

type Fields = Readonly<Record<string, unknown>>;

/** Lookups under way at a time: quick, and no load test of its own. */
const concurrency = 24;

/** Order throughput is averaged over the busy hours: hold phases from this multiple of normal load on. */
const busyMultiplier = 4;

export const audits: readonly Audit[] = [
  {
    name: 'orders-lost',
    async run(input) {
      const lost = await countOrders(input, async (order, headers) => {
        const answer = await input.ask('order.get' satisfies RetailRoute, {
          params: { orderId: order.id },
          headers,
        });
        if (answer.status === 404) return true;
        const found = fieldsOf('order.get', answer);
        return found.totalCents !== order.totalCents || found.paymentId !== order.paymentId;
      });
      return [{ reading: 'orders-lost', value: lost }];
    },
  },
  {
    name: 'orders-charged-twice',
    async run(input) {
      const twice = await countOrders(input, async (order, headers) => {
        const answer = await input.ask('payment.charges' satisfies RetailRoute, {
          params: { orderId: order.orderRef },
          headers,
        });
        const { charges } = fieldsOf('payment.charges', answer);
        if (!Array.isArray(charges)) throw new Error('payment.charges: no list of charges');
        return charges.length > 1;
      });
      return [{ reading: 'orders-charged-twice', value: twice }];
    },
  },
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
  const acknowledged = ordersOf(input.ledger).filter(({ atMs }) => {
    const second = (atMs - input.startedAtMs) / 1000;
    return busy.some(([start, end]) => second >= start && second < end);
  });
  return acknowledged.length / seconds / input.plan.environment.scale;
}

function ordersOf(ledger: AuditInput['ledger']): readonly OrderEntry[] {
  return ledger.filter(({ kind }) => kind === 'order') as unknown as readonly OrderEntry[];
}

/** How many orders of the ledger `isWrong`, asked with a token of the customer who placed them. */
async function countOrders(
  input: AuditInput,
  isWrong: (order: OrderEntry, headers: Readonly<Record<string, string>>) => Promise<boolean>,
): Promise<number> {
  const tokenOf = tokensOf(input);
  const waiting = ordersOf(input.ledger).values();
  let wrong = 0;
  const work = async () => {
    for (const order of waiting) {
      const authorization = `Bearer ${await tokenOf(order.customer)}`;
      if (await isWrong(order, { authorization })) wrong += 1;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  return wrong;
}

type TokenOf = (email: string) => Promise<string>;

const tokensByRun = new WeakMap<AskSystem, TokenOf>();

/** Logs each customer in once, for all audits of a run. */
function tokensOf({ ask, secrets }: AuditInput): TokenOf {
  const known = tokensByRun.get(ask);
  if (known) return known;
  const tokens = new Map<string, Promise<string>>();
  const tokenOf: TokenOf = (email) => {
    const token = tokens.get(email) ?? logIn(ask, email, secrets.customerPassword ?? '');
    tokens.set(email, token);
    return token;
  };
  tokensByRun.set(ask, tokenOf);
  return tokenOf;
}

async function logIn(ask: AskSystem, email: string, password: string): Promise<string> {
  const answer = await ask('auth.login' satisfies RetailRoute, { body: { email, password } });
  const { accessToken } = fieldsOf('auth.login', answer);
  if (typeof accessToken !== 'string') throw new Error('auth.login: no access token');
  return accessToken;
}

function fieldsOf(route: RetailRoute, answer: { readonly status: number; readonly body: unknown }): Fields {
  const { status, body } = answer;
  if (status !== 200 || typeof body !== 'object' || body === null) {
    throw new Error(`${route} answered ${status}`);
  }
  return body as Fields;
}
