/** Pages on which a target's services state figures of their own, as several parts of a target file name them. */
import type { Catalog } from '../../scenarios/model.ts';
import { nearest } from '../../scenarios/nearest.ts';
import { type Problem, problem } from '../../scenarios/problem.ts';
import type { YamlDocument } from '../../slo/openslo/documents.ts';
import { urlFault } from './hosts.ts';
import { fillIn, type Where } from './references.ts';

interface MetricPage {
  readonly service: string;
  readonly url: string;
  /** As problems call it: `memory.payment.metrics`. */
  readonly name: string;
  readonly where: Where;
}

/**
 * Fills in the addresses; what is wrong with them, or with the services' names, is told.
 * @param at where the services stand in the document.
 */
export function readMetricPages(
  at: readonly string[],
  pages: Readonly<Record<string, { readonly metrics: string }>>,
  document: YamlDocument,
  catalog: Catalog,
  env: NodeJS.ProcessEnv,
): { readonly found: readonly MetricPage[]; readonly problems: readonly Problem[] } {
  const found: MetricPage[] = [];
  const problems: Problem[] = [];
  for (const [service, { metrics }] of Object.entries(pages)) {
    const path = [...at, service, 'metrics'];
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

/** That the catalog has no such service, with what was probably meant; nothing if it has. */
export function unknownService(service: string, catalog: Catalog, where: Where): Problem[] {
  if (Object.hasOwn(catalog, service)) return [];
  const close = nearest(service, Object.keys(catalog));
  const hint = close === undefined ? {} : { remedy: `Did you mean "${close}"?` };
  return [problem('UNKNOWN_SERVICE', `there is no service "${service}"`, { ...where, ...hint })];
}
