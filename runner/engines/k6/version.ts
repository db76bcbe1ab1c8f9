/** Asks a k6 binary who it is: the only proof that it starts on this machine. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The release that is built or downloaded, as build/go.mod pins it. */
export const pinnedVersion = '2.2.0';
/** Older ones lack the OpenTelemetry output's settings that the collector needs. */
export const oldestMajor = 2;

export type K6Probe =
  | { readonly works: true; readonly version: string }
  | { readonly works: false; readonly cause: string };

/** Runs `k6 version`. Never throws: a binary that does not start, hangs or is too old is told as a cause. */
export async function probeK6(path: string): Promise<K6Probe> {
  try {
    const { stdout } = await run(path, ['version'], { timeout: 10_000, killSignal: 'SIGKILL' });
    const version = /^k6(?:\.exe)? v(\d+\.\d+\.\d+\S*)/m.exec(stdout)?.[1];
    if (version === undefined) return { works: false, cause: `${path} does not answer like k6` };
    if (Number.parseInt(version, 10) < oldestMajor) {
      return { works: false, cause: `${path} is k6 ${version}, older than ${oldestMajor}.0` };
    }
    return { works: true, version };
  } catch (error) {
    return { works: false, cause: `${path} does not run: ${firstLine(error)}` };
  }
}

export function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n', 1)[0] ?? text;
}
