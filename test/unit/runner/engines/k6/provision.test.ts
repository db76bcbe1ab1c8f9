import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findK6, locateK6 } from '../../../../../runner/engines/k6/provision.ts';
import { archiveName } from '../../../../../runner/engines/k6/release.ts';
import { k6Tool } from '../../../../../runner/engines/k6/tool.ts';
import { cacheSlot } from '../../../../../runner/provision/cache.ts';
import { PeakproofError } from '../../../../../scenarios/problem.ts';

let folder: string;
let env: NodeJS.ProcessEnv;
const servers: Server[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'peakproof-k6-'));
  mkdirSync(join(folder, 'bin'));
  env = { PATH: join(folder, 'bin'), PEAKPROOF_CACHE: join(folder, 'cache') };
});

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
  rmSync(folder, { recursive: true, force: true });
});

function script(path: string, text: string): string {
  writeFileSync(path, `#!/bin/sh\n${text}\n`);
  chmodSync(path, 0o755);
  return path;
}

const k6Text = (version: string) => `echo "k6 v${version} (go1.25.0, linux/amd64)"`;

/** A `go` that answers as the real one and "compiles" a k6 of the given behaviour, logging each build. */
function installGo(version: string, built = k6Text('2.2.0')): string {
  const log = join(folder, 'builds');
  script(
    join(folder, 'bin/go'),
    `case "$1" in
env) echo go${version};;
list) echo example/a; echo example/b;;
build)
  echo x >> ${log}
  echo example/a >&2; /bin/sleep 0.3; echo example/b >&2
  while [ "$1" != -o ]; do shift; done
  printf '#!/bin/sh\\n%s\\n' '${built}' > "$2";;
esac`,
  );
  return log;
}

