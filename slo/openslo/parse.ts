/** OpenSLO files → objectives. Strict: whatever is not understood is refused, all of it at once. */
import type { z } from 'zod';
import type { Catalog } from '../../scenarios/model.ts';
import { PeakproofError, type Problem, type ProblemCode, problem } from '../../scenarios/problem.ts';
import type { Objective } from '../types.ts';
import { type Path, readDocuments, type SourceFile, type YamlDocument } from './documents.ts';
import { type Report, sliOf, type World } from './indicator.ts';
import { didYouMean, pathText, validate } from './issues.ts';
import {
  type IndicatorSpec,
  knownFields,
  type SliDocument,
  type SloDocument,
  sliDocument,
  sloDocument,
} from './schema.ts';
import { unsupportedIn } from './unsupported.ts';

/** spec.service of promises that no single service or journey owns. */
const wholeSystem = 'system';

interface Located<T> {
  readonly value: T;
  readonly document: YamlDocument;
}

/**
 * Reads every SLO of the files; SLI documents may stand in any of them. Objectives come in the order of the files.
 * @throws PeakproofError with every problem of every file (INVALID_OBJECTIVE, UNSUPPORTED_OBJECTIVE,
 * DUPLICATE_OBJECTIVE, UNKNOWN_SERVICE, UNKNOWN_ROUTE, UNKNOWN_JOURNEY), or NO_OBJECTIVES if there is no SLO at all.
 */
export function parseObjectives(
  files: readonly SourceFile[],
  catalog: Catalog,
  journeys: readonly string[],
): Objective[] {
  const { slis, slos, problems } = readAll(files);
  problems.push(...duplicates(slis), ...duplicates(slos));
  const objectives = slos.flatMap((slo) => {
    const objective = objectiveOf(slo, slis, { catalog, journeys }, problems);
    return objective === undefined ? [] : [objective];
  });
  if (problems.length === 0 && objectives.length === 0) {
    problems.push(problem('NO_OBJECTIVES', `no SLO in ${files.length} objective files`));
  }
  if (problems.length > 0) throw new PeakproofError(problems);
  return objectives;
}

function readAll(files: readonly SourceFile[]) {
  const slis: Located<SliDocument>[] = [];
  const slos: Located<SloDocument>[] = [];
  const problems: Problem[] = [];
  for (const file of files) {
    const read = readDocuments(file, 'INVALID_OBJECTIVE');
    problems.push(...read.problems);
    for (const document of read.documents) {
      const kind = (document.value as { kind?: unknown }).kind;
      if (kind === 'SLO') keep(sloDocument, document, slos, problems);
      else if (kind === 'SLI') keep(sliDocument, document, slis, problems);
      else problems.push(wrongKind(kind, document));
    }
  }
  return { slis, slos, problems };
}

function keep<S extends z.ZodType>(
  schema: S,
  document: YamlDocument,
  into: Located<z.infer<S>>[],
  problems: Problem[],
): void {
  const result = validate(schema, document, 'INVALID_OBJECTIVE', knownFields);
  if ('problems' in result) problems.push(...result.problems);
  else into.push({ value: result.value, document });
}

function wrongKind(kind: unknown, { file, lineOf }: YamlDocument): Problem {
  return problem(
    'INVALID_OBJECTIVE',
    `kind: expected SLO or SLI, found ${kind === undefined ? 'none' : String(kind)}`,
    {
      file,
      line: lineOf([], 'kind'),
    },
  );
}

function duplicates(documents: readonly Located<SliDocument | SloDocument>[]): Problem[] {
  const seen = new Map<string, string>();
  return documents.flatMap(({ value, document }) => {
    const { name } = value.metadata;
    const line = document.lineOf(['metadata', 'name']);
    const first = seen.get(name);
    if (first === undefined) {
      seen.set(name, `${document.file}:${line}`);
      return [];
    }
    const cause = `${value.kind} "${name}" exists already at ${first}`;
    return [problem('DUPLICATE_OBJECTIVE', cause, { file: document.file, line })];
  });
}

