/** OpenSLO documents of a small shop, to be changed by the tests. */
import { type OpenSloReading, readOpenSlo } from '../../../../slo/openslo/parse.ts';
import { catalog } from '../fixtures.ts';

export const latency = `apiVersion: openslo/v1
kind: SLO
metadata:
  name: till-latency
  displayName: Till in time
  labels: { tier: critical }
  annotations: { owner: cashiers }
spec:
  description: fast money
  service: till
  indicator:
    metadata: { name: till-latency }
    spec:
      ratioMetric:
        counter: true
        good: { metricSource: { type: k6, spec: { service: till, underMs: 300 } } }
        total: { metricSource: { type: k6, spec: { service: till } } }
  timeWindow: [{ duration: 4w, isRolling: true }]
  budgetingMethod: Occurrences
  objectives: [{ targetPercent: 99.99 }]
`;

/** The document with another indicator in place of its own, at the same indentation. */
export function withIndicator(spec: string): string {
  return latency.replace(
    / {6}ratioMetric:[\s\S]*?(?= {2}timeWindow)/,
    spec.trimEnd().replaceAll(/^/gm, '      ').concat('\n'),
  );
}

/** The document with an indicator that asks Prometheus for good and total. */
export const queried = withIndicator(`ratioMetric:
  counter: true
  good: { metricSource: { type: Prometheus, spec: { query: 'sum(good)' } } }
  total: { metricSource: { type: Prometheus, spec: { query: 'sum(all)' } } }
`);

export function read(text: string, mode: 'strict' | 'lenient' = 'strict'): OpenSloReading {
  return readOpenSlo([{ file: 'till.yaml', text }], { catalog, journeys: ['visit'] }, mode);
}

/** `CODE file:line cause` of each problem. */
export function problemsOf(text: string, mode: 'strict' | 'lenient' = 'strict'): string[] {
  return read(text, mode).problems.map(({ code, file, line, cause }) => `${code} ${file}:${line} ${cause}`);
}

/** `line cause` of each warning. */
export function warningsOf(text: string, mode: 'strict' | 'lenient' = 'lenient'): string[] {
  return read(text, mode).warnings.map(({ line, cause }) => `${line} ${cause}`);
}
