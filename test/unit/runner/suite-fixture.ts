/** A small suite of two services and a journey, complete enough for every check. */
import type { Suite } from '../../../runner/suite.ts';
import type { LoadedSuite } from '../../../runner/types.ts';
import type { Route, ScenarioTraffic, Service } from '../../../scenarios/model.ts';
import type { Objective, Policy } from '../../../slo/types.ts';

const read: Route = { method: 'GET', path: '/pay/:id', kind: 'read', contract: { status: [200] } };

const service: Service = {
  description: 'takes money',
  tier: 'critical',
  team: 'money',
  calls: [],
  edge: 'gateway',
  health: '/health',
  routes: { get: read, pay: { ...read, method: 'POST', path: '/pay', kind: 'write' } },
};

const scenario: ScenarioTraffic = {
  kind: 'service',
  service: 'payment',
  description: 'pays',
  iterationsPerSecondAt1x: 100,
  shape: 'proportional',
  thinkSeconds: 0,
  expectedLatencyMs: 50,
  actions: { pay: { weight: 1, requests: { 'payment.pay': 1 } } },
};

export const suite: Suite = {
  name: 'corner-shop',
  title: 'Corner shop',
  catalog: {
    payment: service,
    order: { ...service, calls: ['payment'], routes: { place: { ...read, path: '/order' } } },
  },
  traffic: {
    payment: scenario,
    order: {
      ...scenario,
      service: 'order',
      actions: { place: { weight: 1, requests: { 'order.place': 1 } } },
    },
    checkout: {
      kind: 'journey',
      description: 'orders and pays',
      iterationsPerSecondAt1x: 10,
      shape: 'proportional',
      thinkSeconds: 1,
      expectedLatencyMs: 50,
      actions: { buy: { weight: 1, requests: { 'order.place': 1, 'payment.pay': 2 } } },
    },
  },
  profiles: [
    {
      name: 'smoke',
      description: 'short',
      phases: [
        { name: 'warmup', kind: 'hold', seconds: 5, multiplier: 1 },
        { name: 'normal', kind: 'hold', seconds: 10, multiplier: 1 },
        { name: 'rise', kind: 'ramp', seconds: 10, multiplier: 5 },
      ],
    },
    {
      name: 'soak',
      description: 'long',
      phases: [{ name: 'all', kind: 'hold', seconds: 600, multiplier: 1 }],
    },
  ],
  defaultProfile: 'smoke',
  script: 'script.ts',
  objectives: 'objectives',
  policies: 'policies',
  promises: [],
  defaultTarget: 'sandbox',
};

const objective: Objective = {
  id: 'payment-availability',
  displayName: 'Payment answers',
  description: '',
  service: 'payment',
  owner: 'money',
  target: 0.99,
  windowDays: 30,
  sli: { measure: 'requests', routes: ['payment.get', 'payment.pay'], service: 'payment' },
  labels: {},
  source: { file: 'objectives/payment.yaml', line: 3 },
};

const policy = (name: string): Policy => ({
  name,
  description: `for ${name}`,
  blocking: [{}],
  inconclusive: 'tolerate',
  partial: 'hold',
});

export const loadedSuite: LoadedSuite = {
  suite,
  root: '/nowhere',
  objectives: [objective],
  policies: [policy('release'), policy('rehearsal')],
};
