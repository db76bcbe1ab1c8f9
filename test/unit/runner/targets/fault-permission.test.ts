import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { driverRow } from '../../../../runner/faults/bind.ts';
import type { FaultDriver } from '../../../../runner/faults/types.ts';
import { parseTarget } from '../../../../runner/targets/target-file.ts';
import { PeakproofError } from '../../../../scenarios/problem.ts';
import { suite } from '../suite-fixture.ts';

const seen = vi.hoisted(() => ({ settings: undefined as unknown }));

const lever: FaultDriver<{ token: string; levers: readonly string[] }> = {
  name: 'lever',
  kinds: ['crash'],
  settings: z.strictObject({ token: z.string(), levers: z.array(z.string()).min(1) }),
  check: async (settings) => {
    seen.settings = settings;
    return [];
  },
  describe: () => [],
  prepare: async () => ({ procedures: [], stop: async () => {} }),
};

vi.mock('../../../../runner/faults/drivers/index.ts', () => ({
  get faultDrivers() {
    return [driverRow(lever)];
  },
}));

const file = (faults: string) => `name: street
gateway: http://shop.test
scale: 1
allow: [shop.test]
faults:
${faults}`;

const good = `  allowed: true
  kinds: [crash]
  services: [payment]
  driver: lever
  token: \${LEVER_TOKEN}
  levers: [left, "x-\${LEVER_TOKEN}"]
`;

function parse(faults: string, env: NodeJS.ProcessEnv = { LEVER_TOKEN: 'hush-hush' }) {
  return parseTarget(file(faults), 'shop.yaml', { catalog: suite.catalog, secretNames: [], env });
}

function problemsOf(faults: string, env?: NodeJS.ProcessEnv): string[] {
  try {
    parse(faults, env);
    return [];
  } catch (error) {
    if (!(error instanceof PeakproofError)) throw error;
    return error.problems.map(({ line, cause }) => `${line} ${cause}`);
  }
}

describe('faults in a target file', () => {
  it('name kinds, services and a driver, which gets its settings filled in', async () => {
    const { faults, confidential } = parse(good);
    expect(faults).toMatchObject({ kinds: ['crash'], services: ['payment'], driver: { name: 'lever' } });
    await faults?.driver.check([], {
      environment: { name: 'street', scale: 1, baseUrls: {} },
      ...{ allow: [], headers: {}, healthPaths: {} },
    });
    expect(seen.settings).toEqual({ token: 'hush-hush', levers: ['left', 'x-hush-hush'] });
    expect(confidential).toContain('hush-hush');
  });

  it('are forbidden unless allowed, whatever else is said', () => {
    expect(parse(good.replace('true', 'false')).faults).toBeUndefined();
    expect(parse(good.replace('  allowed: true\n', '  allowed: false\n')).faults).toBeUndefined();
  });

  it('are refused with everything wrong at once, each with its line', () => {
    const bad = `  allowed: true
  kinds: [crahs]
  services: [payment, paymnt]
  driver: lever
  token: in-the-open
  levers: []
  colour: red
`;
    expect(problemsOf(bad)).toEqual([
      '7 faults.kinds: there is no "crahs" (did you mean "crash"?)',
      '8 faults.services: there is no "paymnt" (did you mean "payment"?)',
      '10 faults.token holds a literal',
      '11 faults.levers: too small: expected array to have >=1 items',
      '12 unknown field faults.colour',
    ]);
  });

  it('need all three lists, and a driver that there is', () => {
    expect(problemsOf('  allowed: true\n')).toEqual([
      '5 faults.kinds is missing',
      '5 faults.services is missing',
      '5 faults.driver is missing',
    ]);
    expect(problemsOf(good.replace('driver: lever', 'driver: leever'))).toEqual([
      '9 faults.driver: there is no "leever" (did you mean "lever"?)',
    ]);
    expect(problemsOf(good, {})).toContain('10 faults.token: LEVER_TOKEN is not set');
  });
});
