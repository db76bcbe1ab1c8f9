import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { loadSuite } from '../../../runner/load-suite.ts';
import { packageRoot } from '../../../runner/package.ts';
import { PeakproofError } from '../../../scenarios/problem.ts';
import { suite } from './suite-fixture.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'peakproof-suite-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const objective = `apiVersion: openslo/v1
kind: SLO
metadata:
  name: checkout-availability
  displayName: Checkout succeeds
spec:
  service: checkout
  description: it does
  budgetingMethod: Occurrences
  timeWindow: [{ duration: 30d, isRolling: true }]
  indicator:
    metadata: { name: checkout-good }
    spec:
      ratioMetric:
        counter: true
        good: { metricSource: { type: k6, spec: { journey: checkout, outcome: good } } }
        total: { metricSource: { type: k6, spec: { journey: checkout } } }
  objectives: [{ target: 0.99 }]
`;
const policy = 'name: ci\ndescription: blocks\nblocking: [{}]\ninconclusive: hold\npartial: hold\n';

function writeSuite(change: Record<string, string> = {}): void {
  const files: Record<string, string> = {
    'peakproof.config.ts': `import { defineSuite, profiles } from 'peakproof';
      const suite: object = ${JSON.stringify(suite)};
      export default defineSuite({ ...suite, profiles: [...profiles] } as never);`,
    'script.ts': '',
    'objectives/checkout.yaml': objective,
    'policies/ci.yml': policy,
    ...change,
  };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

async function causesOf(options: { config?: string } = {}): Promise<string[]> {
  const error = await loadSuite({ cwd: folder, ...options }).catch((reason: unknown) => reason);
  if (!(error instanceof PeakproofError)) throw new Error(`no PeakproofError but ${JSON.stringify(error)}`);
  return error.problems.map(({ code, cause }) => `${code} ${cause}`);
}

it('loads the config of the working directory, which may import this package by name', async () => {
  writeSuite();
  const loaded = await loadSuite({ cwd: folder });
  expect(loaded.root).toBe(folder);
  expect(loaded.suite.name).toBe('corner-shop');
  expect(loaded.suite.profiles.map(({ name }) => name)).toContain('black-friday');
  expect(loaded.objectives.map(({ id, source }) => [id, source.file])).toEqual([
    ['checkout-availability', join('objectives', 'checkout.yaml')],
  ]);
  expect(loaded.policies.map(({ name }) => name)).toEqual(['ci']);
});

it('loads the config that is named, in JavaScript too', async () => {
  writeSuite({ 'other.mjs': `export default ${JSON.stringify(suite)}` });
  expect((await loadSuite({ cwd: folder, config: 'other.mjs' })).suite.title).toBe('Corner shop');
});

it('loads the built-in suite elsewhere, with everything that belongs to it', async () => {
  const loaded = await loadSuite({ cwd: folder });
  expect(loaded.root).toBe(packageRoot);
  expect(Object.keys(loaded.suite.catalog)).toHaveLength(20);
  expect(loaded.objectives.length).toBeGreaterThan(60);
  expect(loaded.policies.map(({ name }) => name).sort()).toEqual(['ci', 'rehearsal', 'release']);
});

it('tells what is wrong in objectives and policies at once', async () => {
  writeSuite({
    'objectives/checkout.yaml': objective.replace('0.99', '1.5'),
    'policies/ci.yml': policy.replace('hold', 'hope'),
  });
  rmSync(join(folder, 'script.ts'));
  expect(await causesOf()).toEqual([
    expect.stringMatching(/^INVALID_SUITE script .*script\.ts does not exist/),
    expect.stringMatching(/^INVALID_OBJECTIVE/),
    expect.stringMatching(/^INVALID_POLICY/),
  ]);
});

it.each([
  ['is not there', {}, { config: 'nowhere.ts' }, /^INVALID_SUITE config file .*nowhere\.ts does not exist/],
  [
    'does not parse',
    { 'peakproof.config.ts': 'export default {{' },
    {},
    /^INVALID_SUITE the config file does not load/,
  ],
  ['throws', { 'peakproof.config.ts': 'throw new Error("no luck")' }, {}, /does not load: no luck/],
  ['exports nothing', { 'peakproof.config.ts': 'export {}' }, {}, /^INVALID_SUITE its default export/],
])('refuses a config that %s', async (_, change, options, cause) => {
  writeSuite(change);
  expect(await causesOf(options)).toEqual([expect.stringMatching(cause)]);
});
