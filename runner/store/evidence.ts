/** What a verdict was made from, as checksums of the run folder's files. */
import { join } from 'node:path';
import { sha256OfFile } from './checksum.ts';
import { files } from './layout.ts';
import { inputFiles, type Manifest } from './manifest.ts';
import { combinedHash } from './scenario-files.ts';

export type Checksums = Readonly<Record<string, string>>;

/** The files behind a verdict, by the names that verdict.json gives their checksums. */
export const evidenceFiles = {
  run: files.manifest,
  ...inputFiles,
  measurements: files.measurements,
  faults: files.journal,
  summary: files.summary,
  comparison: files.comparison,
} as const;

/** Checksums of those files that there are, and of the scenarios that run.json lists. */
export function evidenceOf(runFolder: string, { scenarios }: Pick<Manifest, 'scenarios'>): Checksums {
  const known = Object.entries(evidenceFiles).flatMap(([name, file]) => {
    const hash = sha256OfFile(join(runFolder, file));
    return hash === undefined ? [] : [[name, hash] as const];
  });
  return { ...Object.fromEntries(known), scenarios: combinedHash(scenarios) };
}
