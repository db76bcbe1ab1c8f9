/** What is simulated. Each cell is run at, at five times and at a fifth of the allowed failure rate. */
import type { Shape } from './processes.ts';

export interface Cell extends Shape {
  readonly name: string;
  readonly target: number;
  /** What the verdict is told of bursts: nothing (1) or their true design effect, or a wrong one. */
  readonly assumedDesignEffect: number;
  /** Objectives of this kind in one run, judged together; 1 if absent. */
  readonly objectives?: number;
  /** A verdict is wrong if the whole phase says otherwise, also one from a part of it. */
  readonly wholePhase?: true;
  /** Nothing is stopped early: bursts are too long for what is assumed, or no limit was declared. */
  readonly fixedOnly?: true;
}

const independent = { process: { kind: 'independent' }, assumedDesignEffect: 1 } as const;

/** Bursts of geometric length: their design effect is 2 × length − 1. */
function bursts(length: number, failing = 1) {
  return {
    process: { kind: 'bursts', length, failing },
    assumedDesignEffect: Math.max(1, 2 * length * failing - 1),
  } as const;
}

function nothingAssumed(length: number, failing = 1) {
  return { ...bursts(length, failing), assumedDesignEffect: 1, fixedOnly: true } as const;
}

/** Cells in which the goals must hold: at most 6 % wrong passes and wrong fails, 60 % saved by stopping early. */
export const cells: readonly Cell[] = [
  { name: 'independent, 99.9 %, 20/s', seconds: 600, perSecond: 20, target: 0.999, ...independent },
  { name: 'independent, 99.9 %, 100/s', seconds: 600, perSecond: 100, target: 0.999, ...independent },
  { name: 'independent, 99.99 %, 500/s', seconds: 600, perSecond: 500, target: 0.9999, ...independent },
  { name: 'independent, 99 %, 300/s', seconds: 300, perSecond: 300, target: 0.99, ...independent },
  {
    name: 'independent, 99 %, 2 min at 1,000/s',
    seconds: 120,
    perSecond: 1_000,
    target: 0.99,
    ...independent,
  },
  { name: 'bursts of 5 requests', seconds: 600, perSecond: 100, target: 0.999, ...bursts(5) },
  { name: 'bursts of 20 requests', seconds: 3_600, perSecond: 100, target: 0.999, ...bursts(20) },
  { name: 'bursts of 20 requests, dense', seconds: 600, perSecond: 300, target: 0.99, ...bursts(20) },
  { name: 'outages of 3 s', seconds: 3_600, perSecond: 100, target: 0.99, ...bursts(300) },
  { name: 'outages of 10 s', seconds: 14_400, perSecond: 100, target: 0.99, ...bursts(1_000) },
  {
    name: 'brownouts of 10 s, 10 % fail',
    seconds: 3_600,
    perSecond: 100,
    target: 0.99,
    ...bursts(1_000, 0.1),
  },
  { name: 'bursts of 5, nothing assumed', seconds: 600, perSecond: 100, target: 0.999, ...nothingAssumed(5) },
  {
    name: 'bursts of 20, nothing assumed',
    seconds: 3_600,
    perSecond: 100,
    target: 0.999,
    ...nothingAssumed(20),
  },
  {
    name: 'bursts of 20, dense, nothing assumed',
    seconds: 600,
    perSecond: 300,
    target: 0.99,
    ...nothingAssumed(20),
  },
  {
    name: 'outages of 3 s, nothing assumed',
    seconds: 3_600,
    perSecond: 100,
    target: 0.99,
    ...nothingAssumed(300),
  },
  {
    name: 'outages of 10 s, nothing assumed',
    seconds: 14_400,
    perSecond: 100,
    target: 0.99,
    ...nothingAssumed(1_000),
  },
  {
    name: 'brownouts of 10 s, nothing assumed',
    seconds: 3_600,
    perSecond: 100,
    target: 0.99,
    ...nothingAssumed(1_000, 0.1),
  },
  {
    name: 'rate rising from 0 to twice its mean',
    seconds: 600,
    perSecond: 100,
    target: 0.999,
    process: { kind: 'drift', from: 0, to: 2 },
    assumedDesignEffect: 1,
  },
  {
    name: 'rate falling to 0, dense',
    seconds: 600,
    perSecond: 300,
    target: 0.99,
    process: { kind: 'drift', from: 2, to: 0 },
    assumedDesignEffect: 1,
  },
  {
    name: 'heavy-tailed latency, counted',
    seconds: 300,
    perSecond: 100,
    target: 0.99,
    process: { kind: 'latency', read: 'counted' },
    assumedDesignEffect: 1,
  },
  {
    name: 'heavy-tailed latency, limit given after the run',
    seconds: 300,
    perSecond: 100,
    target: 0.99,
    process: { kind: 'latency', read: 'histogram' },
    assumedDesignEffect: 1,
    fixedOnly: true,
  },
  {
    name: '10 objectives, independent',
    seconds: 600,
    perSecond: 100,
    target: 0.999,
    ...independent,
    objectives: 10,
  },
  {
    name: '60 objectives, independent',
    seconds: 600,
    perSecond: 100,
    target: 0.999,
    ...independent,
    objectives: 60,
  },
  {
    name: '60 objectives, bursts of 5',
    seconds: 600,
    perSecond: 100,
    target: 0.999,
    ...bursts(5),
    objectives: 60,
  },
];

