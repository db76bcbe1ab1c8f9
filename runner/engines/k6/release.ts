/** Downloads k6's official release archive and trusts it only if its published checksum agrees. */
import { execFile } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { EnvHttpProxyAgent, fetch, type Response } from 'undici';
import { type Making, sha256Of } from '../../provision/cache.ts';
import { k6Tool } from './tool.ts';

const run = promisify(execFile);

const { pinnedVersion } = k6Tool;

export const officialReleases = 'https://github.com/grafana/k6/releases/download';

/** A connection that says nothing for this long is given up. */
const silenceMs = 20_000;

/** Name of the archive for a platform, as k6 publishes it; undefined if there is none. */
export function archiveName(platform: NodeJS.Platform, arch: string): string | undefined {
  const cpu = { x64: 'amd64', arm64: 'arm64' }[arch];
  const system = { linux: 'linux', darwin: 'macos', win32: 'windows' }[platform as string];
  if (cpu === undefined || system === undefined || (system === 'windows' && cpu !== 'amd64'))
    return undefined;
  return `k6-v${pinnedVersion}-${system}-${cpu}.${system === 'linux' ? 'tar.gz' : 'zip'}`;
}

/** Fetches, verifies and unpacks. Throws an Error that names the address and what was wrong with it. */
export async function downloadK6(releases: string, making: Making): Promise<void> {
  const archive = archiveName(process.platform, process.arch);
  if (archive === undefined)
    throw new Error(`k6 publishes no archive for ${process.platform} ${process.arch}`);
  const release = `${releases}/v${pinnedVersion}`;
  const dispatcher = new EnvHttpProxyAgent({
    headersTimeout: silenceMs,
    bodyTimeout: silenceMs,
    connectTimeout: silenceMs,
  });
  const get = async (name: string): Promise<Response> => {
    const url = `${release}/${name}`;
    const response = await fetch(url, { dispatcher, signal: making.signal ?? null }).catch((error: Error) => {
      throw new Error(`${url}: ${((error.cause as Error | undefined) ?? error).message}`);
    });
    if (!response.ok) throw new Error(`${url} answered ${response.status}`);
    return response;
  };
  try {
    const expected = checksumFor(archive, await (await get(`k6-v${pinnedVersion}-checksums.txt`)).text());
    const path = join(making.workFolder, archive);
    await save(await get(archive), path, making.onProgress);
    const found = await sha256Of(path);
    if (found !== expected) throw new Error(`${archive} has checksum ${found}, published is ${expected}`);
    await unpack(path, making.workFolder, making.binary);
  } finally {
    await dispatcher.destroy();
  }
}

function checksumFor(archive: string, checksums: string): string {
  for (const line of checksums.split('\n')) {
    const [sum, name] = line.trim().split(/\s+\*?/);
    if (name === archive && sum && /^[0-9a-f]{64}$/.test(sum)) return sum;
  }
  throw new Error(`the published checksums do not name ${archive}`);
}

async function save(response: Response, path: string, onProgress: (detail: string) => void): Promise<void> {
  if (!response.body) throw new Error('the answer has no body');
  const total = Number(response.headers.get('content-length'));
  let received = 0;
  const meter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      received += chunk.length;
      onProgress(`${megabytes(received)}${total > 0 ? ` of ${megabytes(total)}` : ''} MB`);
      done(null, chunk);
    },
  });
  await pipeline(Readable.fromWeb(response.body), meter, createWriteStream(path));
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}

/** Linux archives are tar.gz; the zip ones of macOS and Windows are read by those systems' tar (bsdtar) too. */
async function unpack(archive: string, workFolder: string, binary: string): Promise<void> {
  const folder = join(workFolder, 'unpacked');
  await mkdir(folder);
  await run('tar', ['-xf', archive, '-C', folder]);
  const inner = basename(archive).replace(/\.(tar\.gz|zip)$/, '');
  await rename(join(folder, inner, basename(binary)), binary);
}
