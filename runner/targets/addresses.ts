import type { Environment } from '../../profiles/types.ts';
import { type Problem, problem } from '../../scenarios/problem.ts';

/** Services that a plan needs and the target gives no address for. */
export function checkAddresses(environment: Environment, services: Iterable<string>): Problem[] {
  const missing = [...services].filter((service) => environment.baseUrls[service] === undefined);
  if (missing.length === 0) return [];
  const remedy = 'Give `gateway:` for all of them, or each its own URL under `services:`.';
  const cause = `target "${environment.name}" has no address for ${missing.join(', ')}`;
  return [problem('INVALID_TARGET', cause, { remedy })];
}
