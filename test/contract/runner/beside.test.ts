/** What runs beside the load may crash or hang: it ends nothing else, and is gone in the end. */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { startBeside } from '../../../runner/browser/beside.ts';
import { startBrowser } from '../../../runner/browser/browser.ts';
import { startVirtualBeacons } from '../../../runner/browser/virtual-beacons.ts';

const folder = mkdtempSync(join(tmpdir(), 'peakproof-beside-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A program that takes k6's place. */
function standIn(name: string, script: string): string {
  const file = join(folder, name);
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return file;
}

function begin(k6: string) {
  const marked: string[] = [];
  const logged: string[] = [];
  const started = startBeside({
    ...{ k6, name: 'browser', scriptFile: join(folder, 'script.ts'), env: {} },
    onMarked: (text) => marked.push(text),
    onLogLine: (line) => logged.push(line),
  });
  return { marked, logged, started };
}

it('tells marked lines from what else is said, also of one that crashes', async () => {
  const line = '{"level":"info","source":"console","msg":"PEAKPROOF {}"}';
  const { marked, logged, started } = begin(
    standIn('crash', `echo '${line}' >&2; echo 'Aw, snap!' >&2; exit 9`),
  );
  await (await started).stop();
  expect([marked, logged]).toEqual([['{}'], ['browser: Aw, snap!']]);
});

it('ends one that hangs and ignores every signal that it can', async () => {
  const k6 = standIn('hang', 'trap "" INT TERM; echo $$; while :; do sleep 1; done');
  const { logged, started } = begin(k6);
  const running = await started;
  await expect.poll(() => logged.length).toBe(1);
  const pid = Number(logged[0]?.replace('browser: ', ''));
  await running.stop();
  expect(() => process.kill(pid, 0)).toThrow('ESRCH');
}, 20_000);

it.runIf(process.platform === 'linux')('lets it run where the cores are idle', async () => {
  const { logged, started } = begin(
    standIn('nice', 'echo "nice $(nice)"; cat /proc/self/autogroup 2>/dev/null || echo "nice 19"'),
  );
  const running = await started;
  await expect.poll(() => logged.length, { timeout: 5_000 }).toBe(2);
  await running.stop();
  // Its own priority, and that of its session, which alone counts against other sessions where there are such groups.
  expect(logged).toEqual([expect.stringMatching(/nice 19$/), expect.stringMatching(/nice 19$/)]);
});

it('keeps a browser to the hosts that are allowed', async () => {
  const logged: string[] = [];
  const k6 = standIn('arguments', 'echo "$K6_BROWSER_ARGS"');
  const browser = await startBrowser(
    { k6, chromium: '/usr/bin/chromium' },
    {
      ...{ scriptFile: join(folder, 'script.ts'), planFile: 'plan.json' },
      ...{ allow: ['shop.test:443'], collectorUrl: 'http://127.0.0.1:4000/collect' },
      onLine: () => {},
      onLogLine: (line) => logged.push(line),
    },
  );
  await browser.stop();
  const proxy = 'proxy-server=127.0.0.1:1,proxy-bypass-list=<-loopback>;shop.test:443;127.0.0.1:4000';
  await expect.poll(() => logged.join()).toContain(proxy);
});

it('takes a last line that its end cut off for none', async () => {
  const notes: string[] = [];
  const logged: string[] = [];
  const beacons = await startVirtualBeacons({
    k6: standIn('cut', `echo 'PEAKPROOF {"kind":"beacons","se'; echo 'that was it'`),
    ...{ planFile: 'plan.json', collector: { url: 'http://127.0.0.1:4000/collect', apiKey: 'k' } },
    onNote: (text) => notes.push(text),
    onLogLine: (line) => logged.push(line),
  });
  await beacons.stop();
  expect(logged).toEqual(['beacons: that was it']);
  expect(notes).toEqual([]);
});

it('rejects where there is no such program', async () => {
  await expect(begin(join(folder, 'nowhere')).started).rejects.toThrow('ENOENT');
});
