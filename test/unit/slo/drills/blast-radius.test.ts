import { describe, expect, it } from 'vitest';
import { catalog as retailpulse } from '../../../../scenarios/catalog.ts';
import type { Catalog, Service } from '../../../../scenarios/model.ts';
import { mayFailWith, relationOf } from '../../../../slo/drills/dependencies.ts';
import { evaluate } from '../../../../slo/evaluate.ts';
import type { Objective } from '../../../../slo/types.ts';
import {
  catalog,
  down,
  drill,
  judged,
  measured,
  objectives,
  planWith,
  type Shop,
  verdictOn,
} from './bookshop.ts';

function blast(shop: Shop) {
  const found = judged(shop).drills?.blastRadius;
  if (found === undefined) throw new Error('no matrix');
  return found;
}

/** "store needs broken pass" of each service, in the order of the catalog. */
function cells(shop: Shop, row = 0): string[] {
  return (blast(shop).rows[row]?.cells ?? []).map(
    ({ service, relation, fared, answer }) => `${service} ${relation} ${fared} ${answer}`,
  );
}

const shelfDown: Shop = {
  drills: [drill('shelf', 20, 30)],
  failing: { shelf: down(20, 32), store: down(20, 32) },
};
const tipsDown: Shop = {
  drills: [drill('tips', 20, 30)],
  failing: { tips: down(20, 31) },
  standIns: ['tips'],
};

describe('what the catalog declares', () => {
  it('lets callers fail with what they call, and not with what is degradable', () => {
    expect(relationOf(catalog, 'shelf', 'store')).toBe('needs');
    expect(relationOf(catalog, 'tips', 'store')).toBe('tolerates');
    expect(relationOf(catalog, 'mail', 'store')).toBe('apart');
    expect(relationOf(catalog, 'store', 'shelf')).toBe('apart');
  });

  it('follows calls of calls, and knows who stands behind the gateway', () => {
    expect([...mayFailWith(retailpulse as Catalog, 'catalog')]).toEqual(
      expect.arrayContaining(['cart', 'order']),
    );
    expect(mayFailWith(retailpulse as Catalog, 'recommendation')).toEqual(new Set(['recommendation']));
    expect(mayFailWith(retailpulse as Catalog, 'gateway').has('auth')).toBe(true);
    expect(mayFailWith(retailpulse as Catalog, 'gateway').has('storefront')).toBe(false);
    expect(relationOf(retailpulse as Catalog, 'gateway', 'auth')).toBe('needs');
    expect(relationOf(retailpulse as Catalog, 'gateway', 'storefront')).toBe('apart');
  });

  it('tells who needs it from who only needs one that does, and from who tolerates its loss', () => {
    const { store, shelf, mail } = catalog as Record<string, Service>;
    const chain = {
      shelf,
      store: { ...store, calls: ['shelf'] },
      kiosk: { ...store, calls: ['store'] },
      mail: { ...mail, calls: ['shelf', 'store'], toleratesLossOf: ['shelf', 'store'] },
      reader: { ...mail, calls: ['mail'] },
    } as Catalog;
    const relations = Object.keys(chain).map((name) => relationOf(chain, 'shelf', name));
    expect(relations).toEqual(['self', 'needs', 'may-fail', 'tolerates', 'tolerates']);
    expect(mayFailWith(chain, 'shelf')).toEqual(new Set(['shelf', 'store', 'kiosk']));
  });

  it('is not confused by services that call each other', () => {
    const [store, shelf] = [
      { ...catalog.store, calls: ['shelf'] },
      { ...catalog.shelf, calls: ['store'] },
    ];
    expect(mayFailWith({ store, shelf } as Catalog, 'shelf')).toEqual(new Set(['shelf', 'store']));
  });
});

describe('a system that fails only as it declares', () => {
  it('has its declared dependencies as its matrix, and nothing to find', () => {
    expect(cells(shelfDown)).toEqual([
      'store needs broken pass',
      'shelf self broken pass',
      'tips apart held pass',
      'mail apart held pass',
    ]);
    expect(cells(tipsDown)[0]).toBe('store tolerates held pass');
    expect(blast(shelfDown)).toMatchObject({ findings: [], untested: [] });
  });

  it('tells how long those that suffered took', () => {
    expect(blast(shelfDown).rows[0]?.cells[0]).toMatchObject({
      recoverSeconds: 12,
      bad: 240,
      badSeconds: 12,
    });
  });

  it('tells of dependencies that no failure showed', () => {
    expect(blast({ ...shelfDown, failing: { shelf: down(20, 32), store: down(20, 22) } }).untested).toEqual(
      [],
    );
    expect(blast({ ...shelfDown, failing: { shelf: down(20, 32) } }).untested).toEqual([
      'store on shelf (shelf-crash): declared as needed, but store failed nothing without it',
    ]);
    // A shelf that only stumbles is no test of who needs it.
    expect(blast({ ...shelfDown, failing: { shelf: down(20, 32, 9) } }).untested).toEqual([]);
  });
});

