/** A command-line tool that notes how it was called and answers what the test wants. */
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { onTestFinished, vi } from 'vitest';

export interface FakeTool {
  /** One for each call: its arguments, and what it read. */
  calls(): { readonly args: readonly string[]; readonly input: string }[];
}

/**
 * Puts the tool first on PATH until the test ends.
 * @param answer JavaScript that has `args` and `input`, and may print and set `process.exitCode`
 */
export function fakeTool(name: string, answer = ''): FakeTool {
  const folder = mkdtempSync(join(tmpdir(), `peakproof-${name}-`));
  const log = join(folder, 'calls');
  const file = join(folder, name);
  writeFileSync(
    file,
    [
      `#!${process.execPath}`,
      "const fs = require('node:fs');",
      'const args = process.argv.slice(2);',
      "let input = ''; try { input = fs.readFileSync(0, 'utf8'); } catch {}",
      `fs.appendFileSync(${JSON.stringify(log)}, JSON.stringify({ args, input }) + '\\n');`,
      answer,
    ].join('\n'),
  );
  chmodSync(file, 0o755);
  vi.stubEnv('PATH', `${folder}${delimiter}${process.env.PATH}`);
  onTestFinished(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    calls: () =>
      existsSync(log)
        ? readFileSync(log, 'utf8')
            .trim()
            .split('\n')
            .map((line) => JSON.parse(line))
        : [],
  };
}
