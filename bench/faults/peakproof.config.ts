/** Drills one after the other, with hardly a pause: whenever the runner is killed, a fault is near. */
import { defineSuite } from '../../runner/api.ts';
import { catalog, traffic } from './suite.ts';

const drills = [0, 1, 2, 3, 4].map((index) => ({
  ...{ service: 'shop', kind: 'errors' as const },
  ...{ atSeconds: 3 + index * 4, forSeconds: 2.5 },
}));

export default defineSuite({
  name: 'bench-faults',
  title: 'Being killed',
  catalog,
  traffic,
  profiles: [
    {
      name: 'drills',
      description: 'five faults in 23 seconds',
      phases: [
        { name: 'warmup', kind: 'hold', seconds: 1, multiplier: 1 },
        { name: 'drills', kind: 'hold', seconds: 22, multiplier: 1 },
      ],
      faults: drills,
    },
  ],
  defaultProfile: 'drills',
  script: 'script.k6.ts',
  objectives: 'objectives',
  policies: '../../slo/policies',
  defaultTarget: { file: process.env.BENCH_TARGET ?? 'target.yaml' },
  promises: [],
});
