import { describe, expect, it } from 'vitest';
import { fisDriver } from '../../../../../runner/faults/drivers/fis.ts';
import { whyUndone } from '../../../../../runner/faults/supervisor/answers.ts';
import { attempt } from '../../../../../runner/faults/supervisor/attempt.ts';
import type { Action } from '../../../../../runner/faults/types.ts';
import { fakeTool } from './fake-tool.ts';
import { causes, fault, read, target } from './fault-fixture.ts';

const settings = read(fisDriver, {
  region: 'eu-west-1',
  profile: 'staging',
  experiments: [{ services: ['payment'], kinds: ['crash', 'latency'], template: 'EXT1a2b3c' }],
});
const calm = new AbortController().signal;
const context = { target, runFolder: '/runs/2026-11-27', signal: calm, onProgress: () => {} };
const account = ['--region', 'eu-west-1', '--profile', 'staging', '--output', 'json'];

async function prepare() {
  const [procedure] = (await fisDriver.prepare(settings, [fault('crash')], context)).procedures;
  if (procedure === undefined) throw new Error('no procedure');
  return procedure;
}

/** A text argument that follows its flag. */
function following(flag: string, args: readonly string[] = []): string {
  return args[args.indexOf(flag) + 1] ?? '';
}

const perform = async (action: Action | undefined) =>
  action === undefined ? 'there is no action' : whyUndone(action, await attempt(action, calm));

/** Each call starts a Node of its own. */
describe('fis driver', { timeout: 30_000 }, () => {
  it('starts an experiment with every action skipped before anything is loaded, and then the real one', async () => {
    const aws = fakeTool('aws');
    const { inject } = await prepare();
    expect(await perform(inject[0])).toBeUndefined();
    const [dry, real] = aws.calls();
    const start = ['fis', 'start-experiment', '--experiment-template-id', 'EXT1a2b3c'];
    expect(dry?.args.slice(0, 4)).toEqual(start);
    expect(following('--experiment-options', dry?.args)).toBe('actionsMode=skip-all');
    expect(real?.args.slice(0, 4)).toEqual(start);
    expect(real?.args).not.toContain('--experiment-options');
    expect(real?.args.slice(-6)).toEqual(account);
    expect(following('--client-token', real?.args)).not.toBe(following('--client-token', dry?.args));
    expect(following('--client-token', real?.args).length).toBeLessThanOrEqual(64);
  });

  it('stops what it started and nothing else, found by its tag', async () => {
    const aws = fakeTool(
      'aws',
      `if (args[1] === 'list-experiments') {
        const fs = require('node:fs'), path = require('node:path');
        const calls = fs.readFileSync(path.join(__dirname, 'calls'), 'utf8').trim().split('\\n').map(JSON.parse);
        const token = calls.filter((c) => c.args[1] === 'start-experiment').at(-1).args;
        const [name, tag] = token[token.indexOf('--tags') + 1].split('=');
        const mine = { [name]: tag };
        const first = { nextToken: 'page-2', experiments: [
          { id: 'EXPother', tags: { [name]: 'another' }, state: { status: 'running' } },
          { id: 'EXPdone', tags: mine, state: { status: 'completed' } },
          { id: 'EXPsoon', tags: mine, state: { status: 'pending' } },
          { id: 'EXPstarts', tags: mine, state: { status: 'initiating' } },
        ] };
        const second = { experiments: [
          { id: 'EXPmine', tags: mine, state: { status: 'running' } },
          { id: 'EXPbare', state: { status: 'running' } },
        ] };
        console.log(JSON.stringify(args.includes('page-2') ? second : first));
      }`,
    );
    const { inject, rollBack } = await prepare();
    expect(await perform(inject[0])).toBeUndefined();
    expect(await perform(rollBack[0])).toBeUndefined();
    const stopped = aws.calls().filter(({ args }) => args[1] === 'stop-experiment');
    expect(stopped.map(({ args }) => args)).toEqual(
      ['EXPsoon', 'EXPstarts', 'EXPmine'].map((id) => ['fis', 'stop-experiment', '--id', id, ...account]),
    );
  });

  it('has nothing to stop where none was started, and fails where nobody can tell', async () => {
    fakeTool('aws', `console.log(JSON.stringify({ experiments: [] }))`);
    const { rollBack } = await prepare();
    expect(await perform(rollBack[0])).toBeUndefined();
    fakeTool('aws', `console.error('Unable to locate credentials'); process.exitCode = 253`);
    expect(await perform(rollBack[0])).toMatch(/ended with 1/);
  });

  it('tells which faults have no experiment', async () => {
    fakeTool('aws');
    const faults = [fault('crash'), fault('hang'), fault('latency', { service: 'search' })];
    expect(causes(await fisDriver.check(settings, faults, target))).toEqual([
      'INVALID_TARGET faults.experiments: there is none for payment hang',
      'INVALID_TARGET faults.experiments: there is none for search latency',
    ]);
  });

  it('refuses what is no template id', () => {
    const wrong = { region: 'eu-west-1', experiments: [{ template: 'my template' }] };
    expect(fisDriver.settings.safeParse(wrong).error?.issues[0]?.message).toMatch(/EXT/);
  });
});
