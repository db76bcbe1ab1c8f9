/** An objective in one line, asked of a run that is over: `checkout latency < 500ms @ 99.9%`. */
import type { LoadPlan } from '../profiles/types.ts';
import type { Catalog } from '../scenarios/model.ts';
import { nearest } from '../scenarios/nearest.ts';
import { PeakproofError, problem } from '../scenarios/problem.ts';
import type { Objective, Sli } from './types.ts';

const form =
  /^(?<subject>\S+)\s+(?:availability|latency\s*<\s*(?<limit>\d+(?:\.\d+)?)\s*(?<unit>ms|s))\s*@\s*(?<percent>\d+(?:\.\d+)?)\s*%$/;
const remedy = "Say it as 'checkout latency < 500ms @ 99.9%' or 'payment availability @ 99.95%'.";

/**
 * Reads a question about a service, or a journey of the run. The limit need not have been declared before the run:
 * it is then judged from histograms, and what their buckets leave open counts as bad for a pass and good for a fail.
 * @throws PeakproofError INVALID_OPTION or UNKNOWN_SERVICE.
 */
export function parseWhatIf(text: string, plan: LoadPlan, catalog: Catalog): Objective {
  const found = form.exec(text.trim())?.groups;
  const target = Number(`${found?.percent}e-2`);
  if (found === undefined || !(target > 0 && target < 1)) {
    throw new PeakproofError(problem('INVALID_OPTION', `--what-if cannot be "${text}"`, { remedy }));
  }
  const { subject = '', limit, unit } = found;
  const underMs = limit === undefined ? {} : { underMs: Number(limit) * (unit === 's' ? 1000 : 1) };
  return {
    id: 'what-if',
    displayName: text.trim(),
    description: text.trim(),
    service: subject,
    target,
    windowDays: 30,
    sli: sliOf(subject, underMs, plan, catalog),
    labels: {},
    source: { file: '--what-if', line: 1 },
  };
}

function sliOf(subject: string, underMs: { underMs?: number }, plan: LoadPlan, catalog: Catalog): Sli {
  const journeys = plan.scenarios.filter(({ kind }) => kind === 'journey').map(({ name }) => name);
  if (journeys.includes(subject)) return { measure: 'journeys', journey: subject, ...underMs };
  const routes = Object.keys(catalog[subject]?.routes ?? {}).map((route) => `${subject}.${route}`);
  if (routes.length > 0) return { measure: 'requests', service: subject, routes, ...underMs };
  const close = nearest(subject, [...journeys, ...Object.keys(catalog)]);
  const hint = close === undefined ? {} : { remedy: `Did you mean "${close}"?` };
  throw new PeakproofError(
    problem('UNKNOWN_SERVICE', `the run has no service or journey "${subject}"`, hint),
  );
}
