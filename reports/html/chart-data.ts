/** What report.js draws: one array a curve, rounded to what a screen can show. */
import type { Band, ReportModel } from '../types.ts';

type Curve = readonly (number | null)[];

interface BandData {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

export interface ChartData {
  readonly bands: readonly BandData[];
  readonly faults: readonly BandData[];
  readonly endSecond: number;
  readonly timeline: Readonly<Record<string, Curve>>;
  readonly generator: Readonly<Record<string, Curve>>;
  /** Absent in reports without its chart. */
  readonly elasticity?: Readonly<Record<string, Curve>>;
}

export function chartData({ timeline, generator, elasticity }: ReportModel): ChartData {
  return {
    bands: timeline.bands.map(bandData),
    faults: timeline.faults.map(bandData),
    endSecond: timeline.endSecond,
    timeline: curves(timeline.points, [
      'second',
      'multiplier',
      'plannedPerSecond',
      'achievedPerSecond',
      'p50Ms',
      'p95Ms',
      'p99Ms',
      'errors',
      'fallbacks',
      'dropped',
    ]),
    generator: curves(generator.points, ['second', 'k6Cores', 'runnerCores', 'machineBusyCores', 'vusInUse']),
    ...(elasticity && {
      elasticity: curves(elasticity.points, ['second', 'multiplier', 'replicas', 'p99Ms']),
    }),
  };
}

function bandData({ name, fromSecond, toSecond }: Band): BandData {
  return { name, from: fromSecond, to: toSecond };
}

function curves<K extends string>(
  points: readonly { readonly [P in K]?: number }[],
  keys: readonly K[],
): Record<string, Curve> {
  return Object.fromEntries(keys.map((key) => [key, points.map((point) => rounded(point[key]))]));
}

function rounded(value: number | undefined): number | null {
  return value === undefined ? null : Number(value.toPrecision(4));
}
