import { describe, expect, it } from 'vitest';
import { checkSuite } from '../../../runner/check-suite.ts';
import type { ScenarioTraffic } from '../../../scenarios/model.ts';
import { suite } from './suite-fixture.ts';

const causes = (value: unknown): string[] =>
  checkSuite(value, 'peakproof.config.ts').map(({ cause }) => cause);

const checkout = suite.traffic.checkout as ScenarioTraffic;
const payment = suite.catalog.payment;
const order = suite.catalog.order;
if (!payment || !order) throw new Error('the fixture has both');

describe('checkSuite', () => {
  it('is content with a good suite', () => {
    expect(causes(suite)).toEqual([]);
  });

  it('tells every fault of shape at once, each with its place', () => {
    const { name, ...nameless } = suite;
    const problems = causes({
      ...nameless,
      colour: 'red',
      catalog: { payment: { ...payment, tier: 'vital', health: 'health' } },
      profiles: [
        { name: 'x', description: '', phases: [{ name: 'a', kind: 'hold', seconds: 0, multiplier: 1 }] },
      ],
      audits: [{ name: 'a', run: 'not a function' }],
    });
    expect(problems).toEqual([
      expect.stringMatching(/^name: /),
      expect.stringMatching(/^catalog\.payment\.tier: /),
      'catalog.payment.health: must start with "/"',
      expect.stringMatching(/^profiles\.0\.phases\.0\.seconds: /),
      'audits.0.run: must be a function',
      expect.stringMatching(/^its default export: Unrecognized key: "colour"/),
    ]);
  });

  it('knows the route whose answers count as work', () => {
    const [profile] = suite.profiles;
    const counting = (route: string) => ({
      ...suite,
      profiles: [{ ...profile, elasticity: { noun: 'payments', route } }],
    });
    expect(causes(counting('payment.pay'))).toEqual([]);
    expect(causes(counting('payment.give'))).toEqual([
      `profiles.${profile?.name}.elasticity: there is no route "payment.give"`,
    ]);
  });

  it('holds ledgers against the catalog', () => {
    const read = { route: 'payment.get', params: { id: 'id' } };
    const ledger = {
      name: 'payments',
      kind: 'payment',
      write: 'payment.pay',
      read,
      settleSeconds: 1,
      patienceSeconds: 9,
    };
    expect(causes({ ...suite, ledgers: [ledger] })).toEqual([]);
    const find = { ...read, params: { name: 'ref' }, list: 'all', match: { ref: 'ref' } };
    const copies = { ...read, route: 'payment.charges', list: 'charges', reading: 'twice' };
    expect(
      causes({ ...suite, ledgers: [ledger, { ...ledger, write: 'payment.give', find, copies }] }),
    ).toEqual([
      'ledgers: name "payments" is there twice',
      'ledgers: kind "payment" is there twice',
      'ledgers.payments.write: there is no route "payment.give"',
      'ledgers.payments.find.params: "id" of payment.get is missing',
      'ledgers.payments.find.params: payment.get has no "name"',
      'ledgers.payments.copies: there is no route "payment.charges"',
    ]);
    expect(causes({ ...suite, ledgers: [{ ...ledger, settleSeconds: -1, authenticate: {} }] })).toEqual([
      expect.stringMatching(/^ledgers\.0\.settleSeconds: /),
      'ledgers.0.authenticate: must be a function',
    ]);
  });

  it.each([[undefined], [null], ['text'], [[]]])('refuses %s as a suite', (value) => {
    expect(causes(value)).toHaveLength(1);
  });

  it.each<[string, object, string]>([
    [
      'a call to nobody',
      { catalog: { payment, order: { ...order, calls: ['paymnt'] } } },
      'catalog.order.calls: there is no service "paymnt"; did you mean "payment"?',
    ],
    [
      'tolerance of what is not called',
      { catalog: { payment, order: { ...order, toleratesLossOf: ['stock'] } } },
      'catalog.order.toleratesLossOf: it does not call "stock"',
    ],
    [
      'two routes that look alike',
      {
        catalog: {
          order,
          payment: {
            ...payment,
            routes: { ...payment.routes, other: { ...payment.routes.get, path: '/pay/:name' } },
          },
        },
      },
      'catalog.payment.routes: two routes answer GET /pay/:',
    ],
    [
      'traffic of a service that is not there',
      { traffic: { stock: { ...suite.traffic.payment, service: 'stock' } } },
      'traffic.stock.service: there is no service "stock"',
    ],
    [
      'a request to a route that is not there',
      {
        traffic: {
          checkout: { ...checkout, actions: { buy: { weight: 1, requests: { 'payment.pya': 1 } } } },
        },
      },
      'traffic.checkout.actions.buy.requests: there is no route "payment.pya"; did you mean "payment.pay"?',
    ],
    [
      'an action without requests',
      { traffic: { checkout: { ...checkout, actions: { look: { weight: 1, requests: {} } } } } },
      'traffic.checkout.actions.look.requests: there is none',
    ],
    [
      'a lag without its length',
      { traffic: { checkout: { ...checkout, shape: 'lagged' } } },
      'traffic.checkout.lagSeconds: goes with shape "lagged", and only with it',
    ],
    [
      'a journey that belongs to a service',
      { traffic: { checkout: { ...checkout, service: 'payment' } } },
      'traffic.checkout.service: a journey has none',
    ],
    [
      'a default that is no profile',
      { defaultProfile: 'smok' },
      'defaultProfile: there is no profile "smok"; did you mean "smoke"?',
    ],
    [
      'a profile twice',
      { profiles: [...suite.profiles, ...suite.profiles.slice(1)] },
      'profiles: "soak" is there twice',
    ],
    [
      'a sampler of nothing',
      { samplers: [{ reading: 'age', route: 'order.age', field: 'age', everySeconds: 1 }] },
      'samplers: there is no route "order.age" to read "age" from',
    ],
    [
      'a promise twice',
      {
        promises: [
          { id: 'a', title: 'A' },
          { id: 'a', title: 'B' },
        ],
      },
      'promise "a" is there twice',
    ],
  ])('finds %s', (_, change, cause) => {
    expect(causes({ ...suite, ...change })).toEqual([cause]);
  });
});
