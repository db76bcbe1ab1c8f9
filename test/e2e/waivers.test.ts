/** Waivers as a user meets them: in policy files of a suite, before anything is started. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { packageRoot, peakproof, temporaryFolder } from './cli.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

/** The built-in suite under another set of policies. */
function suiteWith(waiver: string): string {
  mkdirSync(join(folder.path, 'policies'), { recursive: true });
  const policy = ['name: ci', 'description: d', 'blocking: [{}]', 'inconclusive: tolerate', 'partial: hold'];
  writeFileSync(join(folder.path, 'policies', 'ci.yaml'), `${policy.join('\n')}\nwaivers:\n${waiver}`);
  const config = join(folder.path, 'peakproof.config.ts');
  const builtIn = join(packageRoot, 'peakproof.config.ts');
  const parts = {
    script: 'scenarios/script.ts',
    browserScript: 'scenarios/browser/storefront.ts',
    objectives: 'slo/objectives',
  };
  const absolute = Object.entries(parts).map(
    ([name, path]) => `${name}: ${JSON.stringify(join(packageRoot, path))}`,
  );
  writeFileSync(
    config,
    `import suite from ${JSON.stringify(builtIn)};\nexport default { ...suite, ${absolute.join(', ')}, policies: 'policies' };\n`,
  );
  return config;
}

const waiver = (objective: string, expires: string) =>
  `  - objective: ${objective}\n    owner: payments\n    reason: r\n    expires: ${expires}\n`;

describe('an expired waiver', () => {
  it('ends a rehearsal before anything starts, with file and line', async () => {
    const run = join(folder.path, 'run');
    const config = suiteWith(waiver('payment-uptime', '2020-01-31'));
    const args = ['--config', config, '--policy', 'ci', '--profile', 'smoke', '--out', run];
    const ended = await peakproof(['rehearse', ...args]);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toMatch(
      /error WAIVER_EXPIRED {2}policies\/ci\.yaml:7: policy ci: the waiver of payments for payment-uptime ended on 2020-01-31/,
    );
    expect(existsSync(run)).toBe(false);
  });

  it('does not keep a plan from being shown: nothing is decided there', async () => {
    const config = suiteWith(waiver('payment-uptime', '2020-01-31'));
    expect(await peakproof(['plan', '--config', config, '--profile', 'smoke'])).toMatchObject({ code: 0 });
  });
});

it('a waiver of an objective that nobody stated is told, with what was meant', async () => {
  const config = suiteWith(waiver('paymnt-uptime', '2999-01-31'));
  const { code, stderr } = await peakproof(['list', 'policies', '--config', config]);
  expect(code).toBe(2);
  expect(stderr).toMatch(
    /error INVALID_POLICY .*no objective "paymnt-uptime" \(did you mean "payment-uptime"\?\)/,
  );
});
