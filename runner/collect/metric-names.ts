/** The metrics that a rehearsal reads; whatever else k6 sends is skipped unread. */
export const metricNames = {
  requests: 'peakproof_requests',
  journeys: 'peakproof_journeys',
  journeyDuration: 'peakproof_journey_duration',
  startedAtMs: 'peakproof_started_at_ms',
  httpRequests: 'http_reqs',
  httpDuration: 'http_req_duration',
  iterations: 'iterations',
  dropped: 'dropped_iterations',
  vus: 'vus',
} as const;

export const wantedMetrics: ReadonlySet<string> = new Set(Object.values(metricNames));

/** The attribute by which the OpenTelemetry SDK says that a set lost its labels to the cardinality limit. */
export const overflowAttribute = 'otel.metric.overflow';
