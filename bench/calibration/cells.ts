/** What is simulated. Each cell is run at, at five times and at a fifth of the allowed failure rate. */
import type { Shape } from './processes.ts';

export interface Cell extends Shape {
  readonly name: string;
  readonly target: number;
  /** What the verdict is told of bursts: nothing (1), or their true design effect, or a wrong one. */
  readonly assumedDesignEffect: number;
  /** Objectives of this kind in one run, judged together; 1 if absent. */
  readonly objectives?: number;
  /** A verdict is wrong if the whole phase says otherwise, also one from a part of it. */
  readonly wholePhase?: true;
  /** Nothing is stopped early: bursts are too long for what is assumed, or no limit was declared. */
  readonly fixedOnly?: true;
}

/** How long, how fast and against which target. */
const tenMinutes = { seconds: 600, perSecond: 100, target: 0.999 };
const hour = { seconds: 3_600, perSecond: 100, target: 0.999 };
const hourOfOutages = { ...hour, target: 0.99 };
const fourHours = { ...hourOfOutages, seconds: 14_400 };
const dense = { seconds: 600, perSecond: 300, target: 0.99 };
const fiveMinutes = { seconds: 300, perSecond: 100, target: 0.99 };

const independent = { process: { kind: 'independent' }, assumedDesignEffect: 1 } as const;
const rising = { process: { kind: 'drift', from: 0, to: 2 }, assumedDesignEffect: 1 } as const;
const falling = { process: { kind: 'drift', from: 2, to: 0 }, assumedDesignEffect: 1 } as const;

/** Bursts of geometric length in requests, of which this share fails, with their design effect stated. */
function bursts(length: number, failing = 1) {
  return {
    process: { kind: 'bursts', length, failing },
    assumedDesignEffect: 2 * length * failing - 1,
  } as const;
}

function unstated(length: number, failing = 1) {
  return { ...bursts(length, failing), assumedDesignEffect: 1, fixedOnly: true } as const;
}

function latency(read: 'counted' | 'histogram') {
  return { process: { kind: 'latency', read }, assumedDesignEffect: 1 } as const;
}

/** Cells in which the goals must hold: at most 6 % wrong passes and wrong fails, 60 % saved by stopping early. */
export const cells: readonly Cell[] = [
  { name: 'independent, 99.9 %, 20/s', ...tenMinutes, perSecond: 20, ...independent },
  { name: 'independent, 99.9 %, 100/s', ...tenMinutes, ...independent },
  { name: 'independent, 99.99 %, 500/s', ...tenMinutes, perSecond: 500, target: 0.9999, ...independent },
  { name: 'independent, 99 %, 300/s', ...dense, seconds: 300, ...independent },
  {
    name: 'independent, 99 %, 2 min at 1,000/s',
    seconds: 120,
    perSecond: 1_000,
    target: 0.99,
    ...independent,
  },
  { name: 'bursts of 5 requests', ...tenMinutes, ...bursts(5) },
  { name: 'bursts of 20 requests', ...hour, ...bursts(20) },
  { name: 'bursts of 20 requests, dense', ...dense, ...bursts(20) },
  { name: 'outages of 3 s', ...hourOfOutages, ...bursts(300) },
  { name: 'outages of 10 s', ...fourHours, ...bursts(1_000) },
  { name: 'brownouts of 10 s, 10 % fail', ...hourOfOutages, ...bursts(1_000, 0.1) },
  { name: 'bursts of 5, nothing assumed', ...tenMinutes, ...unstated(5) },
  { name: 'bursts of 20, nothing assumed', ...hour, ...unstated(20) },
  { name: 'bursts of 20, dense, nothing assumed', ...dense, ...unstated(20) },
  { name: 'outages of 3 s, nothing assumed', ...hourOfOutages, ...unstated(300) },
  { name: 'outages of 10 s, nothing assumed', ...fourHours, ...unstated(1_000) },
  { name: 'brownouts of 10 s, nothing assumed', ...hourOfOutages, ...unstated(1_000, 0.1) },
  { name: 'rate rising from 0 to twice its mean', ...tenMinutes, ...rising },
  { name: 'rate falling to 0, dense', ...dense, ...falling },
  { name: 'heavy-tailed latency, counted', ...fiveMinutes, ...latency('counted') },
  {
    name: 'heavy-tailed latency, limit given after the run',
    ...fiveMinutes,
    ...latency('histogram'),
    fixedOnly: true,
  },
  { name: '10 objectives, independent', ...tenMinutes, ...independent, objectives: 10 },
  { name: '60 objectives, independent', ...tenMinutes, ...independent, objectives: 60 },
  { name: '60 objectives, bursts of 5', ...tenMinutes, ...bursts(5), objectives: 60 },
];

/** What happens where an assumption does not hold. No goal applies. */
export const brokenCells: readonly Cell[] = [
  { name: 'bursts of 5, independence assumed', ...tenMinutes, ...bursts(5), assumedDesignEffect: 1 },
  { name: 'bursts of 20, independence assumed', ...tenMinutes, ...bursts(20), assumedDesignEffect: 1 },
  { name: 'bursts of 20, half the design effect assumed', ...hour, ...bursts(20), assumedDesignEffect: 20 },
  { name: 'bursts of 20, a tenth of it assumed', ...hour, ...bursts(20), assumedDesignEffect: 4 },
  {
    name: 'outages of 10 s in 10 minutes, independence assumed',
    ...tenMinutes,
    target: 0.99,
    ...bursts(1_000),
    assumedDesignEffect: 1,
  },
  {
    name: 'outages of 10 s in an hour, independence assumed',
    ...hourOfOutages,
    ...bursts(1_000),
    assumedDesignEffect: 1,
  },
  {
    name: 'slow swings of the rate (10 s, 3 % fail) in 30 minutes',
    ...hourOfOutages,
    seconds: 1_800,
    ...bursts(1_000, 0.03),
    assumedDesignEffect: 1,
  },
  {
    name: 'half the failures in bursts of 100, half independent',
    ...hourOfOutages,
    process: { kind: 'bursts', length: 100, background: 0.5 },
    assumedDesignEffect: 1,
  },
  {
    name: 'half in brownouts of 30 s, half independent',
    ...hourOfOutages,
    process: { kind: 'bursts', length: 3_000, failing: 0.1, background: 0.5 },
    assumedDesignEffect: 1,
  },
  { name: 'rate rising from 0, judged by the whole phase', ...tenMinutes, ...rising, wholePhase: true },
  { name: 'rate falling to 0, judged by the whole phase', ...dense, ...falling, wholePhase: true },
  { name: '10 s of dense bursts of 20', ...dense, seconds: 10, ...bursts(20), assumedDesignEffect: 1 },
];
