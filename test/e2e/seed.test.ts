import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { peakproof, temporaryFolder } from './cli.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

interface Traced {
  readonly scenario: string;
  readonly iteration: number;
  readonly step: number;
  readonly upkeep?: boolean;
}

/** What each iteration of each scenario sent, without token upkeep, whose timing depends on the clock. */
async function sent(name: string, seed: number): Promise<Map<string, string[]>> {
  const run = join(folder.path, name);
  const ended = await peakproof([
    'rehearse',
    '--profile',
    'smoke',
    '--duration',
    '8s',
    '--no-browser',
    '--seed',
    `${seed}`,
    '--trace',
    '--out',
    run,
  ]);
  // What was sent is the question; a busy machine withholds the verdict.
  expect([0, 3], ended.stderr).toContain(ended.code);
  const sequences = new Map<string, string[]>();
  for (const line of readFileSync(join(run, 'ledger.log'), 'utf8').split('\n')) {
    if (line === '') continue;
    const { kind, atMs, ...request } = JSON.parse(line);
    if (kind !== 'request' || (request as Traced).upkeep) continue;
    const { scenario, iteration } = request as Traced;
    const key = `${scenario}#${iteration}`;
    sequences.set(key, [...(sequences.get(key) ?? []), JSON.stringify(request)]);
  }
  return sequences;
}

it('one seed sends the same routes and bodies in every iteration; another seed does not', async () => {
  const [first, second, other] = await Promise.all([sent('first', 7), sent('second', 7), sent('other', 8)]);
  const common = [...first.keys()].filter((key) => second.has(key));
  expect(common.length).toBeGreaterThan(0.95 * first.size);
  expect(first.size).toBeGreaterThan(100);
  for (const key of common) expect(second.get(key), key).toEqual(first.get(key));
  const differing = common.filter((key) => JSON.stringify(other.get(key)) !== JSON.stringify(first.get(key)));
  expect(differing.length).toBeGreaterThan(0.5 * common.length);
});
