import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { startTicksOf } from '../../../../runner/process/named-process.ts';
import { spawnGuarded } from '../../../../runner/process/spawn-guarded.ts';

describe.runIf(process.platform === 'linux')('a guarded child', () => {
  it('takes along what it started, also if it ends without caring for it', async () => {
    const child = await spawnGuarded({
      ...{ file: 'sh', args: ['-c', 'sleep 60 & echo $!; wait'], cwd: process.cwd() },
      env: { PATH: process.env.PATH ?? '' },
    });
    const [text] = (await once(child.stdout, 'data')) as [Buffer];
    const pid = Number(text.toString());
    expect(startTicksOf(pid)).toBeDefined();
    child.signal('SIGTERM');
    expect(await child.ended).toEqual({ signal: 'SIGTERM' });
    await expect.poll(() => startTicksOf(pid), { timeout: 5000 }).toBeUndefined();
  });
});
