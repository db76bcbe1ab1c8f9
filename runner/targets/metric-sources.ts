/** The parts `prometheus` and `sources` of a target file: where the servers' own metrics are asked for. */
import { z } from 'zod';
import { type Problem, problem } from '../../scenarios/problem.ts';
import type { YamlDocument } from '../../slo/openslo/documents.ts';
import type { SeriesSource } from '../../slo/types.ts';
import { type Address, readAddress } from './addresses.ts';
import { readSecretTexts } from './secret-texts.ts';

/** Prometheus' own example configuration scrapes so often; what it does for want of one (60 s) is too coarse to judge by. */
const usualScrapeSeconds = 15;

const metricSource = z.strictObject({
  url: z.string(),
  headers: z.record(z.string(), z.string()).default({}),
  username: z.string().min(1).optional(),
  password: z.string().optional(),
  scrapeSeconds: z.number().gte(1, 'must be at least 1').lte(300, 'must be at most 300').optional(),
});

export const metricSourceParts = {
  /** Asked by indicators of type Prometheus that refer to no data source. */
  prometheus: metricSource.optional(),
  /** By metadata.name of the DataSource document that indicators refer to. */
  sources: z.record(z.string(), metricSource).default({}),
};

export const metricSourceFields = Object.keys(metricSource.shape);

/** A metrics backend that may be asked. */
export interface MetricEndpoint {
  /** Without a trailing slash. */
  readonly url: string;
  /** Credentials among them. Never saved. */
  readonly headers: Readonly<Record<string, string>>;
  /** How often it looks at the servers: it can tell no finer. */
  readonly scrapeSeconds: number;
}

/** Endpoints by the DataSource's name, or by the type of source where indicators name none. */
export type MetricEndpoints = Readonly<Record<string, MetricEndpoint>>;

/** The endpoint of an indicator's source; one that the target does not know is where its DataSource says, if it does. */
export function endpointOf(
  { type, dataSource, url }: SeriesSource,
  endpoints: MetricEndpoints,
): MetricEndpoint | undefined {
  const known = endpoints[dataSource ?? type];
  if (known !== undefined || url === undefined) return known;
  return { url: url.replace(/\/+$/, ''), headers: {}, scrapeSeconds: usualScrapeSeconds };
}

interface Parts {
  readonly prometheus?: z.infer<typeof metricSource> | undefined;
  readonly sources: Readonly<Record<string, z.infer<typeof metricSource>>>;
}

export interface ReadSources {
  readonly endpoints: MetricEndpoints;
  readonly addresses: readonly Address[];
  readonly confidential: readonly string[];
  readonly problems: readonly Problem[];
}

export function readMetricSources(
  { prometheus, sources }: Parts,
  document: YamlDocument,
  env: NodeJS.ProcessEnv,
): ReadSources {
  const entries = [
    ...(prometheus === undefined ? [] : [{ key: 'Prometheus', path: ['prometheus'], source: prometheus }]),
    ...Object.entries(sources).map(([key, source]) => ({ key, path: ['sources', key], source })),
  ];
  const endpoints: Record<string, MetricEndpoint> = {};
  const addresses: Address[] = [];
  const confidential: string[] = [];
  const problems: Problem[] = [];
  for (const { key, path, source } of entries) {
    const address = readAddress([...path, 'url'], source.url, document, env);
    const headers = readSecretTexts([...path, 'headers'], source.headers, document, env);
    const basic = readBasic(path, source, document, env);
    addresses.push(...address.found);
    confidential.push(...headers.values, ...basic.values);
    problems.push(...address.problems, ...headers.problems, ...basic.problems);
    const { scrapeSeconds = usualScrapeSeconds } = source;
    for (const { url } of address.found) {
      endpoints[key] = { url, headers: { ...headers.texts, ...basic.headers }, scrapeSeconds };
    }
  }
  return { endpoints, addresses, confidential, problems };
}

/** User name and password as the header that carries them (RFC 7617). */
function readBasic(
  path: readonly string[],
  { username, password, headers }: z.infer<typeof metricSource>,
  document: YamlDocument,
  env: NodeJS.ProcessEnv,
) {
  if (username === undefined && password === undefined) return { headers: {}, values: [], problems: [] };
  const wrong = (cause: string) => {
    const where = { file: document.file, line: document.lineOf(path) };
    const faults = [problem('INVALID_TARGET', `${path.join('.')}: ${cause}`, where)];
    return { headers: {}, values: [], problems: faults };
  };
  if (username === undefined || password === undefined) return wrong('give both username and password');
  if (Object.keys(headers).some((name) => name.toLowerCase() === 'authorization')) {
    return wrong('give either username and password or an authorization header');
  }
  const { texts, values, problems } = readSecretTexts(path, { username, password }, document, env);
  const token = Buffer.from(`${texts.username}:${texts.password}`).toString('base64');
  return { headers: { authorization: `Basic ${token}` }, values: [...values, token], problems };
}
