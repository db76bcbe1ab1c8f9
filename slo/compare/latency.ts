/** Service latency in two runs, block by block: Mann–Whitney for whether, Hodges–Lehmann for how much. */
import type { Catalog } from '../../scenarios/model.ts';
import type { Measurements } from '../measurements.ts';
import { hodgesLehmann, type Shift } from '../statistics/hodges-lehmann.ts';
import { mannWhitney } from '../statistics/mann-whitney.ts';
import { type Block, fewestBlocks } from './blocks.ts';
import { designEffectOf, weakened, widened } from './dependent-blocks.ts';
import { expectedLogs, type LogRatios, logRatios, typicalMs } from './latency-blocks.ts';
import { median, robustSpread } from './median.ts';
import type { Tested } from './tests.ts';
import type { LeastEffect } from './types.ts';

/** A service's blocks, and the shift between them, on the logarithmic scale. */
interface Shifted extends Shift {
  readonly service: string;
  readonly base: readonly number[];
  readonly candidate: readonly number[];
  readonly beforeMs: number;
  /** How much less its blocks say than independent ones would. */
  readonly designEffect: number;
}

/**
 * What all services share. Two runs on one machine never find it in the same mood, and blocks of one run
 * cannot show that: other services can. The median shift of those that call no other is the machine's or a
 * common cause's; by how much more they differ than their blocks explain is what a service has to stand out from.
 */
export interface Common {
  /** Median log ratio; 0 with too few services. */
  readonly shift: number;
  /** Robust standard deviation of what blocks do not explain. */
  readonly spread: number;
}

/** With fewer that call no other, the median could be one slow service and its neighbour. */
const fewestControls = 4;
/** Robust standard deviations from the others that make an outlier (Hampel's identifier). */
const outlyingSpreads = 3;

export interface ComparedLatency {
  readonly tested: readonly Tested[];
  readonly common: Common;
}

/** A run's measurements and its blocks. */
interface Side {
  readonly measurements: Measurements;
  readonly blocks: readonly Block[];
}

export function compareLatency(
  sides: { readonly base: Side; readonly candidate: Side },
  catalog: Catalog,
  services: readonly string[],
  least: LeastEffect,
): ComparedLatency {
  const routes = [sides.base.measurements.latencyByRoute, sides.candidate.measurements.latencyByRoute];
  const expected = expectedLogs(routes);
  const typical = typicalMs(routes, sides.candidate.blocks);
  const [base, candidate] = [sides.base, sides.candidate].map(({ measurements, blocks }) =>
    logRatios(measurements, blocks, expected),
  ) as [LogRatios, LogRatios];
  const found = services.map((service) =>
    shiftOf(service, seen(base.get(service)), seen(candidate.get(service)), typical.get(service)),
  );
  const controls = found.filter(({ service }) => catalog[service]?.calls.length === 0);
  const common = commonOf(controls.filter((item) => 'shift' in item));
  const tested = found.map((item) => ('shift' in item ? test(item, common, least) : untested(item)));
  return { tested, common };
}

function seen(ratios: readonly (number | undefined)[] = []): number[] {
  return ratios.filter((ratio) => ratio !== undefined);
}

type Unshifted = { readonly service: string; readonly beforeMs?: number; readonly afterMs?: number };

function shiftOf(
  service: string,
  base: readonly number[],
  candidate: readonly number[],
  typical: number | undefined,
): Shifted | Unshifted {
  if (typical === undefined) return { service };
  const msOf = (ratios: readonly number[]) => typical * Math.exp(median(ratios));
  if (base.length < fewestBlocks || candidate.length < fewestBlocks) {
    return {
      service,
      ...(base.length === 0 ? {} : { beforeMs: msOf(base) }),
      ...(candidate.length === 0 ? {} : { afterMs: msOf(candidate) }),
    };
  }
  const designEffect = designEffectOf(base, candidate);
  const shift = widened(hodgesLehmann(candidate, base) as Shift, designEffect);
  return { service, base, candidate, beforeMs: msOf(base), designEffect, ...shift };
}

/** Half the width of a two-sided 95 % interval, in standard errors. */
const standardErrors = 1.96;

function commonOf(controls: readonly Shift[]): Common {
  if (controls.length < fewestControls) return { shift: 0, spread: 0 };
  const shifts = controls.map(({ shift }) => shift);
  const ofBlocks = median(controls.map(({ low, high }) => (high - low) / (2 * standardErrors)));
  const spread = Math.sqrt(Math.max(0, robustSpread(shifts) ** 2 - ofBlocks ** 2));
  return { shift: median(shifts), spread };
}

/** Only a slowdown that all share is set off: what made the others faster owes nobody anything. */
function test(item: Shifted, common: Common, least: LeastEffect): Tested {
  const { service, beforeMs, shift, low, high } = item;
  const shared = Math.max(0, common.shift);
  const matters = Math.log1p(Math.max(least.latencyShare, least.latencyMs / beforeMs));
  const threshold = shared + Math.max(matters, outlyingSpreads * common.spread);
  const toMs = (log: number) => beforeMs * Math.expm1(log);
  const lessShared = item.candidate.map((ratio) => ratio - shared);
  return {
    change: {
      kind: 'latency',
      service,
      before: beforeMs,
      after: beforeMs + toMs(shift),
      shift: toMs(shift),
      low: toMs(low),
      high: toMs(high),
      threshold: toMs(threshold),
    },
    pValue: weakened(mannWhitney(lessShared, item.base)?.pGreater ?? 1, item.designEffect),
    isLarge: shift >= threshold,
    otherwise: otherwise(item, matters),
  };
}

function otherwise({ shift, high }: Shifted, matters: number): Tested['otherwise'] {
  if (high < 0 && shift <= -matters) return 'better';
  return high < matters ? 'same' : 'unclear';
}

function untested({ service, beforeMs, afterMs }: Unshifted): Tested {
  const before = beforeMs === undefined ? {} : { before: beforeMs };
  const after = afterMs === undefined ? {} : { after: afterMs };
  return {
    change: { kind: 'latency', service, ...before, ...after },
    isLarge: false,
    otherwise: 'unclear',
  };
}
