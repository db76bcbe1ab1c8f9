import { describe, expect, it } from 'vitest';
import {
  anyCategory,
  anyCustomer,
  anyProduct,
  anySearch,
  anyTrackingId,
  flashProductId,
} from '../../../scenarios/data.ts';
import { createRandom, type Random } from '../../../scenarios/k6/random.ts';

function sample<T>(draw: (random: Random) => T): T[] {
  const random = createRandom();
  random.start(1, 1);
  return Array.from({ length: 5000 }, () => draw(random));
}

describe('data', () => {
  it.each([
    ['customer', (random: Random) => anyCustomer(random).email, /^customer-\d{6}@shop\.example$/],
    ['product', anyProduct, /^p-(0[01]\d{3}|02000)$/],
    ['category', anyCategory, /^c-([0-3]\d|40)$/],
    ['tracking id', anyTrackingId, /^trk-\d{6}$/],
    ['search', anySearch, /^[a-z ]+$/],
  ] as const)('every %s is one the shop knows', (_name, draw, pattern) => {
    for (const value of sample<string>(draw)) expect(value).toMatch(pattern);
  });

  it('leaves the product on flash sale to the flash sale', () => {
    expect(sample(anyProduct)).not.toContain(flashProductId);
  });

  it('has hot products: the ten most wanted draw a third of the interest', () => {
    const counts = new Map<string, number>();
    for (const product of sample(anyProduct)) counts.set(product, (counts.get(product) ?? 0) + 1);
    const hottest = [...counts.values()].sort((a, b) => b - a).slice(0, 10);
    const share = hottest.reduce((sum, count) => sum + count, 0) / 5000;
    expect(share).toBeGreaterThan(0.28);
    expect(share).toBeLessThan(0.36);
  });
});
