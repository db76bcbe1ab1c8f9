/** Finds what a service can do: connections are doubled until throughput stops growing, then it is measured afresh. */
import type { Conversation } from '../../scenarios/mix.ts';
import { capacityOf, isServing, kneeStep, nextConnections } from '../../slo/profile/capacity.ts';
import { estimateOf } from '../../slo/profile/estimate.ts';
import type { Capacity, CapacityStep } from '../../slo/profile/types.ts';
import { type ClosedLoopResult, runClosedLoop } from '../engines/autocannon/closed-loop.ts';

export interface CapacitySearch {
  readonly baseUrl: string;
  readonly conversations: readonly Conversation[];
  readonly blockSeconds: number;
  readonly signal: AbortSignal;
  /** Told of each step before it is measured. */
  readonly onStep: (connections: number) => void;
  /** Told of the requests of each step, once it is over. */
  readonly afterStep: (requests: number) => Promise<void>;
}

const blocksPerStep = 5;
const blocksToConfirm = 8;

/** Undefined if it was stopped before a step was through, or if the service did not bear it. */
export async function findCapacity(search: CapacitySearch): Promise<Capacity | undefined> {
  const steps: CapacityStep[] = [];
  for (let next = nextConnections(steps); next !== undefined; next = nextConnections(steps)) {
    const step = await measureStep(search, next, blocksPerStep);
    if (step === undefined) break;
    steps.push(step);
    if (!isServing(step)) break;
  }
  const knee = kneeStep(steps);
  if (knee === undefined) return undefined;
  const { signal } = search;
  const confirmed = signal.aborted ? undefined : await measureStep(search, knee.connections, blocksToConfirm);
  // A service that ended meanwhile refuses too: what it did before stands.
  if (confirmed === undefined || signal.aborted) return capacityOf(steps, knee);
  return isServing(confirmed) ? capacityOf(steps, confirmed) : undefined;
}

async function measureStep(
  { onStep, afterStep, ...load }: CapacitySearch,
  connections: number,
  blocks: number,
): Promise<CapacityStep | undefined> {
  onStep(connections);
  const result = await runClosedLoop({ ...load, connections, blocks });
  await afterStep(result.sent);
  const perSecond = estimateOf(result.perSecond);
  if (perSecond === undefined || (load.signal.aborted && result.perSecond.length < 2)) return undefined;
  return {
    connections,
    perSecond,
    blocks: result.perSecond,
    latencyMs: result.latencyMs,
    failedShare: failedShareOf(result),
    generatorBusyShare: result.generatorBusyShare,
  };
}

function failedShareOf({ answers, unserved, errors }: ClosedLoopResult): number {
  return (unserved + errors) / Math.max(1, answers + errors);
}
