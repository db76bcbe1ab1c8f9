import { type Problem, problem } from '../../../scenarios/problem.ts';
import type { InspectorSession } from './session.ts';

export interface TriedInspector {
  readonly inspector?: InspectorSession;
  readonly problems: readonly Problem[];
}

/** An inspector that cannot be reached is told as a problem: a profile does without it. */
export async function tryOpen(open: () => Promise<InspectorSession>): Promise<TriedInspector> {
  try {
    return { inspector: await open(), problems: [] };
  } catch (error) {
    return { problems: [problem('INSPECTOR_UNAVAILABLE', (error as Error).message)] };
  }
}
