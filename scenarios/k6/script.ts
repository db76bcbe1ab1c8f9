/** The k6 entry of a suite: options from the plan, one exported function for all scenarios, the summary. */
import exec from 'k6/execution';
import type { Options } from 'k6/options';

import { plan } from './run.ts';
import type { ScenarioFunction } from './scenario.ts';
import { executorOf } from './schedule.ts';

/** System tags that cost their keep: every further one splits each metric into more series to export. */
const systemTags = ['scenario', 'status', 'name', 'error_code'];

/** k6 loads the script once for its options and then again for each VU. */
const isFirstLoad = __VU === 0;

/**
 * What a suite's script.ts exports for k6: `options`, `run` and `handleSummary`. `scenarios` holds one
 * function for each scenario of the traffic model. Throws without a plan: a script has no load of its own.
 */
export function defineScript(scenarios: Readonly<Record<string, ScenarioFunction>>) {
  let ofThisVu: ScenarioFunction | undefined;
  const run = () => {
    ofThisVu ??= scenarios[exec.scenario.name] as ScenarioFunction;
    ofThisVu();
  };
  return { options: isFirstLoad ? optionsOf(Object.keys(scenarios)) : {}, run, handleSummary };
}

function optionsOf(known: readonly string[]): Options {
  if (!plan) throw new Error('PEAKPROOF_PLAN is not set: use `peakproof rehearse`, or run one scenario file');
  const unknown = plan.scenarios.find(({ name }) => !known.includes(name));
  if (unknown) throw new Error(`the script has no scenario ${unknown.name}, which the plan asks for`);
  return {
    scenarios: Object.fromEntries(
      plan.scenarios.map((scenario) => [scenario.name, executorOf(scenario, 'run')]),
    ),
    systemTags: systemTags as NonNullable<Options['systemTags']>,
    summaryTrendStats: ['count', 'avg', 'max'],
    userAgent: 'peakproof',
    // A redirect could lead to a host that the target does not allow: it is an answer, never followed.
    maxRedirects: 0,
  };
}

/** Writes k6's own totals where the runner looks for them, to reconcile what arrived. */
function handleSummary(data: unknown): Record<string, string> {
  const path = __ENV.PEAKPROOF_SUMMARY;
  return path ? { [path]: JSON.stringify(data) } : {};
}
