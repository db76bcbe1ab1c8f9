/**
 * The unit of a comparison is a block: some seconds of equal load. Requests of one block share queues, caches
 * and the machine's mood; taken one by one they would prove anything.
 */
import { turnsOf } from '../../profiles/interleave.ts';
import type { LoadPlan, Phase } from '../../profiles/types.ts';

export interface Block {
  readonly phase: string;
  readonly fromSecond: number;
  /** Exclusive. */
  readonly toSecond: number;
}

/** Enough for an exact test to be sure. */
const wantedBlocks = 24;
/** More cost time and make none surer: the hours of a day differ by more than their minutes. */
const mostBlocks = 120;
const shortestSeconds = 2;
/** A block this long outlasts what neighbouring seconds share. */
const longEnoughSeconds = 60;
/** After a change of turns the other side's last requests and the first of this one are under way. */
const settlingSeconds = 2;
/** With fewer a rank test cannot be sure of anything after correction for many tests. */
export const fewestBlocks = 6;

/** Length of a block for this plan: whole slices, so that no slice belongs to two. */
export function blockSecondsFor(plan: LoadPlan, sliceSeconds: number): number {
  const held = holdsOf(plan).reduce((sum, { startSecond, endSecond }) => sum + endSecond - startSecond, 0);
  const wanted = Math.min(longEnoughSeconds, Math.max(shortestSeconds, Math.floor(held / wantedBlocks)));
  const long = Math.max(wanted, held / mostBlocks);
  const most = plan.interleave === undefined ? long : plan.interleave.turnSeconds - settlingSeconds;
  return Math.ceil(Math.min(long, most) / sliceSeconds) * sliceSeconds;
}

/**
 * Cuts the hold phases after the warm-up, or a side's turns in them, into blocks up to `measuredSeconds`. Two
 * runs of one plan get blocks of the same phases.
 */
export function blocksOf(
  plan: LoadPlan,
  blockSeconds: number,
  sliceSeconds: number,
  measuredSeconds: number,
): Block[] {
  return holdsOf(plan)
    .flatMap((phase) => turnsIn(plan, phase))
    .flatMap((span) => cutPhase(span, blockSeconds, sliceSeconds, measuredSeconds));
}

/** A phase as it was loaded: all of it, or what of it lies in this side's turns once they have settled. */
function turnsIn(plan: LoadPlan, phase: Phase): Span[] {
  if (plan.interleave === undefined) return [phase];
  return turnsOf(plan, plan.interleave.side).map(({ fromSecond, toSecond }) => ({
    name: phase.name,
    startSecond: Math.max(phase.startSecond, fromSecond + settlingSeconds),
    endSecond: Math.min(phase.endSecond, toSecond),
  }));
}

type Span = Pick<Phase, 'name' | 'startSecond' | 'endSecond'>;

/** Whole blocks of one phase, up to `measuredSeconds`. */
export function cutPhase(
  { name, startSecond, endSecond }: Span,
  blockSeconds: number,
  sliceSeconds: number,
  measuredSeconds: number,
): Block[] {
  const first = Math.ceil(startSecond / sliceSeconds) * sliceSeconds;
  const end = Math.min(endSecond, measuredSeconds);
  const count = Math.max(0, Math.floor((end - first) / blockSeconds));
  return Array.from({ length: count }, (_, index) => ({
    phase: name,
    fromSecond: first + index * blockSeconds,
    toSecond: first + (index + 1) * blockSeconds,
  }));
}

function holdsOf(plan: LoadPlan) {
  return plan.phases.filter(({ kind, role }) => kind === 'hold' && role !== 'warm-up');
}

/** Index of the block that a second lies in; undefined between blocks. */
export function blockIndexOf(blocks: readonly Block[]): (second: number) => number | undefined {
  const indexes = new Int32Array(Math.max(0, ...blocks.map(({ toSecond }) => toSecond))).fill(-1);
  for (const [index, { fromSecond, toSecond }] of blocks.entries()) indexes.fill(index, fromSecond, toSecond);
  return (second) => {
    const index = indexes[second] ?? -1;
    return index < 0 ? undefined : index;
  };
}
