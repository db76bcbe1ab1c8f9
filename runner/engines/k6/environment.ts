/** The whole environment of k6: nothing of the user's shell may change what a plan does. */
import { totalmem } from 'node:os';
import type { EngineJob } from '../engine.ts';

/** What a program needs to run at all, and to trust the same certificates. */
const passedOn = ['PATH', 'TMPDIR', 'SSL_CERT_FILE', 'SSL_CERT_DIR', 'SystemRoot', 'TEMP'] as const;

/** Far above any catalog's services × routes × phases × outcomes; what exceeds it is counted as lost detail. */
const cardinalityLimit = 50_000;

/** What every k6 of ours runs with, and of the shell nothing but this and what `alsoPassedOn` names. */
export function commonEnvironment(
  own: NodeJS.ProcessEnv,
  alsoPassedOn: readonly string[] = [],
): Record<string, string> {
  const passed = [...passedOn, ...alsoPassedOn].flatMap((name) =>
    own[name] === undefined ? [] : [[name, own[name]]],
  );
  return {
    ...Object.fromEntries(passed),
    K6_NO_USAGE_REPORT: 'true',
    // k6 would look for extensions on the internet.
    K6_AUTO_EXTENSION_RESOLUTION: 'false',
  };
}

export function k6Environment(job: EngineJob, own: NodeJS.ProcessEnv): Record<string, string> {
  return {
    ...commonEnvironment(own),
    ...otlpSettings(job.collector),
    // Its garbage is short-lived: collecting less often takes a tenth off its CPU (bench/overhead), within a limit.
    GOGC: '400',
    GOMEMLIMIT: String(Math.floor(totalmem() / 4)),
    PEAKPROOF_PLAN: job.planFile,
    PEAKPROOF_SUMMARY: job.summaryFile,
    PEAKPROOF_SECRETS: JSON.stringify(job.secrets),
    PEAKPROOF_HEADERS: JSON.stringify(job.headers),
    ...(job.trace ? { PEAKPROOF_TRACE: '1' } : {}),
  };
}

/** Every second one post: trends as exponential histograms, counters as counts, both of just that second. */
function otlpSettings({ port, token }: EngineJob['collector']): Record<string, string> {
  return {
    K6_OTEL_EXPORTER_PROTOCOL: 'http/protobuf',
    K6_OTEL_HTTP_EXPORTER_ENDPOINT: `127.0.0.1:${port}`,
    K6_OTEL_HTTP_EXPORTER_INSECURE: 'true',
    K6_OTEL_HEADERS: `authorization=Bearer ${token}`,
    K6_OTEL_EXPORT_INTERVAL: '1s',
    K6_OTEL_FLUSH_INTERVAL: '100ms',
    OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION: 'base2_exponential_bucket_histogram',
    OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE: 'delta',
    OTEL_GO_X_CARDINALITY_LIMIT: String(cardinalityLimit),
  };
}
