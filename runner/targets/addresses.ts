import type { Environment } from '../../profiles/types.ts';
import { type Problem, problem } from '../../scenarios/problem.ts';
import type { YamlDocument } from '../../slo/openslo/documents.ts';
import { hostOf, urlFault } from './hosts.ts';
import { fillIn, type Where } from './references.ts';

/** Services that a plan needs and the target gives no address for. */
export function checkAddresses(environment: Environment, services: Iterable<string>): Problem[] {
  const missing = [...services].filter((service) => environment.baseUrls[service] === undefined);
  if (missing.length === 0) return [];
  const remedy = 'Give `gateway:` for all of them, or each its own URL under `services:`.';
  const cause = `target "${environment.name}" has no address for ${missing.join(', ')}`;
  return [problem('INVALID_TARGET', cause, { remedy })];
}

/** An address that a target file gives. */
export interface Address {
  /** Without a trailing slash. */
  readonly url: string;
  /** Where it stands, such as `gateway` or `services.NAME`. */
  readonly name: string;
  readonly where: Where;
}

/** Fills in the address at a path of a target file; the problems tell why there is none. */
export function readAddress(
  path: readonly string[],
  text: string,
  document: YamlDocument,
  env: NodeJS.ProcessEnv,
): { readonly found: readonly Address[]; readonly problems: readonly Problem[] } {
  const name = path.join('.');
  const where = { file: document.file, line: document.lineOf(path) };
  const filled = fillIn(name, text, env, where);
  if (filled.problems.length > 0) return { found: [], problems: filled.problems };
  const fault = urlFault(filled.text);
  if (fault !== undefined) {
    return { found: [], problems: [problem('INVALID_TARGET', `${name}: ${fault}`, where)] };
  }
  return { found: [{ url: filled.text.replace(/\/+$/, ''), name, where }], problems: [] };
}

/** Addresses whose hosts are not among those (`name:port`) that requests may go to. */
export function checkAllow(addresses: readonly Address[], allow: readonly string[]): Problem[] {
  return addresses
    .filter(({ url }) => !allow.includes(hostOf(url)))
    .map(({ name, url, where }) =>
      problem('INVALID_TARGET', `${name}: host ${hostOf(url)} is not in the allow list`, {
        ...where,
        remedy: `Add "${new URL(url).host}" under \`allow:\` if requests may go there.`,
      }),
    );
}
