/** Where a target's services tell their memory, and how much each may use: the part `memory` of a target file. */
import { z } from 'zod';
import type { Catalog } from '../../scenarios/model.ts';
import { nearest } from '../../scenarios/nearest.ts';
import { type Problem, problem } from '../../scenarios/problem.ts';
import type { YamlDocument } from '../../slo/openslo/documents.ts';
import { urlFault } from './hosts.ts';
import { fillIn, type Where } from './references.ts';

export const memorySchema = z
  .record(
    z.string(),
    z.strictObject({
      /** Address of a page in Prometheus' text format that has `process_resident_memory_bytes`. */
      metrics: z.string(),
      limitMb: z.number().positive('must be above 0').optional(),
    }),
  )
  .default({});

export type MemoryPart = z.infer<typeof memorySchema>;

interface MemorySource {
  readonly service: string;
  readonly url: string;
  /** As problems call it: `memory.payment.metrics`. */
  readonly name: string;
  readonly where: Where;
}

/** Fills in the addresses; what is wrong with them, or with the services' names, is told. */
export function readMemorySources(
  memory: MemoryPart,
  document: YamlDocument,
  catalog: Catalog,
  env: NodeJS.ProcessEnv,
): { readonly found: readonly MemorySource[]; readonly problems: readonly Problem[] } {
  const found: MemorySource[] = [];
  const problems: Problem[] = [];
  for (const [service, { metrics }] of Object.entries(memory)) {
    const path = ['memory', service, 'metrics'];
    const name = path.join('.');
    const where = { file: document.file, line: document.lineOf(path) };
    const filled = fillIn(name, metrics, env, where);
    const fault = filled.problems.length > 0 ? undefined : urlFault(filled.text);
    problems.push(...unknownService(service, catalog, where), ...filled.problems);
    if (fault !== undefined) problems.push(problem('INVALID_TARGET', `${name}: ${fault}`, where));
    else if (filled.problems.length === 0) found.push({ service, url: filled.text, name, where });
  }
  return { found, problems };
}

function unknownService(service: string, catalog: Catalog, where: Where): Problem[] {
  if (Object.hasOwn(catalog, service)) return [];
  const close = nearest(service, Object.keys(catalog));
  const hint = close === undefined ? {} : { remedy: `Did you mean "${close}"?` };
  return [problem('UNKNOWN_SERVICE', `there is no service "${service}"`, { ...where, ...hint })];
}

/** Limits of the services that state one, in MB. */
export function memoryLimitsOf(memory: MemoryPart): Record<string, number> {
  return Object.fromEntries(
    Object.entries(memory).flatMap(([service, { limitMb }]) =>
      limitMb === undefined ? [] : [[service, limitMb]],
    ),
  );
}
