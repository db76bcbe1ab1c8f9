/** What `peakproof list` shows of a suite. */
import { faultKinds } from '../../profiles/faults.ts';
import { multiple } from '../../reports/figures.ts';
import { promised } from '../../reports/words.ts';
import { requestsPerIteration, type ScenarioTraffic } from '../../scenarios/model.ts';
import { whatWasMeant } from '../../scenarios/nearest.ts';
import { PeakproofError, problem } from '../../scenarios/problem.ts';
import { defects } from '../targets/defects.ts';
import type { LoadedSuite } from '../types.ts';
import { type Listable, listable } from './options.ts';
import { type Column, table } from './table.ts';

type Row = Readonly<Record<string, string | number | readonly string[]>>;

/** @throws PeakproofError INVALID_OPTION for something that cannot be listed. */
export function chooseLists(what: string | undefined): readonly Listable[] {
  if (what === undefined) return listable;
  const known = listable.find((name) => name === what);
  if (known !== undefined) return [known];
  const remedy = whatWasMeant(what, listable);
  throw new PeakproofError(problem('INVALID_OPTION', `"${what}" cannot be listed`, { remedy }));
}

export function listAsJson(suite: LoadedSuite, chosen: readonly Listable[]): Record<string, readonly Row[]> {
  return Object.fromEntries(chosen.map((name) => [name, rowsOf[name](suite)]));
}

export function listAsText(suite: LoadedSuite, chosen: readonly Listable[], width?: number): string {
  const parts = chosen.map((name) => {
    const rows = rowsOf[name](suite);
    const lines = rows.length === 0 ? 'none' : asTable(rows, width);
    return chosen.length === 1 ? lines : `${name} (${rows.length})\n${indent(lines)}`;
  });
  return parts.join('\n\n');
}

function asTable(rows: readonly Row[], width?: number): string {
  const names = Object.keys(rows[0] ?? {});
  const columns = names.map(
    (title): Column => ({ title, align: typeof rows[0]?.[title] === 'number' ? 'right' : 'left' }),
  );
  const cells = rows.map((row) => names.map((name) => [row[name] ?? ''].flat().join(', ')));
  return table(columns, cells, width);
}

function indent(text: string): string {
  return text.replaceAll(/^/gm, '  ');
}

const rowsOf: Readonly<Record<Listable, (suite: LoadedSuite) => readonly Row[]>> = {
  services: ({ suite }) =>
    Object.entries(suite.catalog).map(([service, { tier, team, routes, calls, description }]) => ({
      service,
      tier,
      team,
      routes: Object.keys(routes).length,
      calls,
      description,
    })),
  scenarios: ({ suite }) =>
    Object.entries(suite.traffic).map(([name, scenario]) => scenarioRow(name, scenario)),
  journeys: ({ suite }) =>
    Object.entries(suite.traffic)
      .filter(([, scenario]) => scenario.kind === 'journey')
      .map(([name, scenario]) => scenarioRow(name, scenario)),
  profiles: ({ suite }) =>
    suite.profiles.map(({ name, phases, description }) => ({
      profile: name === suite.defaultProfile ? `${name} (default)` : name,
      seconds: phases.reduce((sum, phase) => sum + phase.seconds, 0),
      highest: multiple(Math.max(...phases.map((phase) => phase.multiplier))),
      phases: phases.length,
      description,
    })),
  objectives: ({ objectives }) =>
    objectives.map((objective) => ({
      objective: objective.id,
      service: objective.service,
      promise: promised(objective),
      file: `${objective.source.file}:${objective.source.line}`,
    })),
  policies: ({ policies }) =>
    policies.map(({ name, inconclusive, partial, description }) => ({
      policy: name,
      inconclusive,
      partial,
      description,
    })),
  faults: () =>
    Object.entries(faultKinds).map(([kind, { parameters, description }]) => ({
      kind,
      'parameters and defaults': Object.entries(parameters).map(([name, value]) => `${name} ${value}`),
      description,
    })),
  defects: ({ suite }) =>
    suite.defaultTarget === 'sandbox'
      ? Object.entries(defects).map(([defect, description]) => ({ defect, description }))
      : [],
};

function scenarioRow(name: string, scenario: ScenarioTraffic): Row {
  const requests = Object.values(requestsPerIteration(scenario)).reduce((sum, count) => sum + count, 0);
  return {
    scenario: name,
    kind: scenario.kind,
    'iterations/s at 1x': scenario.iterationsPerSecondAt1x,
    'requests each': Number(requests.toFixed(2)),
    actions: Object.keys(scenario.actions),
    description: scenario.description,
  };
}
