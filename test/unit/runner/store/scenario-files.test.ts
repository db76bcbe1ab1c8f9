import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packageRoot } from '../../../../runner/package.ts';
import { combinedHash, hashScenarioFiles } from '../../../../runner/store/scenario-files.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'peakproof-test-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

describe('the scenario files', () => {
  it('are the script and all that it leads to, wherever it lies', () => {
    const script = write(
      'suite/scenarios/script.ts',
      [
        "import http from 'k6/http';",
        "import { a } from './a.ts';",
        'import "./plain";',
        "export * from '../traffic.ts';",
        "const data = JSON.parse(open('./data/users.json'));",
        "const other = open('users.csv', 'b');",
        "// import { gone } from './gone.ts'",
      ].join('\n'),
    );
    write('suite/scenarios/a.ts', "import type { M } from '../../kit/index.js';\nconst b = require('./b');");
    write('suite/scenarios/b.js', "import { a } from './a.ts';");
    write('suite/scenarios/plain/index.ts', '');
    write('suite/scenarios/data/users.json', '[]');
    write('suite/scenarios/users.csv', 'a,b');
    write('suite/scenarios/not-loaded.ts', '');
    write('suite/traffic.ts', '');
    write('kit/index.js', '');
    expect(Object.keys(hashScenarioFiles(script))).toEqual([
      '../../kit/index.js',
      '../traffic.ts',
      'a.ts',
      'b.js',
      'data/users.json',
      'plain/index.ts',
      'script.ts',
      'users.csv',
    ]);
  });

  it('have one checksum, as sha256sum tells it, that any change of any of them changes', () => {
    const script = write('script.ts', "import './a.ts';");
    write('a.ts', 'one');
    const hash = (text: string) => createHash('sha256').update(text).digest('hex');
    const list = `${hash('one')}  a.ts\n${hash("import './a.ts';")}  script.ts\n`;
    const before = hashScenarioFiles(script);
    expect(combinedHash(before)).toBe(hash(list));
    write('a.ts', 'two');
    expect(combinedHash(hashScenarioFiles(script))).not.toBe(combinedHash(before));
  });

  it('of the built-in suite are all its services and journeys', () => {
    const found = Object.keys(hashScenarioFiles(join(packageRoot, 'scenarios', 'script.ts')));
    expect(found.filter((path) => path.startsWith('services/'))).toHaveLength(20);
    expect(found).toContain('k6/request.ts');
    expect(found).toContain('journeys/checkout.ts');
    expect(found).not.toContain('browser/storefront.ts');
  });

  it('are also those that run beside the load', () => {
    const [script, browser] = ['script.ts', 'browser/storefront.ts'].map((name) =>
      join(packageRoot, 'scenarios', name),
    ) as [string, string];
    const found = Object.keys(hashScenarioFiles(script, [browser]));
    expect(found).toEqual(
      expect.arrayContaining(['browser/storefront.ts', 'browser/journey.ts', 'script.ts']),
    );
  });
});
