/** Builds a tool with the machine's Go, from a go.mod and go.sum of this package: same versions, same checksums. */
import { execFile, spawn } from 'node:child_process';
import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import which from 'which';
import { packageRoot } from '../package.ts';
import type { Making } from './cache.ts';
import type { GoBuild } from './tool.ts';

const run = promisify(execFile);

export type GoProbe =
  | { readonly works: true; readonly path: string; readonly version: string }
  | { readonly works: false; readonly cause: string };

/** Finds Go on PATH and checks that it is new enough. */
export async function probeGo(env: NodeJS.ProcessEnv, oldestGo: GoBuild['oldestGo']): Promise<GoProbe> {
  const path = await which('go', { nothrow: true, path: env.PATH });
  if (path === null) return { works: false, cause: 'there is no Go on PATH' };
  try {
    const { stdout } = await run(path, ['env', 'GOVERSION'], { env: goEnv(env), timeout: 10_000 });
    const version = stdout.trim().replace(/^go/, '');
    const [major = 0, minor = 0] = version.split('.').map((part) => Number.parseInt(part, 10));
    const isNewEnough = major > oldestGo.major || (major === oldestGo.major && minor >= oldestGo.minor);
    if (isNewEnough) return { works: true, path, version };
    return { works: false, cause: `Go ${version} is older than ${oldestGo.major}.${oldestGo.minor}` };
  } catch (error) {
    return { works: false, cause: `${path} does not run: ${(error as Error).message.split('\n', 1)[0]}` };
  }
}

/** Uses the Go that is installed (no download of another), the committed module files, and no C compiler. */
function goEnv(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...env, GOTOOLCHAIN: 'local', GOWORK: 'off', GO111MODULE: 'on', CGO_ENABLED: '0' };
}

export interface BuildOptions extends Making {
  readonly build: GoBuild;
  readonly go: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Builds the binary. Throws an Error with Go's own last words. */
export async function buildWithGo(options: BuildOptions): Promise<void> {
  const { build } = options;
  const source = join(options.workFolder, 'source');
  await mkdir(source);
  for (const file of ['go.mod', 'go.sum']) {
    await copyFile(join(packageRoot, build.folder, file), join(source, file));
  }
  let modules = 0;
  const stale: string[] = [];
  // `.Stale` names exactly the packages that the build is going to compile: the total of its progress.
  const list = ['list', '-trimpath', '-deps', '-f', '{{if .Stale}}{{.ImportPath}}{{end}}', build.package];
  await runGo(options, source, list, {
    onStdout: (line) => line && stale.push(line),
    onStderr: () => options.onProgress(`${++modules} modules downloaded`),
  });
  let compiled = 0;
  await runGo(
    options,
    source,
    ['build', '-v', '-trimpath', ...build.flags, '-o', options.binary, build.package],
    {
      onStderr: () => options.onProgress(`${++compiled} of ${stale.length} packages`),
    },
  );
}

interface LineHandlers {
  readonly onStdout?: (line: string) => void;
  readonly onStderr: (line: string) => void;
}

async function runGo(options: BuildOptions, cwd: string, args: string[], lines: LineHandlers): Promise<void> {
  const child = spawn(options.go, args, {
    cwd,
    env: goEnv(options.env),
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(options.signal ? { signal: options.signal } : {}),
  });
  const lastWords: string[] = [];
  createInterface({ input: child.stdout }).on('line', lines.onStdout ?? (() => {}));
  createInterface({ input: child.stderr }).on('line', (line) => {
    lastWords.push(line);
    if (lastWords.length > 3) lastWords.shift();
    lines.onStderr(line);
  });
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (exitCode !== 0) throw new Error(`go ${args[0]} failed: ${lastWords.join(' ')}`);
}
