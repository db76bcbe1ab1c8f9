/** Customers: 500,000 of them exist without being stored, `customer-000001` to `customer-500000`. */
import { unauthorised } from './errors.ts';
import { spread } from './ids.ts';

export const customerCount = 500_000;

/** The header in which the gateway names the customer whose token it verified; it never passes a client's own. */
export const customerHeader = 'x-customer-id';

interface WithHeaders {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** The customer the gateway vouches for; throws 401 without one. */
export function customerOf(request: WithHeaders): string {
  const customerId = request.headers[customerHeader];
  if (typeof customerId !== 'string') throw unauthorised('no customer');
  return customerId;
}

/** `customer-000042@shop.example` → `customer-000042`; undefined for anybody else. */
export function customerByEmail(email: string): string | undefined {
  const match = /^(customer-(\d{6}))@shop\.example$/.exec(email);
  const number = Number(match?.[2]);
  return number >= 1 && number <= customerCount ? match?.[1] : undefined;
}

/** The customer behind an identity of a social provider: always the same one. */
export function customerBySocialIdentity(identity: string): string {
  return `customer-${String((spread(identity) % customerCount) + 1).padStart(6, '0')}`;
}
