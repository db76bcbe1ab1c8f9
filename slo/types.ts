/** What is promised (Objective), what came of it (Verdict) and what follows (Decision): one file each in slo/types/. */
export type { Answer } from './answer.ts';
export type * from './types/objective.ts';
export type * from './types/policy.ts';
export type * from './types/sli.ts';
export type * from './types/verdict.ts';
