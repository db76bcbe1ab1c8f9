import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dryRun } from '../../../../runner/cli/dry-run.ts';
import type { PlanOptions } from '../../../../runner/cli/options.ts';
import { prepare } from '../../../../runner/cli/prepare.ts';
import type { PeakproofError } from '../../../../scenarios/problem.ts';
import { loadedSuite } from '../suite-fixture.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'peakproof-chaos-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const target = `
name: staging
gateway: http://127.0.0.1:8000
scale: 1
allow: ["127.0.0.1:8000", "127.0.0.1:9000"]
`;
const permission = `
faults: { allowed: true, kinds: [crash], services: [payment], driver: process, processes: {} }
`;
const experiment = `
title: payment is killed
secrets: { control: { token: { type: env, key: TOKEN } } }
method:
  - type: action
    name: kill
    provider: { type: http, method: POST, url: "http://127.0.0.1:9000/kill?by=\${token}" }
    pauses: { after: 5 }
extensions: [{ name: peakproof, service: payment, kind: crash }]
`;

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const prepared = (options: PlanOptions) =>
  prepare(loadedSuite, { profile: 'soak', ...options }, { TOKEN: 's3cret' });

describe('--chaos', () => {
  it("takes the place of the profile's faults and of the target's driver", async () => {
    const options = {
      target: file('target.yaml', target + permission),
      chaos: [file('kill.yaml', experiment)],
    };
    const ready = await prepared(options);
    expect(ready.plan.faults).toMatchObject([{ id: 'payment-crash', service: 'payment', kind: 'crash' }]);
    const steps = dryRun(ready).filter(({ step }) => step === 'inject');
    expect(steps.map(({ what }) => what)).toEqual(['POST http://127.0.0.1:9000/kill?by=***']);
  });

  it('breaks nothing where the target allows no faults', async () => {
    const options = { target: file('target.yaml', target), chaos: [file('kill.yaml', experiment)] };
    const error: PeakproofError = await prepared(options).catch((reason) => reason);
    expect(error.problems.map(({ code }) => code)).toEqual(['FAULTS_NOT_ALLOWED']);
  });

  it('is never left out in silence, as the own faults of such a profile are', async () => {
    const profiles = loadedSuite.suite.profiles.map((own) => ({ ...own, faultsWherePossible: true }));
    const suite = { ...loadedSuite, suite: { ...loadedSuite.suite, profiles } };
    const options = {
      ...{ profile: 'soak', service: ['payment'], target: file('target.yaml', target + permission) },
      chaos: [file('kill.yaml', experiment)],
    };
    expect((await prepare(suite, options, { TOKEN: 's3cret' })).plan.faults).toHaveLength(1);
  });

  it('tells what is wrong with every file', async () => {
    const chaos = [
      file('two.yaml', `${experiment}---${experiment}`),
      join(folder, 'none.json'),
      file('bad.json', '{'),
    ];
    const error: PeakproofError = await prepared({ chaos }).catch((reason) => reason);
    expect(error.problems.map((found) => [found.code, found.file])).toEqual(
      chaos.map((path) => ['INVALID_EXPERIMENT', path]),
    );
    expect(error.exitCode).toBe(2);
  });
});