function objectiveOf(
  slo: Located<SloDocument>,
  slis: readonly Located<SliDocument>[],
  world: World,
  problems: Problem[],
): Objective | undefined {
  const { value, document } = slo;
  problems.push(...unsupportedIn(value, document), ...serviceProblems(slo, world));
  const target = targetOf(slo, problems);
  const indicator = indicatorOf(slo, slis, problems);
  const [threshold] = value.spec.objectives;
  if (indicator === undefined || threshold === undefined) return undefined;
  const report = reporter(indicator.document, indicator.path, problems);
  const sli = sliOf(indicator.spec, threshold, world, report);
  if (sli === undefined || target === undefined) return undefined;
  const { name, displayName = name, labels = {}, annotations = {} } = value.metadata;
  return {
    id: name,
    displayName,
    description: value.spec.description ?? '',
    service: value.spec.service,
    ...(annotations.owner === undefined ? {} : { owner: annotations.owner }),
    target,
    windowDays: daysOf(value.spec.timeWindow[0]?.duration ?? ''),
    sli,
    labels,
    source: { file: document.file, line: document.lineOf([]) },
  };
}

function reporter(document: YamlDocument, base: Path, problems: Problem[]): Report {
  return (path, cause, code: ProblemCode = 'INVALID_OBJECTIVE') => {
    const full = [...base, ...path];
    const line = document.lineOf(full);
    problems.push(problem(code, `${pathText(full)}: ${cause}`, { file: document.file, line }));
  };
}

function serviceProblems({ value, document }: Located<SloDocument>, { catalog, journeys }: World): Problem[] {
  const { service } = value.spec;
  const known = [...Object.keys(catalog), ...journeys, wholeSystem];
  if (known.includes(service)) return [];
  const cause = `spec.service: there is no service or journey "${service}"${didYouMean(service, known)}`;
  return [
    problem('UNKNOWN_SERVICE', cause, { file: document.file, line: document.lineOf(['spec', 'service']) }),
  ];
}

function targetOf({ value, document }: Located<SloDocument>, problems: Problem[]): number | undefined {
  const { target, targetPercent } = value.spec.objectives[0] ?? {};
  if ((target === undefined) === (targetPercent === undefined)) {
    reporter(document, ['spec', 'objectives', 0], problems)([], 'give either target or targetPercent');
    return undefined;
  }
  // Shifts the decimal point in the text: 99.99 / 100 need not be the double nearest to 0.9999.
  return target ?? Number(`${targetPercent}e-2`);
}

interface Indicator {
  readonly spec: IndicatorSpec;
  readonly document: YamlDocument;
  readonly path: Path;
}

function indicatorOf(
  { value, document }: Located<SloDocument>,
  slis: readonly Located<SliDocument>[],
  problems: Problem[],
): Indicator | undefined {
  const { indicator, indicatorRef } = value.spec;
  const report = reporter(document, ['spec'], problems);
  if ((indicator === undefined) === (indicatorRef === undefined)) {
    report([], 'give either indicator or indicatorRef');
    return undefined;
  }
  if (indicator !== undefined) return { spec: indicator.spec, document, path: ['spec', 'indicator', 'spec'] };
  const named = slis.find((sli) => sli.value.metadata.name === indicatorRef);
  if (named === undefined) {
    const names = slis.map((sli) => sli.value.metadata.name);
    report(['indicatorRef'], `there is no SLI "${indicatorRef}"${didYouMean(indicatorRef ?? '', names)}`);
    return undefined;
  }
  return { spec: named.value.spec, document: named.document, path: ['spec'] };
}

const daysPerUnit: Readonly<Record<string, number>> = { m: 1 / 1440, h: 1 / 24, d: 1, w: 7 };

function daysOf(duration: string): number {
  return Number(duration.slice(0, -1)) * (daysPerUnit[duration.slice(-1)] ?? Number.NaN);
}
