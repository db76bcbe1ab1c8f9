import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bundleScript } from '../../../../runner/engines/k6/bundle.ts';

/** A folder with these files; answers the first one's path. */
function scriptOf(texts: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'bundle-'));
  for (const [path, text] of Object.entries(texts)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return join(folder, Object.keys(texts)[0] as string);
}

const main = "import { pause } from './lib/pause.ts';\nexport default function () { pause(1 as number); }\n";
const library = "import { sleep } from 'k6';\nexport const pause = (seconds: number) => sleep(seconds);\n";

describe('bundleScript', () => {
  it('makes one file of all, with a map to where each line came from', async () => {
    const bundle = await bundleScript(scriptOf({ 'main.ts': main, 'lib/pause.ts': library }));
    expect(bundle).toContain('from "k6"');
    expect(bundle).not.toContain('./lib');
    const map = /sourceMappingURL=data:application\/json;base64,(\S+)/.exec(bundle ?? '')?.[1] ?? '';
    const { sources } = JSON.parse(Buffer.from(map, 'base64').toString());
    expect(sources.map((path: string) => path.replace(/.*\/bundle-[^/]+\//, ''))).toEqual([
      'lib/pause.ts',
      'main.ts',
    ]);
  });

  it.each([
    ["const rows = open('./rows.csv');", 'opens a file beside it'],
    ['const rows = open(`rows.csv`);', 'opens a file beside it, by a template'],
    ['const here = import.meta.url;', 'asks where it stands'],
    ["const old = require('./old.js');", 'requires a file beside it'],
  ])('leaves a script alone that %s', async (line) => {
    const files = { 'main.ts': main, 'lib/pause.ts': `${library}${line}\n`, 'lib/old.js': '' };
    expect(await bundleScript(scriptOf(files))).toBeUndefined();
  });

  it('bundles one that opens by an absolute path or a variable', async () => {
    const text = "export const a = open('/etc/hostname'); export const b = open(__ENV.PLAN);";
    expect(await bundleScript(scriptOf({ 'main.js': text }))).toContain('/etc/hostname');
  });

  it('leaves it to k6 to complain of a script that is not in order', async () => {
    expect(await bundleScript(scriptOf({ 'main.ts': 'const = 1' }))).toBeUndefined();
    expect(await bundleScript(scriptOf({ 'main.ts': "import './nowhere.ts';" }))).toBeUndefined();
  });
});
