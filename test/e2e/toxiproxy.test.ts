/** The real Toxiproxy between real k6 and a plain HTTP server; ten repetitions are bench/faults/toxiproxy.mjs. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { evaluateRun } from '../../runner/evaluate-run.ts';
import { drillThroughToxiproxy, whyNoToxiproxy } from '../fixtures/faults/toxiproxy-drill.ts';
import { isAlive } from './cli.ts';

const missing = await whyNoToxiproxy();
if (missing !== undefined) console.warn(`drills through Toxiproxy are not tested: ${missing}`);

let runs: string;
let run: string;

beforeEach(() => {
  runs = mkdtempSync(join(tmpdir(), 'peakproof-toxiproxy-'));
  run = join(runs, 'run');
});
afterEach(() => rmSync(runs, { recursive: true, force: true }));

/** The Toxiproxy of this run, found by the port of its control interface that the journal names. */
function toxiproxyPid(): number {
  const port = /http:\/\/127\.0\.0\.1:(\d+)\/proxies/.exec(
    readFileSync(join(run, 'faults.log'), 'utf8'),
  )?.[1];
  if (port === undefined) throw new Error('nothing was injected yet');
  const processes = execFileSync('ps', ['-eo', 'pid=,comm=,args='], { encoding: 'utf8' }).split('\n');
  const own = processes.find((row) => / toxiproxy/.test(row) && row.endsWith(` -port ${port}`));
  return Number(own?.trim().split(/\s+/, 1)[0]);
}

describe.skipIf(missing !== undefined)('a drill through the real Toxiproxy', () => {
  it('measures recovery within half a second of the truth, and leaves no process', async () => {
    const trial = { kind: 'refused', illSeconds: 1.4 } as const;
    const { result, truthSeconds, measuredSeconds } = await drillThroughToxiproxy(trial, run);
    expect(result.problems).toEqual([]);
    expect(result.verdict.drills?.drills).toMatchObject([{ answer: 'pass', problems: [] }]);
    expect(Math.abs(measuredSeconds - truthSeconds)).toBeLessThan(0.5);
    expect(toxiproxyPid()).toBeNaN();
  });

  it('proves nothing if Toxiproxy dies in mid-drill, and says so', async () => {
    const drilled = drillThroughToxiproxy({ kind: 'latency', illSeconds: 5 }, run);
    const pid = await vi.waitFor(() => toxiproxyPid(), { timeout: 30_000, interval: 50 });
    process.kill(pid, 'SIGKILL');
    const { result } = await drilled;
    expect(result.problems).toMatchObject([{ code: 'TOXIPROXY_ENDED' }]);
    expect(result.exitCode).not.toBe(0);
    expect(result.verdict.drills?.drills).toMatchObject([{ answer: 'inconclusive' }]);
    expect(isAlive(pid)).toBe(false);
    const [drill] = evaluateRun(run).measurements.drills;
    expect(drill?.problems.join()).toMatch(/ended early: Toxiproxy ended by SIGKILL/);
  });
});
