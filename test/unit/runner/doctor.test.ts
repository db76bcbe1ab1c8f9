import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import {
  checkCores,
  checkMemory,
  checkNode,
  checkOpenFiles,
  checkPorts,
  diagnose,
} from '../../../runner/doctor.ts';
import { diagnoseSuite } from '../../../runner/doctor-suite.ts';
import { checkFaultTools } from '../../../runner/doctor-tools.ts';

const gibibyte = 1024 ** 3;

it.each([
  [checkNode('20.19.0'), 'fine', undefined],
  [checkNode('22.1.0'), 'fine', undefined],
  [checkNode('20.18.9'), 'missing', /Install Node 20\.19/],
  [checkCores(2), 'fine', undefined],
  [checkCores(1), 'limited', /share one core/],
  [checkMemory(2 * gibibyte), 'fine', undefined],
  [checkMemory(gibibyte), 'limited', /1\.5 GiB/],
  [checkMemory(gibibyte, false), 'fine', undefined],
  [checkMemory(gibibyte / 2, false), 'limited', /^The generator wants 1 GiB/],
  [checkPorts(2, false), 'fine', undefined],
  [checkOpenFiles(4096), 'fine', undefined],
  [checkOpenFiles(Number.POSITIVE_INFINITY), 'fine', undefined],
  [checkOpenFiles(undefined), 'fine', undefined],
  [checkOpenFiles(1024), 'limited', /About 768|about 768 connections.*ulimit -n 4096/],
  [checkPorts(32), 'fine', undefined],
  [checkPorts(31), 'missing', /127\.0\.0\.1/],
])('$name $found is %s', (finding, state, advice) => {
  expect(finding.state).toBe(state);
  if (advice === undefined) expect(finding.advice).toBeUndefined();
  else expect(finding.advice).toMatch(advice);
});

it('finds nothing but says how to get it, on a machine without tools', async () => {
  const findings = await diagnose({
    PATH: '/nowhere',
    PEAKPROOF_CACHE: '/nowhere',
    PEAKPROOF_CHROMIUM: '/nowhere/chromium',
  });
  const states = Object.fromEntries(findings.map(({ name, state }) => [name, state]));
  expect(states).toMatchObject({
    k6: 'missing',
    Go: 'limited',
    Chromium: 'limited',
    Node: 'fine',
    ports: 'fine',
  });
  for (const { state, advice } of findings) expect(advice === undefined).toBe(state === 'fine');
});

it('tells a PEAKPROOF_K6 that does not run', async () => {
  const findings = await diagnose({ ...process.env, PEAKPROOF_K6: '/nowhere/k6' });
  expect(findings.find(({ name }) => name === 'k6')).toMatchObject({
    state: 'missing',
    isRequired: true,
    found: expect.stringContaining('/nowhere/k6 does not run'),
  });
});

it('says what the tools of fault drivers are needed for; none of them is required', async () => {
  const nowhere = { PATH: '/nowhere', PEAKPROOF_CACHE: '/nowhere' };
  const findings = await checkFaultTools(nowhere);
  expect(findings.map(({ name, state, isRequired }) => [name, state, isRequired])).toEqual([
    ['Toxiproxy', 'limited', false],
    ['kubectl', 'limited', false],
    ['aws', 'limited', false],
  ]);
  expect(findings.map(({ advice }) => /needed for faults by driver (\w+)/.exec(advice ?? '')?.[1])).toEqual([
    'toxiproxy',
    'kubernetes',
    'fis',
  ]);
  const [wrong] = await checkFaultTools({ ...nowhere, PEAKPROOF_TOXIPROXY: '/nowhere/toxiproxy' });
  expect(wrong).toMatchObject({ state: 'limited', found: expect.stringContaining('does not run') });
});

it('looks at the suite at hand, and says what keeps it from being rehearsed', async () => {
  const config = fileURLToPath(new URL('../../fixtures/cinema/peakproof.config.ts', import.meta.url));
  const urls = { SCREENINGS_URL: 'http://127.0.0.1:9', TICKETS_URL: 'http://127.0.0.1:9' };
  const ready = await diagnoseSuite({ config, cwd: '/' }, urls);
  expect(ready.hasSandbox).toBe(false);
  expect(ready.findings.map(({ state }) => state)).toEqual(['fine', 'fine']);
  const [, target] = (await diagnoseSuite({ config, cwd: '/' }, {})).findings;
  expect(target).toMatchObject({ state: 'missing', isRequired: false });
  const [suite] = (await diagnoseSuite({ config: '/nowhere', cwd: '/' }, {})).findings;
  expect(suite).toMatchObject({ name: 'suite', state: 'missing', isRequired: true });
});