/** What happens where an assumption does not hold. No goal applies. */
export const brokenCells: readonly Cell[] = [
  {
    name: 'bursts of 5, independence assumed',
    seconds: 600,
    perSecond: 100,
    target: 0.999,
    ...bursts(5),
    assumedDesignEffect: 1,
  },
  {
    name: 'bursts of 20, independence assumed',
    seconds: 600,
    perSecond: 100,
    target: 0.999,
    ...bursts(20),
    assumedDesignEffect: 1,
  },
  {
    name: 'bursts of 20, half the design effect assumed',
    seconds: 3_600,
    perSecond: 100,
    target: 0.999,
    ...bursts(20),
    assumedDesignEffect: 20,
  },
  {
    name: 'bursts of 20, a tenth of it assumed',
    seconds: 3_600,
    perSecond: 100,
    target: 0.999,
    ...bursts(20),
    assumedDesignEffect: 4,
  },
  {
    name: 'outages of 10 s in 10 minutes, independence assumed',
    seconds: 600,
    perSecond: 100,
    target: 0.99,
    ...bursts(1_000),
    assumedDesignEffect: 1,
  },
  {
    name: 'outages of 10 s in an hour, independence assumed',
    seconds: 3_600,
    perSecond: 100,
    target: 0.99,
    ...bursts(1_000),
    assumedDesignEffect: 1,
  },
  {
    name: 'slow swings of the rate (10 s, 3 % fail) in 30 minutes',
    seconds: 1_800,
    perSecond: 100,
    target: 0.99,
    ...bursts(1_000, 0.03),
    assumedDesignEffect: 1,
  },
  {
    name: 'half the failures in bursts of 100, half independent',
    seconds: 3_600,
    perSecond: 100,
    target: 0.99,
    process: { kind: 'bursts', length: 100, background: 0.5 },
    assumedDesignEffect: 1,
  },
  {
    name: 'half in brownouts of 30 s, half independent',
    seconds: 3_600,
    perSecond: 100,
    target: 0.99,
    process: { kind: 'bursts', length: 3_000, failing: 0.1, background: 0.5 },
    assumedDesignEffect: 1,
  },
  {
    name: 'rate rising from 0, judged by the whole phase',
    seconds: 600,
    perSecond: 100,
    target: 0.999,
    process: { kind: 'drift', from: 0, to: 2 },
    assumedDesignEffect: 1,
    wholePhase: true,
  },
  {
    name: 'rate falling to 0, judged by the whole phase',
    seconds: 600,
    perSecond: 300,
    target: 0.99,
    process: { kind: 'drift', from: 2, to: 0 },
    assumedDesignEffect: 1,
    wholePhase: true,
  },
  {
    name: '10 s of dense bursts of 20',
    seconds: 10,
    perSecond: 300,
    target: 0.99,
    ...bursts(20),
    assumedDesignEffect: 1,
  },
];
