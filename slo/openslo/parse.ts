/** OpenSLO files → objectives. Strict unless told otherwise: what is not understood is refused, all of it at once. */
import type { Catalog } from '../../scenarios/model.ts';
import { PeakproofError, type Problem, problem } from '../../scenarios/problem.ts';
import type { Objective } from '../types.ts';
import { checkAlertPolicies } from './alerts.ts';
import type { World } from './context.ts';
import type { SourceFile } from './documents.ts';
import { Findings, type Mode, type Warning } from './findings.ts';
import { type Kind, kinds } from './kinds.ts';
import { type Library, readLibrary } from './library.ts';
import { objectivesOf } from './objectives.ts';

/** What some OpenSLO files say, and what is wrong or odd in them. */
export interface OpenSloReading {
  readonly objectives: readonly Objective[];
  readonly documents: Readonly<Record<Kind, number>>;
  readonly problems: readonly Problem[];
  readonly warnings: readonly Warning[];
}

/**
 * Reads every SLO of the files; what they refer to may stand in any of them. Objectives come in the order of the
 * files. Never throws: problems are INVALID_OBJECTIVE, UNSUPPORTED_OBJECTIVE, DUPLICATE_OBJECTIVE, UNKNOWN_SERVICE,
 * UNKNOWN_ROUTE or UNKNOWN_JOURNEY.
 */
export function readOpenSlo(files: readonly SourceFile[], world: World, mode: Mode): OpenSloReading {
  const findings = new Findings(mode);
  const library = readLibrary(files, findings);
  const objectives = library.all('SLO').flatMap((slo) => objectivesOf(slo, { world, library }));
  checkAlertPolicies(library);
  tellSameIds(objectives, findings);
  for (const { value, place } of library.unused()) {
    place.warn(`nothing refers to ${value.kind} "${value.metadata.name}"`);
  }
  const { problems, warnings } = findings;
  return { objectives, documents: countsOf(library), problems, warnings };
}

/**
 * The objectives of a suite, in strict mode.
 * @throws PeakproofError with every problem of every file, or NO_OBJECTIVES if there is no SLO in them.
 */
export function parseObjectives(
  files: readonly SourceFile[],
  catalog: Catalog,
  journeys: readonly string[],
): Objective[] {
  const { objectives, problems } = readOpenSlo(files, { catalog, journeys }, 'strict');
  if (problems.length > 0) throw new PeakproofError(problems);
  if (objectives.length === 0) {
    throw new PeakproofError(problem('NO_OBJECTIVES', `no SLO in ${files.length} objective files`));
  }
  return [...objectives];
}

function countsOf(library: Library): Record<Kind, number> {
  const counts = Object.keys(kinds).map((kind) => [kind, library.all(kind as Kind).length]);
  return Object.fromEntries(counts) as Record<Kind, number>;
}

/** Two SLOs of one name were told already; here a name meets another one's suffix. */
function tellSameIds(objectives: readonly Objective[], findings: Findings): void {
  const seen = new Map<string, Objective>();
  for (const objective of objectives) {
    const { id, source } = objective;
    const first = seen.get(id);
    if (first === undefined) seen.set(id, objective);
    else if (!findings.problems.some(({ code }) => code === 'DUPLICATE_OBJECTIVE')) {
      const cause = `objective "${id}" exists already at ${first.source.file}:${first.source.line}`;
      findings.add(problem('DUPLICATE_OBJECTIVE', cause, source));
    }
  }
}
