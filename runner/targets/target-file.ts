/** A target file says where the system under test is, how big it is, and what may be sent to it. */
import { z } from 'zod';
import type { Environment } from '../../profiles/types.ts';
import type { Catalog } from '../../scenarios/model.ts';
import { nearest } from '../../scenarios/nearest.ts';
import { PeakproofError, type Problem, problem } from '../../scenarios/problem.ts';
import { readDocuments, type YamlDocument } from '../../slo/openslo/documents.ts';
import { validate } from '../../slo/openslo/issues.ts';
import { expandAllow, hostOf, isInside, soundsLikeProduction } from './hosts.ts';

const url = z.string().superRefine((text, context) => {
  const fault = urlFault(text);
  if (fault) context.addIssue({ code: 'custom', message: fault });
});

const targetSchema = z.strictObject({
  name: z.string().min(1),
  gateway: url.optional(),
  services: z.record(z.string(), url).default({}),
  headers: z.record(z.string(), z.string()).default({}),
  secrets: z.record(z.string(), z.string()).default({}),
  scale: z.number().gt(0, 'must be above 0').lte(1, 'must be at most 1, the full scale'),
  allow: z.array(z.string().regex(/^[^/@\s]+$/, 'must be a host name or host:port')).min(1),
  production: z.boolean().optional(),
});

type TargetFile = z.infer<typeof targetSchema>;

/** A target that was read and found in order; nothing has been sent to it. */
export interface DescribedTarget {
  readonly environment: Environment;
  readonly allow: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  /** Why load on it needs --confirm-target; undefined if it doesn't. */
  readonly confirmBecause?: string;
}

