/** OpenSLO's comparison operators. */
import type { ComparisonOperator } from './types.ts';

const operators: Readonly<
  Record<ComparisonOperator, { sign: string; promql: string; holds(value: number, limit: number): boolean }>
> = {
  lt: { sign: '<', promql: '<', holds: (value, limit) => value < limit },
  lte: { sign: '≤', promql: '<=', holds: (value, limit) => value <= limit },
  gt: { sign: '>', promql: '>', holds: (value, limit) => value > limit },
  gte: { sign: '≥', promql: '>=', holds: (value, limit) => value >= limit },
};

export function holds(op: ComparisonOperator, value: number, limit: number): boolean {
  return operators[op].holds(value, limit);
}

/** `≤`, for sentences. */
export function signOf(op: ComparisonOperator): string {
  return operators[op].sign;
}

/** `<=`, for queries. */
export function promqlOf(op: ComparisonOperator): string {
  return operators[op].promql;
}
