/** Holds OpenSLO files against the standard and against what the suite knows. */
import { readFileSync } from 'node:fs';
import { counted, list } from '../../reports/figures.ts';
import { type Problem, problem } from '../../scenarios/problem.ts';
import type { SourceFile } from '../../slo/openslo/documents.ts';
import type { Warning } from '../../slo/openslo/findings.ts';
import { readOpenSlo } from '../../slo/openslo/parse.ts';
import { journeysOf, loadSuiteConfig } from '../load-suite.ts';
import type { ValidateOptions } from './options.ts';

/** What was understood. */
export interface Validation {
  readonly files: number;
  /** Number of documents of each kind that there is. */
  readonly documents: Readonly<Record<string, number>>;
  /** Ids of the objectives that can be measured here. */
  readonly objectives: readonly string[];
  readonly warnings: readonly Warning[];
}

/** What is wrong comes beside what was understood, so that warnings are told with it. */
export async function validateFiles(
  paths: readonly string[],
  options: ValidateOptions,
): Promise<{ validation: Validation; problems: readonly Problem[] }> {
  const { suite } = await loadSuiteConfig({ config: options.config, cwd: process.cwd() });
  const unreadable: Problem[] = [];
  const files = paths.flatMap((path) => readSource(path, unreadable));
  const world = { catalog: suite.catalog, journeys: journeysOf(suite) };
  const reading = readOpenSlo(files, world, options.lenient ? 'lenient' : 'strict');
  const problems = [...unreadable, ...reading.problems];
  const documents = Object.entries(reading.documents).filter(([, count]) => count > 0);
  if (problems.length === 0 && documents.length === 0) {
    problems.push(problem('NO_OBJECTIVES', `no OpenSLO document in ${counted(files.length, 'file')}`));
  }
  const validation = {
    files: files.length,
    documents: Object.fromEntries(documents),
    objectives: reading.objectives.map(({ id }) => id),
    warnings: reading.warnings,
  };
  return { validation, problems };
}

function readSource(file: string, problems: Problem[]): SourceFile[] {
  try {
    return [{ file, text: readFileSync(file, 'utf8') }];
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const cause = code === 'ENOENT' ? 'does not exist' : `cannot be read: ${message}`;
    problems.push(problem('INVALID_OBJECTIVE', cause, { file, remedy: 'Name OpenSLO files.' }));
    return [];
  }
}

/** "2 files are right: 3 SLO and 1 DataSource, with 4 objectives." */
export function validationText({ files, documents, objectives, warnings }: Validation): string {
  const kinds = list(Object.entries(documents).map(([kind, count]) => `${count} ${kind}`));
  const right = `${counted(files, 'file')} ${files === 1 ? 'is' : 'are'} right`;
  const warned = warnings.length === 0 ? '' : `, and ${counted(warnings.length, 'warning')}`;
  return `${right}: ${kinds}, with ${counted(objectives.length, 'objective')} that can be measured${warned}.`;
}
