/** A suite of its own: the whole runner works as it does for a shop. */
import { defineSuite } from '../../runner/api.ts';
import { catalog, traffic } from './suite.ts';

export default defineSuite({
  name: 'bench-collector',
  title: 'Being counted',
  catalog,
  traffic,
  profiles: [
    {
      name: 'steady',
      description: '1,000 requests a second',
      phases: [
        { name: 'warmup', kind: 'hold', seconds: 5, multiplier: 1 },
        { name: 'steady', kind: 'hold', seconds: 30, multiplier: 1 },
      ],
    },
  ],
  defaultProfile: 'steady',
  script: 'script.k6.ts',
  // Written by run.mjs: three for each service.
  objectives: process.env.BENCH_OBJECTIVES ?? 'objectives',
  policies: '../../slo/policies',
  defaultTarget: { file: process.env.BENCH_TARGET ?? 'target.yaml' },
  promises: [],
});
