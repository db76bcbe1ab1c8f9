/** Price rules, coupons and flash sales. A coupon's digits are its percentage (`BLACK15`: 15 %), 10 % without. */
import { derivedId } from '../kit/ids.ts';
import { defineService, withBody } from '../kit/service.ts';
import { flashSale } from './stock.ts';

const highestPercent = 50;
const shownLaunches = 5;

export function discountCents(couponCode: string | undefined, subtotalCents: number): number {
  if (!couponCode) return 0;
  const percent = Math.min(highestPercent, Number(/\d+/.exec(couponCode)?.[0] ?? 10));
  return Math.floor((subtotalCents * percent) / 100);
}

export const promotion = defineService({
  name: 'promotion',
  capacity: { slotsPerReplica: 1, replicas: { min: 1, max: 3 }, serviceTimeMs: { read: 30, write: 50 } },
  start() {
    let launches: { id: string; productId: string }[] = [];
    return {
      routes: {
        active: () => ({
          promotions: [{ id: 'black-friday', couponCode: 'BLACK10', percent: 10 }, ...launches],
          flashSale: { productId: flashSale.productId, percent: 40 },
        }),
        quote: withBody(
          { 'cartId?': 'string', 'couponCode?': 'string', subtotalCents: 'integer' },
          ({ body }) => ({ discountCents: discountCents(body.couponCode, body.subtotalCents) }),
        ),
        launch: withBody({ productId: 'string' }, ({ body }, reply) => {
          const launched = { id: derivedId('fls', body.productId), productId: body.productId };
          launches = [launched, ...launches.filter(({ id }) => id !== launched.id)].slice(0, shownLaunches);
          return reply.code(201).send(launched);
        }),
      },
    };
  },
});
