/**
 * Shares of bad events in two runs. Failures come in bursts, so that blocks are counted and not requests:
 * how many of each run's blocks are worse than the median block of both (Mood's median test, which is
 * Fisher's exact test on those counts). With sparse failures the median block has none, and the test asks
 * in how many blocks anything failed at all. A long outage is many blocks in a row: they count as what
 * their dependence leaves of them.
 */
import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import { badShareAtMost } from '../statistics/binomial.ts';
import { fisherExact } from '../statistics/fisher-exact.ts';
import { fewestBlocks } from './blocks.ts';
import { designEffectOf, weakened, widened } from './dependent-blocks.ts';
import { median } from './median.ts';
import type { BlockCounts } from './share-blocks.ts';
import type { Tested } from './tests.ts';
import type { Change, LeastEffect } from './types.ts';

/** One-sided level of each end of a two-sided 95 % interval. */
const upperTail = 0.975;

type Figure = Pick<Change, 'kind' | 'service' | 'objectiveId'>;

/** Compares one figure's blocks; those without an event say nothing. */
export function compareShares(
  figure: Figure,
  allOfBase: readonly BlockCounts[],
  allOfCandidate: readonly BlockCounts[],
  { badShare: least }: LeastEffect,
): Tested {
  const [base, candidate] = [allOfBase.filter(hasEvents), allOfCandidate.filter(hasEvents)];
  const before = base.length === 0 ? {} : { before: shareOf(base) };
  const after = candidate.length === 0 ? {} : { after: shareOf(candidate) };
  const change = { ...figure, ...before, ...after, threshold: least };
  if (base.length < fewestBlocks || candidate.length < fewestBlocks) {
    return { change, isLarge: false, otherwise: 'unclear' };
  }
  const shift = shareOf(candidate) - shareOf(base);
  const designEffect = designEffectOf(sharesOf(base), sharesOf(candidate));
  const { low, high } = widened({ shift, ...intervalOf(shift, base, candidate) }, designEffect);
  const pValue = worseBlocksP(base, candidate);
  return {
    change: { ...change, shift, low, high },
    ...(pValue === undefined ? {} : { pValue: weakened(pValue, designEffect) }),
    isLarge: shift >= least,
    otherwise: high < 0 && shift <= -least ? 'better' : high < least ? 'same' : 'unclear',
  };
}

const hasEvents = ({ total }: BlockCounts) => total > 0;

function sharesOf(blocks: readonly BlockCounts[]): number[] {
  return blocks.map(({ bad, total }) => bad / total);
}

function shareOf(blocks: readonly BlockCounts[]): number {
  const total = blocks.reduce((sum, block) => sum + block.total, 0);
  return blocks.reduce((sum, block) => sum + block.bad, 0) / total;
}

/** Undefined where no block differs from the median one: such a test could find nothing, and costs the others nothing. */
function worseBlocksP(base: readonly BlockCounts[], candidate: readonly BlockCounts[]): number | undefined {
  const middle = median(sharesOf([...base, ...candidate]));
  const above = (blocks: readonly BlockCounts[]) => ({
    total: blocks.length,
    bad: sharesOf(blocks).filter((share) => share > middle).length,
  });
  const [before, after] = [above(base), above(candidate)];
  return before.bad + after.bad === 0 ? undefined : fisherExact(after, before).pGreater;
}

/**
 * Two-sided 95 % interval of a difference of two shares from their blocks (ratio estimator, Cochran 1977,
 * section 6.3; Student's t). A run without a bad event has no variance to show: its bound is the binomial one.
 */
function intervalOf(shift: number, base: readonly BlockCounts[], candidate: readonly BlockCounts[]) {
  const quantile = tQuantile(upperTail, base.length + candidate.length - 2);
  const half = quantile * Math.sqrt(varianceOf(base) + varianceOf(candidate));
  return {
    low: shift - Math.max(half, boundOfNone(base)),
    high: shift + Math.max(half, boundOfNone(candidate)),
  };
}

function varianceOf(blocks: readonly BlockCounts[]): number {
  const share = shareOf(blocks);
  const total = blocks.reduce((sum, block) => sum + block.total, 0);
  const squares = blocks.reduce((sum, block) => sum + (block.bad - share * block.total) ** 2, 0);
  return ((blocks.length / (blocks.length - 1)) * squares) / total ** 2;
}

function boundOfNone(blocks: readonly BlockCounts[]): number {
  const total = blocks.reduce((sum, block) => sum + block.total, 0);
  return blocks.some(({ bad }) => bad > 0) ? 0 : badShareAtMost(0, total, upperTail);
}
