import { describe, expect, it } from 'vitest';
import { attempt } from '../../../../runner/faults/supervisor/attempt.ts';

const calm = new AbortController().signal;
const shell = (script: string, timeoutMs: number) =>
  attempt({ type: 'process', file: 'sh', args: ['-c', script], timeoutMs }, calm);

describe('a command', () => {
  it('is done when it ends, though what it started holds its output open and goes on', async () => {
    const { exitCode, text = '', failure } = await shell('sleep 30 & echo $!', 5_000);
    const pid = Number(text);
    expect({ exitCode, failure }).toEqual({ exitCode: 0, failure: undefined });
    // Throws if it does not run any more.
    process.kill(pid, 'SIGKILL');
  });

  it('ends with all that it started when its time is up', async () => {
    const { failure } = await shell('sleep 30 & wait', 100);
    expect(failure).toBe('no answer in 100 ms');
  });
});
