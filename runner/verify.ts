/** Whether verdict and reports of a run folder belong to its measurements: everything is computed again. */
import { join } from 'node:path';
import { renderFiles } from '../reports/formats.ts';
import type { VerdictDocument } from '../reports/verdict-document.ts';
import { PeakproofError } from '../scenarios/problem.ts';
import { formatCount } from '../slo/sentences.ts';
import { evaluateRun } from './evaluate-run.ts';
import { packageVersion } from './package.ts';
import { sha256OfFile } from './store/checksum.ts';
import { type Checksums, evidenceFiles, evidenceOf } from './store/evidence.ts';
import { files } from './store/layout.ts';
import { filesBeforeLoad, type Manifest } from './store/manifest.ts';
import { countFrames, readFirstChecksums, readManifest, readReport, readVerdict } from './store/read-run.ts';
import { readReportAssets } from './store/report-assets.ts';

export type CheckState = 'fine' | 'wrong' | 'missing';

export interface Check {
  /** The file, and what of it was held against what. */
  readonly what: string;
  readonly state: CheckState;
  readonly found: string;
}

export interface Verification {
  readonly checks: readonly Check[];
  /** True if every check is fine. */
  readonly holds: boolean;
}

/**
 * Holds a run against itself: the files written before the load against the checksums that the log begins
 * with, every frame of the log against its own, verdict.json's list of evidence against the files, and
 * verdict and reports against what the measurements give again.
 * @throws PeakproofError RUN_NOT_FOUND or RUN_FORMAT_UNKNOWN.
 */
export function verifyRun(root: string): Verification {
  const manifest = attempt(() => readManifest(root));
  const claimed = attempt(() => claimedChecksums(root));
  const evidence = attempt(() => evidenceOf(root, readManifest(root)));
  const actual = 'value' in evidence ? evidence.value : {};
  const claims = 'value' in claimed ? claimed.value : {};
  const checks = [
    ...checkInputs(root),
    checkLog(root, claims.measurements === actual.measurements),
    checkEvidence(claimed, actual),
    ...checkReports(root, 'value' in manifest ? manifest.value : undefined),
  ];
  return { checks, holds: checks.every(({ state }) => state === 'fine') };
}

function claimedChecksums(root: string): Checksums {
  const document: Partial<VerdictDocument> | null = readVerdict(root);
  const claims: unknown = document?.evidence?.sha256;
  if (typeof claims === 'object' && claims !== null) return claims as Checksums;
  throw new Error('it names no evidence');
}

function checkInputs(root: string): Check[] {
  const expected = readFirstChecksums(root);
  return filesBeforeLoad.map((file) => {
    const what = `${file}, as before the load`;
    const actual = sha256OfFile(join(root, file));
    if (actual === undefined) return { what, state: 'missing', found: 'it is not there' };
    if (expected === undefined) {
      return { what, state: 'missing', found: `${files.measurements} does not begin with checksums` };
    }
    const isSame = expected[file] === actual;
    return { what, ...(isSame ? fine('unchanged') : wrong('changed after the run began')) };
  });
}

/** A run that was killed may end within a frame. That is the log it left if its verdict was made from these bytes. */
function checkLog(root: string, isTheOneJudged: boolean): Check {
  const what = `${files.measurements}, every frame`;
  const { frames, damage } = countFrames(root);
  if (frames === 0 && damage === undefined) return { what, state: 'missing', found: 'there are no frames' };
  if (damage === undefined) return { what, ...fine(`${formatCount(frames)} frames as written`) };
  const how = damage.kind === 'truncated' ? 'cut off' : 'altered';
  const found = `${how} after ${formatCount(damage.goodBytes)} of ${formatCount(damage.totalBytes)} bytes`;
  const isHonest = damage.kind === 'truncated' && isTheOneJudged;
  return { what, ...(isHonest ? fine(`${found}, as the verdict says`) : wrong(found)) };
}

function checkEvidence(claimed: Attempt<Checksums>, actual: Checksums): Check {
  const what = `${files.verdict}, its list of evidence`;
  if ('cause' in claimed) return { what, ...wrong(claimed.cause) };
  const names = new Set([...Object.keys(claimed.value), ...Object.keys(actual)]);
  const differing = [...names].filter((name) => claimed.value[name] !== actual[name]);
  if (differing.length === 0) return { what, ...fine(`${names.size} checksums as computed again`) };
  const named = differing.map((name) => evidenceFiles[name as keyof typeof evidenceFiles] ?? name);
  return { what, ...wrong(`does not fit ${named.join(', ')}`) };
}

function checkReports(root: string, manifest: Manifest | undefined): Check[] {
  const again = attempt(() => renderFiles(evaluateRun(root).model, readReportAssets()));
  const names = [files.verdict, files.html, files.junit, files.markdown];
  return names.map((file) => {
    const what = `${file}, from the measurements`;
    const text = readReport(root, file);
    if (text === undefined)
      return { what, state: 'missing', found: 'it is not there: `peakproof evaluate` writes it' };
    if ('cause' in again) return { what, ...wrong(`cannot be computed again: ${again.cause}`) };
    const result = again.value.find(({ fileName }) => fileName === file)?.result;
    if (result === undefined || 'error' in result) return { what, ...wrong('cannot be rendered again') };
    if (result.text === text) return { what, ...fine('the same, byte for byte') };
    return { what, ...wrong(`${firstDifference(text, result.text)}${otherVersion(manifest)}`) };
  });
}

function firstDifference(text: string, again: string): string {
  const lines = again.split('\n');
  const index = text.split('\n').findIndex((line, at) => line !== lines[at]);
  return `differs from line ${(index === -1 ? lines.length : index) + 1} on`;
}

/** Another version may word or judge differently without anybody having touched the run. */
function otherVersion(manifest: Manifest | undefined): string {
  const version = packageVersion();
  if (manifest === undefined || manifest.peakproof === version) return '';
  return `; peakproof ${manifest.peakproof} wrote it, this is ${version}`;
}

const fine = (found: string) => ({ state: 'fine', found }) as const;
const wrong = (found: string) => ({ state: 'wrong', found }) as const;

type Attempt<T> = { readonly value: T } | { readonly cause: string };

/** What an altered run makes impossible is a finding, not the end of the verification. */
function attempt<T>(work: () => T): Attempt<T> {
  try {
    return { value: work() };
  } catch (error) {
    if (isBeyondVerifying(error)) throw error;
    return { cause: error instanceof Error ? error.message : String(error) };
  }
}

function isBeyondVerifying(error: unknown): boolean {
  if (!(error instanceof PeakproofError)) return false;
  return error.problems.some(({ code }) => code === 'RUN_NOT_FOUND' || code === 'RUN_FORMAT_UNKNOWN');
}
