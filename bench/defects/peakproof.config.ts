/** RetailPulse in short profiles that between them show every defect: what fails, and what a crowd does. */
import retailpulse from '../../peakproof.config.ts';
import { oneAfterAnother } from '../../profiles/drills.ts';
import { defineSuite } from '../../runner/api.ts';

const { catalog, traffic, samplers, audits, ledgers, secrets } = retailpulse;

// Nine seconds each: eight probes tell of a service that hardly anybody asks meanwhile.
const drills = oneAfterAnother(
  [
    { service: 'recommendation', kind: 'crash', forSeconds: 9, recoverySeconds: 8 },
    { service: 'order', kind: 'crash', forSeconds: 9, recoverySeconds: 12 },
    // Last, as nobody may be there to start it again.
    {
      ...{ service: 'notification', kind: 'memory-leak', forSeconds: 9, recoverySeconds: 10 },
      parameters: { megabytesPerSecond: 60 },
    },
  ],
  12,
);

export default defineSuite({
  ...{ name: 'bench-defects', title: 'Known failures, on purpose' },
  catalog,
  // A few dozen customers want the eight units of the flash sale within seconds, not minutes.
  traffic: {
    ...traffic,
    ...(traffic['flash-sale'] && {
      'flash-sale': { ...traffic['flash-sale'], boostIn: { crowd: 6 } },
    }),
  },
  profiles: [
    {
      name: 'drills',
      description: `three drills at 3x; ${drills.endSecond} seconds`,
      phases: [
        { name: 'warmup', kind: 'hold', seconds: 3, multiplier: 1 },
        { name: 'steady', kind: 'hold', seconds: drills.endSecond - 3, multiplier: 3 },
      ],
      faults: drills.faults,
    },
    {
      name: 'crowd',
      description: 'a flash sale at 10x; 50 seconds',
      phases: [
        { name: 'warmup', kind: 'hold', seconds: 3, multiplier: 1 },
        { name: 'rise', kind: 'ramp', seconds: 2, multiplier: 10 },
        { name: 'crowd', kind: 'hold', seconds: 45, multiplier: 10 },
      ],
    },
  ],
  defaultProfile: 'drills',
  script: '../../scenarios/script.ts',
  objectives: '../../slo/objectives',
  policies: '../../slo/policies',
  defaultTarget: 'sandbox',
  promises: retailpulse.promises,
  ...(samplers && { samplers }),
  ...(audits && { audits }),
  ...(ledgers && { ledgers }),
  ...(secrets && { secrets }),
});
