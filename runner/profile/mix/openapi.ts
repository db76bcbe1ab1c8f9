/** Requests from an OpenAPI 3 document: one for each operation whose parameters and body it gives, or lets us make up. */
import { parseDocument } from 'yaml';
import { z } from 'zod';
import type { MixRequest } from '../../../scenarios/mix.ts';
import { PeakproofError, problem } from '../../../scenarios/problem.ts';
import { sampleOf } from './openapi-sample.ts';
import { methods } from './route.ts';
import type { Mix } from './types.ts';

const mostOperations = 200;
const mostAliases = 100;

const parameter = z.looseObject({
  name: z.string(),
  in: z.string(),
  required: z.boolean().default(false),
  schema: z.unknown().optional(),
  example: z.unknown().optional(),
});
const operation = z.looseObject({
  parameters: z.array(z.unknown()).default([]),
  requestBody: z.unknown().optional(),
});
const pathItem = z.looseObject({ parameters: z.array(z.unknown()).default([]) });
const document = z.looseObject({
  openapi: z.string().startsWith('3.', 'is not 3.x'),
  servers: z.array(z.looseObject({ url: z.string() })).default([]),
  paths: z.record(z.string(), pathItem),
});

type Document = z.infer<typeof document>;

/**
 * Without `only.method`, nothing is deleted: operations of DELETE are left out.
 * @throws PeakproofError INVALID_REQUESTS with everything wrong.
 */
export function mixOfOpenApi(
  text: string,
  file: string,
  only: { readonly method?: string | undefined },
): Mix {
  const refuse = (cause: string) => new PeakproofError(problem('INVALID_REQUESTS', cause, { file }));
  const api = parse(text, file);
  const prefix = pathOf(api.servers[0]?.url);
  const wanted = only.method?.toUpperCase();
  const isWanted = (method: string) => (wanted === undefined ? method !== 'DELETE' : method === wanted);
  const found = Object.entries(api.paths).flatMap(([path, item]) =>
    methods
      .filter((method) => method.toLowerCase() in item && isWanted(method))
      .map((method) => toRequest(api, prefix, path, method)),
  );
  const requests = found
    .filter((item): item is MixRequest => typeof item !== 'string')
    .slice(0, mostOperations);
  const reasons = found.filter((item) => typeof item === 'string');
  if (requests.length === 0) {
    throw refuse(
      `it holds no operation that can be sent${reasons[0] === undefined ? '' : `: ${reasons[0]}`}`,
    );
  }
  const lost = found.length - requests.length;
  return {
    source: `${requests.length} operations of ${file}`,
    conversations: requests.map((request) => [request]),
    notes:
      lost === 0
        ? []
        : [`${lost} operations are left out, for example ${reasons[0] ?? `those beyond ${mostOperations}`}.`],
  };
}

function parse(text: string, file: string): Document {
  const yaml = parseDocument(text, { prettyErrors: true });
  const [broken] = yaml.errors;
  if (broken !== undefined) {
    const line = broken.linePos?.[0].line;
    const where = { file, ...(line === undefined ? {} : { line }) };
    throw new PeakproofError(problem('INVALID_REQUESTS', broken.message.split('\n')[0] ?? '', where));
  }
  let json: unknown;
  try {
    json = yaml.toJS({ maxAliasCount: mostAliases });
  } catch (error) {
    throw new PeakproofError(problem('INVALID_REQUESTS', (error as Error).message, { file }));
  }
  const parsed = document.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new PeakproofError(
    parsed.error.issues
      .slice(0, 5)
      .map(({ path, message }) =>
        problem('INVALID_REQUESTS', `${path.join('.') || 'the document'}: ${message}`, { file }),
      ),
  );
}

/** Servers may be relative, or templates: only a plain path counts. */
function pathOf(server: string | undefined): string {
  if (server === undefined || server.includes('{') || !URL.canParse(server, 'http://base')) return '';
  return new URL(server, 'http://base').pathname.replace(/\/$/, '');
}

/** The request, or why there is none. */
function toRequest(
  api: Document,
  prefix: string,
  path: string,
  method: (typeof methods)[number],
): MixRequest | string {
  const name = `${method} ${path}`;
  const item = api.paths[path];
  const parsed = operation.safeParse(item?.[method.toLowerCase()]);
  if (!parsed.success) return `${name}, which is no operation`;
  const values = parametersOf(api, [...(item?.parameters ?? []), ...parsed.data.parameters]);
  if (values === undefined) return `${name}, which needs a cookie or a parameter without a value`;
  const body = bodyOf(api, parsed.data.requestBody);
  if (body === undefined) return `${name}, whose body is not JSON`;
  const filled = path.replace(/\{([^}]+)\}/g, (_, key: string) =>
    encodeURIComponent(values.path.get(key) ?? '1'),
  );
  if (!/^\/[\x21-\x7e]*$/.test(filled)) return `${name}, which is no path`;
  const query = new URLSearchParams([...values.query]).toString();
  return {
    route: name,
    method,
    path: `${prefix}${filled}${query === '' ? '' : `?${query}`}`,
    headers: {
      ...Object.fromEntries(values.header),
      ...(body === null ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === null ? {} : { body }),
    expect: [],
  };
}

type Values = Readonly<Record<'path' | 'query' | 'header', Map<string, string>>>;

/** Values of required parameters; undefined if one cannot be given. */
function parametersOf(api: Document, list: readonly unknown[]): Values | undefined {
  const values: Values = { path: new Map(), query: new Map(), header: new Map() };
  for (const raw of list) {
    const parsed = parameter.safeParse(resolve(api, raw));
    if (!parsed.success) return undefined;
    const { name, in: place, required, schema, example } = parsed.data;
    if (!required && place !== 'path') continue;
    const value = example ?? sampleOf(schema, (ref) => resolve(api, ref));
    const isPlain = ['string', 'number', 'boolean'].includes(typeof value);
    if (!isPlain || !(place === 'path' || place === 'query' || place === 'header')) return undefined;
    const isHeader = place === 'header';
    if (isHeader && !(/^[\w-]+$/.test(name) && /^[\x20-\x7e]*$/.test(String(value)))) return undefined;
    values[place].set(name, String(value));
  }
  return values;
}

const requestBody = z.looseObject({
  content: z.record(
    z.string(),
    z.looseObject({ schema: z.unknown().optional(), example: z.unknown().optional() }),
  ),
});

/** The body as text; null if the operation takes none, undefined if we cannot make one. */
function bodyOf(api: Document, raw: unknown): string | null | undefined {
  if (raw === undefined) return null;
  const parsed = requestBody.safeParse(resolve(api, raw));
  const json = parsed.success ? parsed.data.content['application/json'] : undefined;
  if (json === undefined) return undefined;
  return JSON.stringify(json.example ?? sampleOf(json.schema, (ref) => resolve(api, ref)));
}

/** Follows a local reference, once; others lead out of the document and are left as they are. */
function resolve(api: Document, value: unknown): unknown {
  const ref = typeof value === 'object' && value !== null && '$ref' in value ? value.$ref : undefined;
  if (typeof ref !== 'string' || !ref.startsWith('#/')) return value;
  const keys = ref
    .slice(2)
    .split('/')
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  let found: unknown = api;
  for (const key of keys) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, key)) return undefined;
    found = (found as Record<string, unknown>)[key];
  }
  return found;
}
