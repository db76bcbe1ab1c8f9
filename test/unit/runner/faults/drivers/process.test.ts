import { type ChildProcess, spawn } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { processDriver } from '../../../../../runner/faults/drivers/process.ts';
import { causes, fault, read, target } from './fault-fixture.ts';

let service: ChildProcess;
beforeAll(() => {
  service = spawn('sleep', ['60']);
});
afterAll(() => service.kill('SIGKILL'));

const settingsOf = (payment: object) => read(processDriver, { processes: { payment } });

describe.runIf(process.platform === 'linux')('process driver', () => {
  it('kills and starts again, stops and continues', () => {
    const own = settingsOf({
      pid: service.pid,
      restart: ['systemctl', 'start', 'payment'],
      restartSeconds: 5,
    });
    const [crash, hang] = processDriver.describe(own, [fault('crash'), fault('hang')], target);
    const process = { pid: service.pid, startTicks: expect.stringMatching(/^\d+$/) };
    expect(crash?.inject).toEqual([{ type: 'signal', signal: 'SIGKILL', process }]);
    expect(crash?.rollBack).toEqual([
      { type: 'process', file: 'systemctl', args: ['start', 'payment'], timeoutMs: 5_000 },
    ]);
    expect(hang?.inject).toEqual([{ type: 'signal', signal: 'SIGSTOP', process }]);
    expect(hang?.rollBack).toEqual([{ type: 'signal', signal: 'SIGCONT', process }]);
  });

  it('leaves the restart to the system where none is named', () => {
    const [crash] = processDriver.describe(
      settingsOf({ pidFile: '/run/payment.pid' }),
      [fault('crash')],
      target,
    );
    expect(crash?.rollBack).toEqual([]);
  });

  it.each([
    ['two ways to name it', { pid: 99, pidFile: '/run/x.pid' }, /exactly one of pid, pidFile and command/],
    ['no way to name it', { restart: ['true'] }, /exactly one of pid, pidFile and command/],
    ['a relative pid file', { pidFile: 'x.pid' }, /absolute path/],
    ['the first process', { pid: 1 }, />=2/],
  ])('refuses %s', (_, part, message) => {
    const result = processDriver.settings.safeParse({ processes: { payment: part } });
    expect(result.error?.issues.map((issue) => issue.message).join()).toMatch(message);
  });

  it('tells which processes cannot be found, all at once', async () => {
    const own = read(processDriver, {
      processes: { payment: { pidFile: '/nowhere/payment.pid' }, search: { pid: 2 ** 22 + 1 } },
    });
    const faults = [
      fault('hang'),
      fault('hang', { service: 'search' }),
      fault('crash', { service: 'shipping' }),
    ];
    expect(causes(await processDriver.check(own, faults, target))).toEqual([
      "INVALID_TARGET faults.processes.payment: ENOENT: no such file or directory, open '/nowhere/payment.pid'",
      'INVALID_TARGET faults.processes.search: no such process runs',
      'INVALID_TARGET faults.processes.shipping is missing: nothing says which process that is',
      'INVALID_TARGET faults.probes: shipping crash: the service has no address and no rule a url',
    ]);
  });

  it('refuses a bare pid where a drill follows on a crash', async () => {
    const own = settingsOf({ pid: service.pid });
    expect(await processDriver.check(own, [fault('hang'), fault('crash')], target)).toEqual([]);
    expect(causes(await processDriver.check(own, [fault('crash'), fault('hang')], target))).toEqual([
      'INVALID_TARGET faults.processes.payment: a pid ends with the first crash; name it by pidFile or command',
    ]);
  });
});
