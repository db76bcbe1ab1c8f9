/** A program that peakproof needs and that is not on npm: what it is called, how it is made, how it proves itself. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { ProblemCode } from '../../scenarios/problem.ts';

const run = promisify(execFile);

export type ToolProbe =
  | { readonly works: true; readonly version: string }
  | { readonly works: false; readonly cause: string };

export interface Tool {
  /** For people, and of its folder in the cache. */
  readonly name: string;
  /** Of its executable, without an extension. */
  readonly command: string;
  /** The release that is built or downloaded, as its go.mod pins it. */
  readonly pinnedVersion: string;
  /** Names an executable of the user's choice. */
  readonly variable: string;
  readonly build: GoBuild;
  /** Raised if the variable names something that does not work, and if no way to get it is left. */
  readonly unusable: ProblemCode;
  readonly unavailable: ProblemCode;
  /** What is missing without it: `to generate load with`. */
  readonly purpose: string;
  /** Never throws: a binary that does not start, hangs or is too old is told as a cause. */
  readonly probe: (path: string) => Promise<ToolProbe>;
}

export interface GoBuild {
  /** Folder of the committed go.mod and go.sum, relative to the package's root. */
  readonly folder: string;
  readonly package: string;
  readonly oldestGo: { readonly major: number; readonly minor: number };
  readonly flags: readonly string[];
  /** For people: `about 80 s on two cores`. */
  readonly takes: string;
}

/** Runs a binary that prints its version: the only proof that it starts on this machine. */
export async function probeVersion(
  path: string,
  {
    args,
    pattern,
    name,
  }: { readonly args: readonly string[]; readonly pattern: RegExp; readonly name: string },
): Promise<ToolProbe> {
  try {
    const { stdout } = await run(path, args, { timeout: 10_000, killSignal: 'SIGKILL' });
    const version = pattern.exec(stdout)?.[1];
    if (version === undefined) return { works: false, cause: `${path} does not answer like ${name}` };
    return { works: true, version };
  } catch (error) {
    return { works: false, cause: `${path} does not run: ${firstLine(error)}` };
  }
}

export function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n', 1)[0] ?? text;
}
