/** RetailPulse with nobody but customers who buy: what becomes of orders shows within seconds, on any machine. */
import retailpulse from '../../peakproof.config.ts';
import { defineSuite } from '../../runner/api.ts';

const { catalog, traffic, audits, ledgers, secrets } = retailpulse;

export default defineSuite({
  ...{ name: 'bench-buying', title: 'Known failures of orders, on purpose' },
  catalog,
  traffic: traffic.checkout ? { checkout: { ...traffic.checkout, iterationsPerSecondAt1x: 300 } } : {},
  profiles: [
    {
      name: 'crash',
      description: 'order crashes while three orders a second arrive; 18 seconds',
      phases: [
        { name: 'warmup', kind: 'hold', seconds: 1, multiplier: 1 },
        { name: 'steady', kind: 'hold', seconds: 17, multiplier: 1 },
      ],
      faults: [{ service: 'order', kind: 'crash', atSeconds: 8, forSeconds: 1 }],
    },
  ],
  defaultProfile: 'crash',
  script: '../../scenarios/script.ts',
  objectives: '../../slo/objectives',
  policies: '../../slo/policies',
  defaultTarget: 'sandbox',
  promises: retailpulse.promises,
  ...(audits && { audits }),
  ...(ledgers && { ledgers }),
  ...(secrets && { secrets }),
});