export interface TargetContext {
  readonly catalog: Catalog;
  /** Names of the secrets that the suite needs. */
  readonly secretNames: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

/**
 * Reads a target file's text. Secrets come from the environment through `${NAME}` and never stand in the file.
 * @throws PeakproofError with everything wrong at once, each problem with its line.
 */
export function parseTarget(text: string, file: string, context: TargetContext): DescribedTarget {
  const { documents, problems: faults } = readDocuments({ file, text }, 'INVALID_TARGET');
  const [source] = documents;
  if (faults.length > 0) throw new PeakproofError(faults);
  if (!source || documents.length > 1) {
    throw new PeakproofError(problem('INVALID_TARGET', 'must hold exactly one document', { file }));
  }
  const result = validate(targetSchema, source, 'INVALID_TARGET', Object.keys(targetSchema.shape));
  if ('problems' in result) throw new PeakproofError(result.problems);
  const { value } = result;
  const headers = fillIn(value, 'headers', source, context.env);
  const secrets = fillIn(value, 'secrets', source, context.env);
  const baseUrls = baseUrlsOf(value, context.catalog);
  const allow = value.allow.flatMap(expandAllow);
  const problems = [
    ...checkServiceNames(value, source, context.catalog),
    ...checkAllow(value, allow, source),
    ...headers.problems,
    ...secrets.problems,
    ...checkSecretNames(value, source, context.secretNames),
  ];
  if (problems.length > 0) throw new PeakproofError(problems);
  const confirmBecause = whyConfirm(value, Object.values(baseUrls));
  return {
    environment: { name: value.name, scale: value.scale, baseUrls },
    allow,
    headers: headers.filled,
    secrets: secrets.filled,
    ...(confirmBecause === undefined ? {} : { confirmBecause }),
  };
}

function urlFault(text: string): string | undefined {
  if (!URL.canParse(text)) return `"${text}" is not a URL`;
  const { protocol, username, password, search, hash } = new URL(text);
  if (username || password) return `must not hold a user name or password; use headers with \${ENV_NAME}`;
  if (protocol !== 'http:' && protocol !== 'https:') return 'must start with http:// or https://';
  return search || hash ? 'must not have a query or fragment' : undefined;
}

function baseUrlsOf(file: TargetFile, catalog: Catalog): Record<string, string> {
  const entries = Object.keys(catalog).flatMap((service) => {
    const base = file.services[service] ?? file.gateway;
    return base === undefined ? [] : [[service, base.replace(/\/+$/, '')]];
  });
  return Object.fromEntries(entries);
}

/** Services that a plan needs and the target gives no address for. */
export function checkAddresses(environment: Environment, services: Iterable<string>): Problem[] {
  const missing = [...services].filter((service) => environment.baseUrls[service] === undefined);
  if (missing.length === 0) return [];
  const remedy = 'Give `gateway:` for all of them, or each its own URL under `services:`.';
  return [
    problem('INVALID_TARGET', `target "${environment.name}" has no address for ${missing.join(', ')}`, {
      remedy,
    }),
  ];
}

function checkServiceNames(file: TargetFile, source: YamlDocument, catalog: Catalog): Problem[] {
  const known = Object.keys(catalog);
  return Object.keys(file.services)
    .filter((service) => !known.includes(service))
    .map((service) => {
      const close = nearest(service, known);
      const where = { file: source.file, line: source.lineOf(['services'], service) };
      const hint = close === undefined ? {} : { remedy: `Did you mean "${close}"?` };
      return problem('UNKNOWN_SERVICE', `there is no service "${service}"`, { ...where, ...hint });
    });
}

function checkAllow(file: TargetFile, allow: readonly string[], source: YamlDocument): Problem[] {
  const urls: [readonly string[], string][] = Object.entries(file.services).map(([name, base]) => [
    ['services', name],
    base,
  ]);
  if (file.gateway !== undefined) urls.unshift([['gateway'], file.gateway]);
  return urls
    .filter(([, base]) => !allow.includes(hostOf(base)))
    .map(([path, base]) =>
      problem('INVALID_TARGET', `${path.join('.')}: host ${hostOf(base)} is not in the allow list`, {
        file: source.file,
        line: source.lineOf(path),
        remedy: `Add "${new URL(base).host}" under \`allow:\` if load may go there.`,
      }),
    );
}

const reference = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;
const sensitiveHeader = /authorization|cookie|token|secret|key|password/i;

/** Replaces each `${NAME}` by the variable's value; a literal where a secret belongs is a problem. */
function fillIn(file: TargetFile, part: 'headers' | 'secrets', source: YamlDocument, env: NodeJS.ProcessEnv) {
  const problems: Problem[] = [];
  const filled: Record<string, string> = {};
  for (const [name, text] of Object.entries(file[part])) {
    const where = { file: source.file, line: source.lineOf([part, name]) };
    const variables = [...text.matchAll(reference)].map((match) => match[1] ?? '');
    for (const variable of variables.filter((name) => !env[name])) {
      const remedy = `Set ${variable} in the environment of this command.`;
      problems.push(
        problem('INVALID_TARGET', `${part}.${name}: ${variable} is not set`, { ...where, remedy }),
      );
    }
    if (variables.length === 0 && (part === 'secrets' || sensitiveHeader.test(name))) {
      const remedy = `Write \${ENV_NAME} and set that variable; a secret in a file leaks.`;
      problems.push(problem('INVALID_TARGET', `${part}.${name} holds a literal`, { ...where, remedy }));
    }
    filled[name] = text.replace(reference, (_, variable: string) => env[variable] ?? '');
  }
  return { filled, problems };
}

function checkSecretNames(file: TargetFile, source: YamlDocument, needed: readonly string[]): Problem[] {
  return needed
    .filter((name) => file.secrets[name] === undefined)
    .map((name) =>
      problem('INVALID_TARGET', `secrets.${name} is missing, which the suite's scenarios need`, {
        file: source.file,
        line: source.lineOf(['secrets']),
        remedy: `Add \`${name}: \${ENV_NAME}\` under \`secrets:\`.`,
      }),
    );
}

/** Errs on the side of asking: a public host is taken for production unless the file denies it. */
function whyConfirm(file: TargetFile, baseUrls: readonly string[]): string | undefined {
  if (file.production === true) return 'its file says `production: true`';
  const named = [file.name, ...baseUrls.map((base) => new URL(base).hostname)].find(soundsLikeProduction);
  if (named !== undefined) return `"${named}" sounds like production`;
  const open = baseUrls.find((base) => !isInside(base));
  if (open === undefined || file.production === false) return undefined;
  return `${new URL(open).hostname} is a public host and its file does not say \`production: false\``;
}
