/** The part `faults` of a target file: what of the system may be broken, and by which driver. */
import { z } from 'zod';
import { type FaultKind, faultKinds } from '../../profiles/faults.ts';
import type { Catalog } from '../../scenarios/model.ts';
import { type Problem, problem } from '../../scenarios/problem.ts';
import type { YamlDocument } from '../../slo/openslo/documents.ts';
import { toProblems } from '../../slo/openslo/issues.ts';
import { didYouMean } from '../../slo/openslo/text.ts';
import type { BoundDriver } from '../faults/bind.ts';
import { faultDrivers } from '../faults/drivers/index.ts';
import { readSecretTexts } from './secret-texts.ts';

export const faultsSchema = z
  .looseObject({
    /** Nothing is ever broken without it. */
    allowed: z.boolean(),
    kinds: z.array(z.string()).min(1).optional(),
    services: z.array(z.string()).min(1).optional(),
    driver: z.string().optional(),
  })
  .optional();

type FaultsPart = z.infer<typeof faultsSchema>;

/** What a target's owner lets be broken. Lists of what is allowed, never of what is forbidden. */
export interface FaultPermission {
  readonly kinds: readonly FaultKind[];
  readonly services: readonly string[];
  readonly driver: BoundDriver;
}

interface ReadPermission {
  readonly permission?: FaultPermission;
  /** What came from the environment. */
  readonly confidential: readonly string[];
  readonly problems: readonly Problem[];
}

/** Whatever a stand-in can break may be broken: nobody's customers are there. */
export function sandboxPermission(catalog: Catalog): FaultPermission | undefined {
  const bound = faultDrivers.find(({ name }) => name === 'sandbox')?.bind({});
  if (bound === undefined || !('driver' in bound)) return undefined;
  return { kinds: bound.driver.kinds, services: Object.keys(catalog), driver: bound.driver };
}

const nothing: ReadPermission = { confidential: [], problems: [] };

/** Reads who may be broken and how; everything wrong with it is told at once. */
export function readFaultPermission(
  part: FaultsPart,
  document: YamlDocument,
  catalog: Catalog,
  env: NodeJS.ProcessEnv,
): ReadPermission {
  if (part === undefined || !part.allowed) return nothing;
  const { allowed, kinds = [], services = [], driver: name, ...rest } = part;
  const problems = [
    ...(kinds.length > 0 ? [] : [missing('kinds', 'the kinds of faults that are allowed', document)]),
    ...(services.length > 0 ? [] : [missing('services', 'the services that may be broken', document)]),
    ...unknownOnes('kinds', kinds, Object.keys(faultKinds), document),
    ...unknownOnes('services', services, Object.keys(catalog), document),
  ];
  const settings = fillInAll(['faults'], rest, document, env);
  const bound = bindDriver(name, settings.value, document);
  return {
    ...('driver' in bound && problems.length === 0
      ? { permission: { kinds: kinds as FaultKind[], services, driver: bound.driver } }
      : {}),
    confidential: settings.confidential,
    problems: [...problems, ...settings.problems, ...('problems' in bound ? bound.problems : [])],
  };
}

function missing(key: string, what: string, document: YamlDocument): Problem {
  const where = { file: document.file, line: document.lineOf(['faults']) };
  const remedy = `List under \`faults.${key}\` ${what}; whatever is not listed stays untouched.`;
  return problem('INVALID_TARGET', `faults.${key} is missing`, { ...where, remedy });
}

function unknownOnes(
  key: 'kinds' | 'services',
  names: readonly string[],
  known: readonly string[],
  document: YamlDocument,
): Problem[] {
  return names.flatMap((name, index) => {
    if (known.includes(name)) return [];
    const where = { file: document.file, line: document.lineOf(['faults', key, index]) };
    return [
      problem('INVALID_TARGET', `faults.${key}: there is no "${name}"${didYouMean(name, known)}`, where),
    ];
  });
}

function bindDriver(
  name: string | undefined,
  settings: unknown,
  document: YamlDocument,
): { driver: BoundDriver } | { problems: readonly Problem[] } {
  const names = faultDrivers.map((row) => row.name);
  const where = { file: document.file, line: document.lineOf(['faults', 'driver']) };
  const row = faultDrivers.find((candidate) => candidate.name === name);
  if (row === undefined) {
    const cause =
      name === undefined
        ? 'faults.driver is missing'
        : `faults.driver: there is no "${name}"${didYouMean(name, names)}`;
    return {
      problems: [problem('INVALID_TARGET', cause, { ...where, remedy: `Known: ${names.join(', ')}.` })],
    };
  }
  const bound = row.bind(settings);
  if ('driver' in bound) return bound;
  return {
    problems: bound.issues.flatMap((issue) =>
      toProblems({ ...issue, path: ['faults', ...issue.path] }, document, 'INVALID_TARGET', []),
    ),
  };
}

interface Filled {
  readonly value: unknown;
  readonly confidential: readonly string[];
  readonly problems: readonly Problem[];
}

/** Fills in every `${NAME}` below a path of the file. */
function fillInAll(
  path: readonly PropertyKey[],
  value: unknown,
  document: YamlDocument,
  env: NodeJS.ProcessEnv,
): Filled {
  if (typeof value === 'string') {
    const key = String(path.at(-1));
    const { texts, values, problems } = readSecretTexts(
      path.slice(0, -1).map(String),
      { [key]: value },
      document,
      env,
    );
    return { value: texts[key], confidential: values, problems };
  }
  if (typeof value !== 'object' || value === null) return { value, confidential: [], problems: [] };
  const filled = Object.entries(value).map(
    ([key, inner]) => [key, fillInAll([...path, key], inner, document, env)] as const,
  );
  const entries = filled.map(([key, inner]) => [key, inner.value] as const);
  return {
    value: Array.isArray(value) ? entries.map(([, inner]) => inner) : Object.fromEntries(entries),
    confidential: filled.flatMap(([, inner]) => inner.confidential),
    problems: filled.flatMap(([, inner]) => inner.problems),
  };
}
