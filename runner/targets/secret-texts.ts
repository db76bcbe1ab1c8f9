/** Headers and secrets of a target file: what is secret comes from the environment and never stands in the file. */
import { type Problem, problem } from '../../scenarios/problem.ts';
import type { YamlDocument } from '../../slo/openslo/documents.ts';
import { fillIn } from './references.ts';

const sensitive = /authorization|cookie|token|secret|key|password/i;

export interface SecretTexts {
  readonly texts: Readonly<Record<string, string>>;
  /** What came from the environment. */
  readonly values: readonly string[];
  readonly problems: readonly Problem[];
}

/**
 * Fills in the texts below a path. A literal where a secret belongs is a problem: everywhere below
 * `secrets`, else under names that usually carry one.
 */
export function readSecretTexts(
  path: readonly string[],
  entries: Readonly<Record<string, string>>,
  document: YamlDocument,
  env: NodeJS.ProcessEnv,
): SecretTexts {
  const problems: Problem[] = [];
  const texts: Record<string, string> = {};
  const values: string[] = [];
  for (const [key, text] of Object.entries(entries)) {
    const name = [...path, key].join('.');
    const where = { file: document.file, line: document.lineOf([...path, key]) };
    const result = fillIn(name, text, env, where);
    problems.push(...result.problems);
    values.push(...result.values);
    if (result.values.length === 0 && (path[0] === 'secrets' || sensitive.test(key))) {
      const remedy = `Write \${ENV_NAME} and set that variable; a secret in a file leaks.`;
      problems.push(problem('INVALID_TARGET', `${name} holds a literal`, { ...where, remedy }));
    }
    texts[key] = result.text;
  }
  return { texts, values, problems };
}

/** Secrets that the suite's scenarios need and the target file does not give. */
export function checkSecretNames(
  given: Readonly<Record<string, string>>,
  document: YamlDocument,
  needed: readonly string[],
): Problem[] {
  return needed
    .filter((name) => given[name] === undefined)
    .map((name) =>
      problem('INVALID_TARGET', `secrets.${name} is missing, which the suite's scenarios need`, {
        file: document.file,
        line: document.lineOf(['secrets']),
        remedy: `Add \`${name}: \${ENV_NAME}\` under \`secrets:\`.`,
      }),
    );
}
