import { expect, it } from 'vitest';
import type { PlanOptions } from '../../../../runner/cli/options.ts';
import { findPolicy, prepare } from '../../../../runner/cli/prepare.ts';
import { PeakproofError } from '../../../../scenarios/problem.ts';
import { loadedSuite } from '../suite-fixture.ts';

async function problemsOf(options: PlanOptions): Promise<string[]> {
  const error = await prepare(loadedSuite, options, {}).then(
    () => new PeakproofError([]),
    (reason: unknown) => reason,
  );
  if (!(error instanceof PeakproofError)) throw error;
  return error.problems.map(({ code, cause, remedy }) => `${code} ${cause} → ${remedy}`);
}

it('plans the default profile against the sandbox', async () => {
  const { plan, profile, policy, target } = await prepare(loadedSuite, { seed: '7' }, {});
  expect(profile.name).toBe('smoke');
  expect(policy.name).toBe('rehearsal');
  expect(plan).toMatchObject({ suite: 'corner-shop', seed: 7, durationSeconds: 25, selected: false });
  expect(plan.environment).toMatchObject({ name: 'sandbox', scale: 0.01 });
  expect(target.needsAddresses).toBe(false);
});

it('draws a seed where none is given', async () => {
  const seeds = await Promise.all([1, 2].map(async () => (await prepare(loadedSuite, {}, {})).plan.seed));
  expect(seeds[0]).not.toBe(seeds[1]);
});

it('applies load, duration and selection', async () => {
  const { plan } = await prepare(
    loadedSuite,
    { profile: 'soak', load: '3x', duration: '2m', service: ['payment'] },
    {},
  );
  expect(plan).toMatchObject({ durationSeconds: 120, selected: true });
  expect(plan.scenarios.map(({ name }) => name)).toEqual(['payment']);
  expect(plan.phases[0]?.toMultiplier).toBe(3);
});

it('tells every problem of a bad combination at once', async () => {
  const problems = await problemsOf({
    profile: 'smok',
    service: ['paymnt'],
    journey: ['chekout'],
    load: '11',
    duration: '5 parsecs',
    seed: '0',
    policy: 'relase',
    sandboxImpair: ['payment:latency=1'],
  });
  expect(problems).toEqual([
    'UNKNOWN_PROFILE there is no profile "smok" → Did you mean "smoke"?',
    'UNKNOWN_POLICY there is no policy "relase" → Did you mean "release"?',
    expect.stringMatching(/^INVALID_OPTION --sandbox-impair: .*payment:latency=1/),
    'INVALID_OPTION --duration cannot be "5 parsecs" → Give a duration such as 90s, 5m or 1h.',
    'INVALID_OPTION --seed cannot be "0" → Give a whole number from 1 to 2147483647.',
    expect.stringMatching(/^INVALID_OPTION --load 11 is outside 1 to 10/),
    'UNKNOWN_SERVICE there is no service "paymnt" → Did you mean "payment"?',
    'UNKNOWN_JOURNEY there is no journey "chekout" → Did you mean "checkout"?',
  ]);
});

it('says which target file is missing, and that a real target is never impaired', async () => {
  expect(await problemsOf({ target: 'nowhere.yaml', service: ['nobody'] })).toEqual([
    expect.stringMatching(/^INVALID_TARGET target file .*nowhere\.yaml: does not exist/),
    expect.stringMatching(/^UNKNOWN_SERVICE/),
  ]);
  const breaking = { sandboxImpair: ['order:errors=1%'], sandboxDefect: ['no-idempotency'] };
  expect(await problemsOf({ target: 'shop.yaml', ...breaking })).toEqual([
    expect.stringMatching(/^INVALID_OPTION --sandbox-impair goes with the sandbox only/),
    expect.stringMatching(/^INVALID_OPTION --sandbox-defect goes with the sandbox only/),
  ]);
});

it('names the defects that there are not, and what was meant', async () => {
  expect(await problemsOf({ sandboxDefect: ['no-idempotence', 'slow', 'autoscaler-off'] })).toEqual([
    'INVALID_OPTION --sandbox-defect: there is no defect "no-idempotence" → Did you mean "no-idempotency"?',
    expect.stringMatching(/^INVALID_OPTION --sandbox-defect: there is no defect "slow" → Known: no-circuit/),
  ]);
});

it('takes the first policy of a suite that has no "rehearsal"', () => {
  const policies = loadedSuite.policies.filter(({ name }) => name === 'release');
  expect(findPolicy({ ...loadedSuite, policies }, undefined).name).toBe('release');
});
