/** A target file says where the system under test is, how big it is, and what may be sent to it. */
import { z } from 'zod';
import type { Environment } from '../../profiles/types.ts';
import type { Catalog } from '../../scenarios/model.ts';
import { PeakproofError, type Problem, problem } from '../../scenarios/problem.ts';
import { readDocuments, type YamlDocument } from '../../slo/openslo/documents.ts';
import { validate } from '../../slo/openslo/issues.ts';
import { type Address, checkAllow, readAddress } from './addresses.ts';
import { type Collector, collectorSchema, readCollector } from './collector.ts';
import { type FaultPermission, faultsSchema, readFaultPermission } from './fault-permission.ts';
import { expandAllow } from './hosts.ts';
import { memoryLimitsOf, memorySchema } from './memory-sources.ts';
import { readMetricPages, unknownService } from './metric-pages.ts';
import {
  type MetricEndpoints,
  metricSourceFields,
  metricSourceParts,
  readMetricSources,
} from './metric-sources.ts';
import { whyConfirm } from './production.ts';
import { unsetVariables } from './references.ts';
import { countedReplicas, type ReplicaGauge, replicaGauges, replicasSchema } from './replica-sources.ts';
import { checkSecretNames, readSecretTexts } from './secret-texts.ts';

const texts = z.record(z.string(), z.string());

const targetSchema = z.strictObject({
  name: z.string().min(1),
  /** Address of everything that `services` does not name. */
  gateway: z.string().optional(),
  services: texts.default({}),
  headers: texts.default({}),
  secrets: texts.default({}),
  scale: z.number().gt(0, 'must be above 0').lte(1, 'must be at most 1, the full scale'),
  allow: z.array(z.string().regex(/^[^/@\s]+$/, 'must be a host or host:port')).min(1),
  memory: memorySchema,
  replicas: replicasSchema,
  production: z.boolean().optional(),
  faults: faultsSchema,
  collector: collectorSchema,
  ...metricSourceParts,
});

const knownFields = [...Object.keys(targetSchema.shape), 'url', 'key', ...metricSourceFields];

type TargetFile = z.infer<typeof targetSchema>;

/** A target that was read and found in order; nothing has been sent to it. */
export interface DescribedTarget {
  readonly environment: Environment;
  /** `name:port`. */
  readonly allow: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  readonly metricEndpoints: MetricEndpoints;
  /** Pages on which services tell their memory. */
  readonly metricsUrls: Readonly<Record<string, string>>;
  /** Where services tell how many replicas they have; absent if the target does not say. */
  readonly replicaGauges?: Readonly<Record<string, ReplicaGauge>>;
  /** Where its pages send beacons; virtual users send theirs there too. */
  readonly collector?: Collector;
  /** Values of the variables that headers, secrets, metric sources and fault drivers name. */
  readonly confidential: readonly string[];
  /** Undefined if nothing may be broken. */
  readonly faults?: FaultPermission;
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
  const { value, document } = readTargetFile(text, file, context.env);
  const addresses = readAddresses(value, document, context.env);
  const headers = readSecretTexts(['headers'], value.headers, document, context.env);
  const secrets = readSecretTexts(['secrets'], value.secrets, document, context.env);
  const metrics = readMetricSources(value, document, context.env);
  const { catalog, env } = context;
  const memory = readMetricPages(['memory'], value.memory, document, catalog, env);
  const counted = value.replicas?.services ?? {};
  const replicas = readMetricPages(['replicas', 'services'], counted, document, catalog, env);
  const faults = readFaultPermission(value.faults, document, context.catalog, context.env);
  const pages = readCollector(value.collector, document, context.env);
  const everywhere = [
    ...addresses.found,
    ...pages.addresses,
    ...metrics.addresses,
    ...memory.found,
    ...replicas.found,
  ];
  const allow = value.allow.flatMap((entry) =>
    expandAllow(
      entry,
      everywhere.map(({ url }) => url),
    ),
  );
  const problems = [
    ...checkServiceNames(value, document, context.catalog),
    ...addresses.problems,
    ...metrics.problems,
    ...memory.problems,
    ...replicas.problems,
    ...pages.problems,
    ...checkAllow(everywhere, allow),
    ...headers.problems,
    ...secrets.problems,
    ...faults.problems,
    ...checkSecretNames(value.secrets, document, context.secretNames),
  ];
  if (problems.length > 0) throw new PeakproofError(problems);
  // A metrics backend is asked, not loaded: it needs no confirmation.
  const limits = memoryLimitsOf(value.memory);
  const confirmBecause = whyConfirm(
    value,
    addresses.found.map(({ url }) => url),
  );
  return {
    environment: {
      name: value.name,
      scale: value.scale,
      baseUrls: baseUrlsOf(addresses.found, context.catalog),
      ...(Object.keys(limits).length === 0 ? {} : { memoryLimitsMb: limits }),
      ...(value.replicas && { replicas: countedReplicas(value.replicas) }),
    },
    allow,
    headers: headers.texts,
    secrets: secrets.texts,
    metricEndpoints: metrics.endpoints,
    metricsUrls: Object.fromEntries(memory.found.map(({ service, url }) => [service, url])),
    ...(value.replicas && { replicaGauges: replicaGauges(value.replicas, replicas.found) }),
    ...(pages.collector === undefined ? {} : { collector: pages.collector }),
    confidential: [
      ...headers.values,
      ...secrets.values,
      ...metrics.confidential,
      ...faults.confidential,
      ...pages.confidential,
    ],
    ...(faults.permission === undefined ? {} : { faults: faults.permission }),
    ...(confirmBecause === undefined ? {} : { confirmBecause }),
  };
}

function readTargetFile(
  text: string,
  file: string,
  env: NodeJS.ProcessEnv,
): { value: TargetFile; document: YamlDocument } {
  const { documents, problems } = readDocuments({ file, text }, 'INVALID_TARGET');
  if (problems.length > 0) throw new PeakproofError(problems);
  const [document] = documents;
  if (!document || documents.length > 1) {
    throw new PeakproofError(problem('INVALID_TARGET', 'must hold exactly one document', { file }));
  }
  const result = validate(targetSchema, document, 'INVALID_TARGET', knownFields);
  if ('problems' in result) {
    throw new PeakproofError([...result.problems, ...unsetVariables(document.value, document, env)]);
  }
  return { value: result.value, document };
}

function readAddresses(value: TargetFile, document: YamlDocument, env: NodeJS.ProcessEnv) {
  const entries = [
    ...(value.gateway === undefined ? [] : [{ path: ['gateway'], text: value.gateway }]),
    ...Object.entries(value.services).map(([service, text]) => ({ path: ['services', service], text })),
  ];
  const read = entries.map(({ path, text }) => readAddress(path, text, document, env));
  return {
    found: read.flatMap(({ found }) => found),
    problems: read.flatMap(({ problems }) => problems),
  };
}

/** Every service that has an address: its own, or the gateway's. */
function baseUrlsOf(addresses: readonly Address[], catalog: Catalog): Record<string, string> {
  const urls = new Map(addresses.map(({ name, url }) => [name, url]));
  const entries = Object.keys(catalog).flatMap((service) => {
    const url = urls.get(`services.${service}`) ?? urls.get('gateway');
    return url === undefined ? [] : [[service, url]];
  });
  return Object.fromEntries(entries);
}

function checkServiceNames(value: TargetFile, document: YamlDocument, catalog: Catalog): Problem[] {
  const { file } = document;
  return Object.keys(value.services).flatMap((service) =>
    unknownService(service, catalog, { file, line: document.lineOf(['services', service]) }),
  );
}
