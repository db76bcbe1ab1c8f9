/** The registry of kinds of faults; profiles/faults.ts names the same ones, a test holds them together. */
import { badDeploy } from './bad-deploy.ts';
import { bandwidth } from './bandwidth.ts';
import { clockSkew } from './clock-skew.ts';
import { cpuBurn } from './cpu-burn.ts';
import { crash } from './crash.ts';
import { diskFull } from './disk-full.ts';
import { drop } from './drop.ts';
import { errors } from './errors.ts';
import { flagRollout } from './flag-rollout.ts';
import { hang } from './hang.ts';
import { latency } from './latency.ts';
import { lostEvents } from './lost-events.ts';
import { memoryLeak } from './memory-leak.ts';
import { refused } from './refused.ts';
import { rollingDeploy } from './rolling-deploy.ts';
import { slowDependency } from './slow-dependency.ts';
import { staleReplica } from './stale-replica.ts';
import type { FaultKind } from './types.ts';
import { zoneLoss } from './zone-loss.ts';

export const faultKinds = {
  crash,
  hang,
  latency,
  errors,
  refused,
  drop,
  bandwidth,
  'slow-dependency': slowDependency,
  'memory-leak': memoryLeak,
  'cpu-burn': cpuBurn,
  'disk-full': diskFull,
  'lost-events': lostEvents,
  'stale-replica': staleReplica,
  'clock-skew': clockSkew,
  'zone-loss': zoneLoss,
  'bad-deploy': badDeploy,
  'rolling-deploy': rollingDeploy,
  'flag-rollout': flagRollout,
} as const satisfies Readonly<Record<string, FaultKind>>;

export type FaultKindName = keyof typeof faultKinds;

export const isFaultKind = (name: string): name is FaultKindName => Object.hasOwn(faultKinds, name);