/** Publishes an archive as k6's releases do. */
async function publish(change: { k6?: string; sum?: string } = {}): Promise<string> {
  const archive = archiveName(process.platform, process.arch) ?? '';
  const inner = archive.replace('.tar.gz', '');
  mkdirSync(join(folder, inner));
  script(join(folder, inner, 'k6'), change.k6 ?? k6Text('2.2.0'));
  execFileSync('tar', ['-czf', archive, inner], { cwd: folder });
  const bytes = readFileSync(join(folder, archive));
  const sum = change.sum ?? createHash('sha256').update(bytes).digest('hex');
  const answers: Record<string, string | Buffer> = {
    '/v2.2.0/k6-v2.2.0-checksums.txt': `${'0'.repeat(64)}  k6-v2.2.0-plan9-mips.tar.gz\n${sum}  ${archive}\n`,
    [`/v2.2.0/${archive}`]: bytes,
  };
  const server = createServer((request, response) => {
    const answer = answers[request.url ?? ''];
    response.writeHead(answer === undefined ? 404 : 200).end(answer);
  });
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const nowhere = 'http://127.0.0.1:9';

async function failureOf(work: Promise<unknown>): Promise<PeakproofError> {
  const error = await work.catch((reason: unknown) => reason);
  if (error instanceof PeakproofError) return error;
  throw new Error(`not a PeakproofError: ${error}`);
}

describe('locateK6', () => {
  it('takes PEAKPROOF_K6 before anything else', async () => {
    script(join(folder, 'bin/k6'), k6Text('2.1.0'));
    const named = script(join(folder, 'my-k6'), k6Text('2.9.9'));
    expect(await locateK6({ env: { ...env, PEAKPROOF_K6: named } })).toEqual({
      path: named,
      version: '2.9.9',
      source: 'PEAKPROOF_K6',
    });
  });

  it.each([
    ['does not exist', '/nowhere/k6', /does not run/],
    ['is another program', '/bin/true', /does not answer like k6/],
  ])('refuses a PEAKPROOF_K6 that %s, and falls back on nothing', async (_, path, cause) => {
    installGo('1.25.0');
    const error = await failureOf(locateK6({ env: { ...env, PEAKPROOF_K6: path } }));
    expect(error.problems[0]).toMatchObject({ code: 'K6_UNUSABLE', cause: expect.stringMatching(cause) });
  });

  it('takes a k6 on PATH', async () => {
    script(join(folder, 'bin/k6'), k6Text('2.0.0'));
    expect(await locateK6({ env })).toMatchObject({ version: '2.0.0', source: 'PATH' });
  });

  it('passes over an old k6 on PATH and builds one, once', async () => {
    script(join(folder, 'bin/k6'), k6Text('1.7.0'));
    const builds = installGo('1.25.0');
    const steps: string[] = [];
    const first = await locateK6({
      env,
      onProgress: (step, detail) => steps.push(`${step} ${detail ?? ''}`),
    });
    expect(first).toMatchObject({ version: '2.2.0', source: 'built with Go' });
    expect(steps.at(-1)).toMatch(/building k6 2\.2\.0 with Go 1\.25\.0.* 2 of 2 packages/);
    expect(await locateK6({ env })).toEqual({ ...first, source: 'cache' });
    expect(readFileSync(builds, 'utf8')).toBe('x\n');
  });

  it('builds once when several first runs start together', async () => {
    const builds = installGo('1.26.1');
    const waits: string[] = [];
    const found = await Promise.all(
      Array.from({ length: 4 }, () => locateK6({ env, onProgress: (step) => waits.push(step) })),
    );
    expect(found.map(({ source }) => source).sort()).toEqual(['built with Go', 'cache', 'cache', 'cache']);
    expect(readFileSync(builds, 'utf8')).toBe('x\n');
    expect(waits).toContain('waiting for k6, which another peakproof is preparing');
  });

  it.each([
    ['altered', (binary: string) => writeFileSync(binary, `#!/bin/sh\n${k6Text('2.2.0')}\necho evil\n`)],
    ['cut short', (binary: string) => writeFileSync(binary, '')],
    ['without its record', (binary: string) => rmSync(join(binary, '../k6.json'))],
  ])('notices a cached binary that was %s and builds it again', async (_, damage) => {
    const builds = installGo('1.25.0');
    const { path } = await locateK6({ env });
    damage(path);
    expect(await findK6(env)).toBeUndefined();
    const notes: string[] = [];
    const again = await locateK6({ env, onProgress: (step) => notes.push(step) });
    expect(again.source).toBe('built with Go');
    expect(notes[0]).toMatch(/cached k6 is unusable/);
    expect(readFileSync(builds, 'utf8')).toBe('x\nx\n');
  });

  it('takes over the lock of a process that died', async () => {
    installGo('1.25.0');
    const { lock } = cacheSlot(k6Tool, env);
    mkdirSync(join(lock, '..'), { recursive: true });
    writeFileSync(lock, '4194304');
    utimesSync(lock, new Date(0), new Date(0));
    expect((await locateK6({ env })).source).toBe('built with Go');
    expect(existsSync(lock)).toBe(false);
  });

  it('downloads the official release where there is no Go, checked against its checksum', async () => {
    const releases = await publish();
    expect(await locateK6({ env, releases })).toMatchObject({ version: '2.2.0', source: 'official release' });
    expect((await findK6(env))?.source).toBe('cache');
  });

  it('downloads when the Go at hand is too old or its build fails', async () => {
    installGo('1.24.9');
    const releases = await publish();
    expect((await locateK6({ env, releases })).source).toBe('official release');
  });

  it.each([
    ['a wrong checksum', { sum: 'f'.repeat(64) }, /has checksum [0-9a-f]{64}, published is f{64}/],
    ['no checksum', { sum: 'none' }, /checksums do not name/],
    ['a binary that does not run', { k6: 'exit 1' }, /does not run/],
  ])('keeps nothing of a release with %s', async (_, change, cause) => {
    const releases = await publish(change);
    const error = await failureOf(locateK6({ env, releases }));
    expect(error.problems[0]?.code).toBe('K6_NOT_AVAILABLE');
    expect(error.problems[0]?.cause).toMatch(cause);
    expect(existsSync(cacheSlot(k6Tool, env).binary)).toBe(false);
  });

  it('says every way that failed, and every way to get k6, in one error', async () => {
    script(join(folder, 'bin/k6'), k6Text('1.0.0'));
    installGo('1.25.0', 'exit 3');
    const { problems, exitCode } = await failureOf(locateK6({ env, releases: nowhere }));
    expect(problems).toHaveLength(1);
    expect(problems[0]?.cause).toMatch(/older than 2\.0; .*does not run.*; .*127\.0\.0\.1:9/);
    expect(problems[0]?.remedy).toMatch(/PATH.*PEAKPROOF_K6.*Go 1\.25.*github\.com/);
    expect(exitCode).toBe(2);
  });

  it('ends as interrupted when it is aborted', async () => {
    installGo('1.25.0');
    const stop = new AbortController();
    const error = await failureOf(
      locateK6({ env, signal: stop.signal, releases: nowhere, onProgress: () => stop.abort() }),
    );
    expect(error.problems[0]?.code).toBe('INTERRUPTED');
    expect(existsSync(cacheSlot(k6Tool, env).lock)).toBe(false);
  });
});

describe('archiveName', () => {
  it.each([
    ['linux', 'x64', 'k6-v2.2.0-linux-amd64.tar.gz'],
    ['linux', 'arm64', 'k6-v2.2.0-linux-arm64.tar.gz'],
    ['darwin', 'arm64', 'k6-v2.2.0-macos-arm64.zip'],
    ['win32', 'x64', 'k6-v2.2.0-windows-amd64.zip'],
    ['win32', 'arm64', undefined],
    ['sunos', 'x64', undefined],
  ] as const)('%s %s → %s', (platform, arch, name) => {
    expect(archiveName(platform, arch)).toBe(name);
  });
});