describe('a missing breaker', () => {
  const unprotected: Shop = { ...tipsDown, failing: { tips: down(20, 31), store: down(20, 31, 8) } };

  it('differs in just that cell', () => {
    const [healthy, broken] = [cells(tipsDown), cells(unprotected)];
    expect(broken.filter((cell, index) => cell !== healthy[index])).toEqual(['store tolerates broken fail']);
  });

  it('is a finding in words, and fails the promise', () => {
    expect(blast(unprotected).findings).toEqual([
      'tips-crash broke store too (store-availability: 88 bad of 220): tips is degradable, so store has to do without it.',
    ]);
    const promise = {
      ...(objectives[0] as (typeof objectives)[number]),
      id: 'blast',
      target: 0.999,
      sli: { measure: 'drills', figure: 'services-taken-down', op: 'lte', value: 0 },
    } as const;
    const verdict = verdictOn(judged(unprotected, [promise]), 'blast');
    expect(verdict).toMatchObject({ answer: 'fail', evidence: { total: 1, bad: 1, highest: 1 } });
    expect(verdict.reason).toContain('Took down store');
    expect(verdictOn(judged(tipsDown, [promise]), 'blast').answer).toBe('pass');
    const short: Shop = { ...tipsDown, drills: [drill('tips', 20, 24)], failing: { tips: down(20, 25) } };
    const quiet = verdictOn(judged({ ...short, rate: { store: 1 } }, [promise]), 'blast');
    expect(quiet).toMatchObject({ answer: 'inconclusive' });
    expect(quiet.dataMissing).toBeUndefined();
  });

  it('is no finding where the breaker only needs two seconds to open', () => {
    const opening: Shop = { ...tipsDown, failing: { tips: down(20, 31), store: down(20, 22) } };
    expect(cells(opening)[0]).toBe('store tolerates degraded pass');
    const short = drill('tips', 20, 24);
    expect(cells({ ...opening, drills: [short], failing: { store: down(20, 22) } })[0]).toContain('degraded');
    const stalled: Shop = { ...tipsDown, failing: { tips: down(20, 31), store: down(24, 27) } };
    expect(cells(stalled)[0]).toBe('store tolerates degraded pass');
  });
});

it('holds a declared tolerance against who declared it', () => {
  const tolerant = {
    ...catalog,
    store: { ...(catalog.store as Service), toleratesLossOf: ['shelf'] },
  };
  const found = judged(shelfDown, [], tolerant).drills?.blastRadius;
  expect(found?.rows[0]?.cells[0]).toMatchObject({ relation: 'tolerates', fared: 'broken', answer: 'fail' });
  expect(found?.findings).toEqual([
    expect.stringContaining('the catalog declares that store tolerates its loss'),
  ]);
});

it('finds a coupling that nobody declared', () => {
  const shop: Shop = { ...shelfDown, failing: { ...shelfDown.failing, mail: down(21, 30) } };
  expect(cells(shop)[3]).toBe('mail apart broken fail');
  expect(blast(shop).findings[0]).toContain('declares no dependency of mail on shelf');
});

it('does not blame a fault for what another one of the same time explains', () => {
  const failing = { shelf: down(20, 30), mail: down(20, 30) };
  const together = { drills: [drill('shelf', 20, 30), drill('mail', 20, 30)], failing };
  expect(cells(together)).toContain('mail apart broken pass');
  expect(blast(together).findings).toEqual([]);
  expect(blast({ ...together, drills: [drill('shelf', 20, 30)] }).findings).toHaveLength(1);
});

it('does not blame the fault for a service that fails all day', () => {
  const shop: Shop = { ...shelfDown, failing: { ...shelfDown.failing, mail: () => 4 } };
  expect(cells(shop)[3]).toBe('mail apart degraded pass');
});

it('says nothing of services that hardly anybody asked', () => {
  const crashOf = (seconds: number): Shop => ({
    drills: [drill('shelf', 20, 20 + seconds)],
    failing: { shelf: down(20, 20 + seconds) },
    rate: { mail: 1, tips: 0 },
  });
  expect(cells(crashOf(8)).slice(2)).toEqual(['tips apart unknown inconclusive', 'mail apart held pass']);
  expect(cells(crashOf(7))[3]).toBe('mail apart unknown inconclusive');
});

it('proves nothing of others where no catalog names them', () => {
  const takenDown = {
    ...(objectives[0] as Objective),
    id: 'taken-down',
    sli: { measure: 'drills', figure: 'services-taken-down', op: 'lte', value: 0 },
  } as const;
  const [verdict] = evaluate({
    plan: planWith(shelfDown.drills.map(({ fault }) => fault)),
    objectives: [takenDown],
    witnesses: objectives,
    measurements: measured(shelfDown),
    blocking: () => true,
  }).objectives;
  expect(verdict).toMatchObject({ answer: 'inconclusive', dataMissing: true });
});
