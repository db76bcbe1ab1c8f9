/** `peakproof verify`: the checks as a table, and the statement about a run that stood them. */
import { join } from 'node:path';
import { formats } from '../../reports/formats.ts';
import { testResultStatement } from '../../reports/statement.ts';
import { exitCodes, problemKinds } from '../../scenarios/problem.ts';
import { sha256OfFile } from '../store/checksum.ts';
import { evidenceFiles } from '../store/evidence.ts';
import { resolveRun } from '../store/latest.ts';
import { readManifest, readVerdict } from '../store/read-run.ts';
import { fileText } from '../store/write.ts';
import { type CheckState, type Verification, verifyRun } from '../verify.ts';
import type { VerifyOptions } from './options.ts';
import { print, printJson, printStep, terminalWidth } from './print.ts';
import { table } from './table.ts';
import { writeText } from './write-text.ts';

/** Resolves with 0 if everything holds, and with the exit code of RUN_ALTERED otherwise. */
export async function verify(run: string, { json, statement }: VerifyOptions): Promise<number> {
  const root = resolveRun(run);
  const verification = verifyRun(root);
  if (json) printJson({ run: root, ...verification });
  else print(describe(verification, root));
  if (!verification.holds) return problemKinds.RUN_ALTERED.exitCode;
  if (statement !== undefined) {
    writeText('--statement', statement, fileText(statementOf(root)));
    printStep(`statement written to ${statement}: sign it with a tool of yours`);
  }
  return exitCodes.pass;
}

const symbols: Readonly<Record<CheckState, string>> = { fine: '✓', wrong: '✗', missing: '?' };

function describe({ checks, holds }: Verification, root: string): string {
  const rows = checks.map(({ what, state, found }) => [`${symbols[state]} ${state}`, what, found]);
  const columns = [{ title: 'state' }, { title: 'what' }, { title: 'found' }];
  const conclusion = holds
    ? `Verdict and reports belong to the measurements in ${root}.`
    : `The run in ${root} is not as it was written: it is no evidence.`;
  return [table(columns, rows, terminalWidth()), '', conclusion].join('\n');
}

function statementOf(root: string) {
  const { commit } = readManifest(root).source;
  const names = formats.flatMap(({ fileName }) => fileName ?? []);
  const reports = names.flatMap((name) => {
    const hash = sha256OfFile(join(root, name));
    return hash === undefined ? [] : [[name, hash] as const];
  });
  return testResultStatement({
    document: readVerdict(root),
    reports: Object.fromEntries(reports),
    evidenceFiles,
    ...(commit === undefined ? {} : { commit }),
  });
}
