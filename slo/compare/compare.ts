/** Two runs → what changed, by how much, how sure that is, and which service it began in. */
import { phasesOf } from '../scope.ts';
import { explain } from './attribution.ts';
import { type Block, blockSecondsFor, blocksOf } from './blocks.ts';
import { comparability } from './comparable.ts';
import { compareLatency } from './latency.ts';
import { explainObjectives } from './objective-causes.ts';
import { isCounted, objectiveCounts, serviceCounts } from './share-blocks.ts';
import { compareShares } from './shares.ts';
import { outcomeSummary, regressionOf } from './summary.ts';
import { settle, type Tested, withoutTest } from './tests.ts';
import type { Change, ComparedRun, Comparison, ComparisonOutcome, LeastEffect } from './types.ts';

/** Both runs, each with its blocks. */
interface Pair {
  readonly base: Side;
  readonly candidate: Side;
}

interface Side extends ComparedRun {
  readonly blocks: readonly Block[];
}

/**
 * Compares whatever both runs measured. Whether they may be compared is said (`refusals`), not enforced:
 * the caller decides whether to go on.
 */
export function compareRuns(base: ComparedRun, candidate: ComparedRun, leastEffect: LeastEffect): Comparison {
  const { pair, blockSeconds } = cutIntoBlocks(base, candidate);
  const services = Object.keys(candidate.catalog).filter((service) => isSeen(pair, service));
  const latency = compareLatency(pair, candidate.catalog, services, leastEffect);
  const commonShiftShare = Math.expm1(latency.common.shift);
  const isCommon = commonShiftShare >= leastEffect.latencyShare;
  const shares = [...serviceErrors(pair, services, leastEffect), ...objectiveShares(pair, leastEffect)];
  // Where everything slowed down, limits are missed and calls time out everywhere: that points at no service.
  const tested = [...latency.tested, ...(isCommon ? shares.map(withoutTest) : shares)];
  const changes = attribute(pair, settle(tested));
  const regressions = changes
    .filter(({ standing, consequenceOf }) => standing === 'worse' && consequenceOf === undefined)
    .map(regressionOf);
  const outcome = outcomeOf(changes, regressions.length, isCommon);
  return {
    version: 1,
    baseline: base.id,
    candidate: candidate.id,
    outcome,
    summary: outcomeSummary({ outcome, regressions, changes, commonShiftShare }, isCommon),
    leastEffect,
    blockSeconds,
    blocks: Math.min(pair.base.blocks.length, pair.candidate.blocks.length),
    tests: tested.filter(({ pValue }) => pValue !== undefined).length,
    commonShiftShare,
    ...comparability(base, candidate),
    regressions,
    changes,
  };
}

/** A comparison of runs that are not comparable, where nobody has insisted on it: it concludes nothing. */
export function withheld(comparison: Comparison): Comparison {
  const [reason] = comparison.refusals;
  if (reason === undefined) return comparison;
  return { ...comparison, outcome: 'nothing', summary: `Nothing can be said: ${reason}.`, regressions: [] };
}

/** Blocks of one length, up to where both runs were measured. */
function cutIntoBlocks(base: ComparedRun, candidate: ComparedRun): { pair: Pair; blockSeconds: number } {
  const sliceSeconds = Math.max(base.measurements.sliceSeconds, candidate.measurements.sliceSeconds);
  const measuredSeconds = Math.min(base.measurements.measuredSeconds, candidate.measurements.measuredSeconds);
  const blockSeconds = blockSecondsFor(candidate.plan, sliceSeconds);
  const side = (run: ComparedRun): Side => ({
    ...run,
    blocks: blocksOf(run.plan, blockSeconds, sliceSeconds, measuredSeconds),
  });
  return { pair: { base: side(base), candidate: side(candidate) }, blockSeconds };
}

function isSeen({ base, candidate }: Pair, service: string): boolean {
  return [base, candidate].some(({ measurements }) =>
    measurements.requests.some((series) => series.service === service),
  );
}

function serviceErrors({ base, candidate }: Pair, services: readonly string[], least: LeastEffect): Tested[] {
  return services.map((service) =>
    compareShares(
      { kind: 'errors', service },
      serviceCounts(base.measurements, base.blocks, service),
      serviceCounts(candidate.measurements, candidate.blocks, service),
      least,
    ),
  );
}

/** Objectives that both runs count in the same way, in the phases in which they are judged. */
function objectiveShares({ base, candidate }: Pair, least: LeastEffect): Tested[] {
  const before = new Map(base.objectives.map(({ id, sli }) => [id, JSON.stringify(sli)]));
  return candidate.objectives.filter(isCounted).flatMap(({ id, service, sli }) => {
    if (before.get(id) !== JSON.stringify(sli)) return [];
    const phases = new Set(phasesOf(candidate.plan, sli).map(({ name }) => name));
    const countsOf = ({ measurements, plan, blocks }: Side) =>
      objectiveCounts(
        measurements,
        plan,
        blocks.filter(({ phase }) => phases.has(phase)),
        sli,
      );
    const [ofBase, ofCandidate] = [countsOf(base), countsOf(candidate)];
    if ([...ofBase, ...ofCandidate].every(({ total }) => total === 0)) return [];
    const kind = sli.underMs === undefined ? 'errors' : 'latency';
    return [compareShares({ kind, service, objectiveId: id }, ofBase, ofCandidate, least)];
  });
}

/** Says of every worse figure whose regression explains it. */
function attribute({ candidate }: Pair, changes: readonly Change[]): Change[] {
  const { catalog, plan, objectives } = candidate;
  const worse = changes.filter(({ standing }) => standing === 'worse');
  const explained = explain(
    catalog,
    worse.filter(({ objectiveId }) => objectiveId === undefined),
  );
  const ofObjectives = explainObjectives({ catalog, plan, objectives }, worse, explained);
  return changes.map((change) => {
    const causes = explained.get(change) ?? ofObjectives.get(change) ?? [];
    return causes.length === 0 ? change : { ...change, consequenceOf: causes };
  });
}

function outcomeOf(changes: readonly Change[], regressions: number, isCommon: boolean): ComparisonOutcome {
  if (regressions > 0) return 'regression';
  const latencies = changes.filter(
    ({ kind, objectiveId }) => kind === 'latency' && objectiveId === undefined,
  );
  return isCommon || latencies.every(({ standing }) => standing === 'unclear') ? 'nothing' : 'none';
}
