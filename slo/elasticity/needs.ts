/** What an objective over steps of load needs of the plan, and is not asked without. */
import type { LoadPlan } from '../../profiles/types.ts';

export const elasticityNeeds = ['load-steps', 'replica-budget'] as const;
export type ElasticityNeed = (typeof elasticityNeeds)[number];

export function meetsNeed({ elasticity, environment }: LoadPlan, need: ElasticityNeed): boolean {
  if (elasticity === undefined) return false;
  return need === 'load-steps' || environment.replicas?.budgetSecondsPer1000 !== undefined;
}
