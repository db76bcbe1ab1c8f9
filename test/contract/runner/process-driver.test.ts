/** A real service is killed and started again, stopped and continued, as the supervisor would do it. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FaultKind } from '../../../profiles/faults.ts';
import { processDriver } from '../../../runner/faults/drivers/process.ts';
import { freePort } from '../../../runner/faults/drivers/toxiproxy/ports.ts';
import { isYes, whyUndone } from '../../../runner/faults/supervisor/answers.ts';
import { attempt } from '../../../runner/faults/supervisor/attempt.ts';
import type { Action, Check, FaultProcedure } from '../../../runner/faults/types.ts';
import { startTicksOf } from '../../../runner/process/named-process.ts';

const calm = new AbortController().signal;
let folder: string;
let port: number;
let start: string;

/** A service that is started as an operator would: once, in the background, with its pid in a file. */
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'peakproof-process-'));
  port = await freePort();
  const server = join(folder, 'server.mjs');
  writeFileSync(
    server,
    `import { createServer } from 'node:http';
     createServer((_, response) => response.end('well')).listen(${port}, '127.0.0.1');
     setTimeout(() => process.exit(), 60_000);`,
  );
  start = join(folder, 'start');
  writeFileSync(
    start,
    `#!/bin/sh
grep -q '^State:.[^Z]' "/proc/$(cat ${folder}/pid 2>/dev/null)/status" 2>/dev/null && exit 0
${process.execPath} ${server} </dev/null >/dev/null 2>&1 &
echo $! > ${folder}/pid
`,
  );
  chmodSync(start, 0o755);
  execFileSync(start);
});

afterEach(() => {
  if (isAlive(pid())) process.kill(pid(), 'SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** Not even as a corpse that nobody has fetched. */
const isAlive = (id: number) => startTicksOf(id) !== undefined;

const pid = () => Number(readFileSync(join(folder, 'pid'), 'utf8'));

async function procedureOf(kind: FaultKind): Promise<FaultProcedure> {
  const settings = processDriver.settings.parse({
    processes: { payment: { pidFile: join(folder, 'pid'), restart: [start] } },
  });
  const fault = { id: kind, service: 'payment', kind, startSecond: 0, endSecond: 1, parameters: {} };
  const target = {
    environment: { name: 'here', scale: 1, baseUrls: { payment: `http://127.0.0.1:${port}` } },
    allow: [`127.0.0.1:${port}`],
    headers: {},
    healthPaths: { payment: '/health' },
  };
  expect(await processDriver.check(settings, [fault], target)).toEqual([]);
  const [procedure] = processDriver.describe(settings, [fault], target);
  if (procedure === undefined) throw new Error('no procedure');
  return procedure;
}

async function perform(actions: readonly Action[]): Promise<void> {
  for (const action of actions) expect(whyUndone(action, await attempt(action, calm))).toBeUndefined();
}

const becomes = (check: Check | undefined, yes: boolean) =>
  vi.waitFor(
    async () => {
      if (check === undefined) throw new Error('no check');
      expect(isYes(check, await attempt(check.action, calm))).toBe(yes);
    },
    { timeout: 20_000, interval: 50 },
  );

describe.runIf(process.platform === 'linux')('the process driver', () => {
  it.each<FaultKind>(['crash', 'hang'])(
    'breaks a service by %s and mends it, twice if asked',
    async (kind) => {
      const { inject, rollBack, tookEffect, steady } = await procedureOf(kind);
      await becomes(steady[0], true);
      await becomes(tookEffect, false);
      const before = pid();
      await perform(inject);
      await becomes(tookEffect, true);
      await perform([...rollBack, ...rollBack]);
      await becomes(steady[0], true);
      expect(isAlive(before)).toBe(kind === 'hang');
      expect(isAlive(pid())).toBe(true);
    },
  );
});
