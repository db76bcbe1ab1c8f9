import type { Catalog } from '../../scenarios/model.ts';
import type { FaultTarget } from './types.ts';

/** What a driver may know of a system. */
export function faultTargetOf(
  catalog: Catalog,
  { environment, allow, headers, control }: Omit<FaultTarget, 'healthPaths'>,
): FaultTarget {
  const healthPaths = Object.fromEntries(Object.entries(catalog).map(([name, { health }]) => [name, health]));
  return { environment, allow, headers, healthPaths, ...(control === undefined ? {} : { control }) };
}
