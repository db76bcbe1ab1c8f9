import type { LabelSelector, Objective } from './types.ts';

/** Whether an objective has all labels of the selector; an empty one selects every objective. */
export function selects(selector: LabelSelector, { labels }: Pick<Objective, 'labels'>): boolean {
  return Object.entries(selector).every(([label, value]) => labels[label] === value);
}
