/** The target files and the experiment of docs/fault-drivers.md are read as users' are. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { faultKinds } from '../../../profiles/faults.ts';
import { convertExperiment } from '../../../runner/faults/chaostoolkit/convert.ts';
import { faultDrivers } from '../../../runner/faults/drivers/index.ts';
import { faultTargetOf } from '../../../runner/faults/fault-target.ts';
import { parseTarget } from '../../../runner/targets/target-file.ts';
import { catalog } from '../../../scenarios/catalog.ts';
import { readDocuments } from '../../../slo/openslo/documents.ts';
import { root } from '../../fixtures/documented.ts';

const file = 'docs/fault-drivers.md';
const text = readFileSync(join(root, file), 'utf8');
const env = { CHAOS_TOKEN: 's3cret-token' };

/** Contents of the fenced blocks of a language. */
function blocks(language: string): string[] {
  return [...text.matchAll(/^```(.*)\n([\s\S]*?)^```$/gm)]
    .filter(([, name]) => name === language)
    .map(([, , content = '']) => content);
}

const targets = blocks('yaml').map((content) =>
  parseTarget(content, file, { catalog, secretNames: [], env }),
);

it('has an example of every driver but the sandbox, whose target is no file', () => {
  const shown = new Set(targets.map(({ faults }) => faults?.driver.name));
  const all = faultDrivers.map(({ name }) => name).filter((name) => name !== 'sandbox');
  expect([...shown].sort()).toEqual(all.sort());
});

it.each(targets.map((target) => [target.faults?.driver.name, target] as const))(
  'driver %s finds nothing wrong with its settings for any fault that its example allows',
  async (_, target) => {
    const { faults } = target;
    const planned = (faults?.kinds ?? []).flatMap((kind) =>
      (faults?.services ?? []).map((service) => ({
        id: `${service}-${kind}`,
        service,
        kind,
        startSecond: 10,
        endSecond: 20,
        parameters: faultKinds[kind].parameters,
      })),
    );
    expect(planned.map(({ kind }) => kind).filter((kind) => !faults?.driver.kinds.includes(kind))).toEqual(
      [],
    );
    const problems = (await faults?.driver.check(planned, faultTargetOf(catalog, target))) ?? [];
    // What the machine of the test lacks: a tool, a cluster, the processes of the example.
    const wrong = problems.filter(
      ({ code, cause }) => code !== 'FAULT_DRIVER_UNUSABLE' && !cause.startsWith('faults.processes.'),
    );
    expect(wrong).toEqual([]);
  },
);

it('has an experiment that is run as it stands', () => {
  const [content = ''] = blocks('yaml chaos');
  const [document] = readDocuments({ file, text: content }, 'INVALID_EXPERIMENT').documents;
  const converted = document && convertExperiment(document, { env, allowShell: false });
  expect(converted?.problems).toEqual([]);
  expect(converted?.fault).toMatchObject({
    spec: { service: 'payment', kind: 'crash', atSeconds: 60, forSeconds: 15 },
  });
});

it('names each kind that a driver knows', () => {
  for (const { faults } of targets) {
    const row = text.split('\n').find((line) => line.startsWith(`| [\`${faults?.driver.name}\`]`));
    const told = row?.split('|')[3]?.trim() ?? '';
    const untold = (faults?.driver.kinds ?? []).filter((kind) => !told.includes(`\`${kind}\``));
    expect(told === 'all' ? [] : untold).toEqual([]);
  }
});
