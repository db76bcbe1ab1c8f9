/** `configuration` and `secrets` of an experiment, and the `${name}` that stand for them. */
import { z } from 'zod';
import type { Path } from '../../../slo/openslo/documents.ts';
import type { Experiment } from './experiment.ts';
import type { Findings } from './findings.ts';

const fromEnvironment = z.looseObject({
  type: z.literal('env'),
  key: z.string(),
  default: z.union([z.string(), z.number(), z.boolean()]).optional(),
});

export interface ResolvedValues {
  readonly values: ReadonlyMap<string, string>;
  /** Every secret, and whatever came from the environment. */
  readonly confidential: readonly string[];
}

/** Configuration takes precedence over a secret of the same name, as in Chaos Toolkit. */
export function resolveValues(
  experiment: Experiment,
  env: NodeJS.ProcessEnv,
  findings: Findings,
): ResolvedValues {
  const values = new Map<string, string>();
  const confidential: string[] = [];
  const take = (path: Path, name: string, declared: unknown, isSecret: boolean): void => {
    const isLookup = typeof declared === 'object' && declared !== null;
    const text = isLookup ? lookUp(declared, path, env, findings) : String(declared);
    if (text === undefined) return;
    values.set(name, text);
    if (isSecret || isLookup) confidential.push(text);
  };
  for (const [group, secrets] of Object.entries(experiment.secrets)) {
    for (const [name, declared] of Object.entries(secrets))
      take(['secrets', group, name], name, declared, true);
  }
  for (const [name, declared] of Object.entries(experiment.configuration)) {
    take(['configuration', name], name, declared, false);
  }
  return { values, confidential };
}

function lookUp(
  declared: object,
  path: Path,
  env: NodeJS.ProcessEnv,
  findings: Findings,
): string | undefined {
  const read = fromEnvironment.safeParse(declared);
  if (!read.success) {
    const type = String((declared as { type?: unknown }).type ?? 'object');
    findings.add('UNSUPPORTED_EXPERIMENT', path, `values of type ${type} are not looked up; use type env`);
    return undefined;
  }
  const { key, default: otherwise } = read.data;
  const text = env[key] ?? (otherwise === undefined ? undefined : String(otherwise));
  if (text === undefined) {
    findings.add('INVALID_EXPERIMENT', path, `${key} is not set`, `Set ${key} in the environment.`);
  }
  return text;
}

/** A value with every `${name}` in its texts replaced. What has no value is told, and stays as it is. */
export function substitute<T>(
  value: T,
  path: Path,
  values: ReadonlyMap<string, string>,
  findings: Findings,
): T {
  const fill = (inner: unknown, at: Path): unknown => {
    if (typeof inner === 'string') {
      return inner.replace(/\$\{([^}]+)\}/g, (whole, name: string) => {
        const found = values.get(name.trim());
        if (found === undefined) findings.add('INVALID_EXPERIMENT', at, `${whole} is declared nowhere`);
        return found ?? whole;
      });
    }
    if (Array.isArray(inner)) return inner.map((item, index) => fill(item, [...at, index]));
    if (typeof inner !== 'object' || inner === null) return inner;
    return Object.fromEntries(Object.entries(inner).map(([key, item]) => [key, fill(item, [...at, key])]));
  };
  return fill(value, path) as T;
}
