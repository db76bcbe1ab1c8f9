/** Who visits RetailPulse and what they want: customers, products, words. All drawn from a seeded Random. */
import type { Random } from './k6/random.ts';

export interface Customer {
  readonly id: string;
  readonly email: string;
  /** What the authenticator app shows: in test accounts the customer's number. */
  readonly secondFactor: string;
}

/** Everybody wants this one, and its stock is small. */
export const flashProductId = 'p-00001';

const customerCount = 500_000;
const productCount = 2_000;
const categoryCount = 40;
const trackingCount = 500_000;

const popularWords = [
  'tv',
  'laptop',
  'headphones',
  'air fryer',
  'lego',
  'sneakers',
  'coffee machine',
  'phone',
];
const adjectives = ['red', 'wireless', 'small', 'organic', 'vintage', 'kids', 'outdoor', 'smart', 'folding'];
const nouns = [
  'lamp',
  'chair',
  'jacket',
  'speaker',
  'backpack',
  'knife',
  'drone',
  'blanket',
  'bottle',
  'desk',
];

function numbered(prefix: string, digits: number, number: number): string {
  return prefix + String(number).padStart(digits, '0');
}

/** Any of the active customers, each as likely. */
export function anyCustomer(random: Random): Customer {
  const secondFactor = numbered('', 6, random.integer(1, customerCount));
  const id = `customer-${secondFactor}`;
  return { id, email: `${id}@shop.example`, secondFactor };
}

/** A product by popularity: a few are hot keys. Never the one on flash sale, whose stock must end on its own. */
export function anyProduct(random: Random): string {
  return numbered('p-', 5, 1 + random.zipfRank(productCount - 1));
}

export function anyCategory(random: Random): string {
  return numbered('c-', 2, random.zipfRank(categoryCount));
}

export function anyTrackingId(random: Random): string {
  return numbered('trk-', 6, random.integer(1, trackingCount));
}

/** What people type: two in three searches are one of a few words, the rest a long tail. */
export function anySearch(random: Random): string {
  if (random.next() < 2 / 3) return popularWords[random.zipfRank(popularWords.length) - 1] ?? 'tv';
  return `${random.pick(adjectives)} ${random.pick(nouns)}`;
}

/** The coupon everybody has found. */
export const couponCode = 'BLACK10';
