import { cpSync, existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot, peakproof, temporaryFolder } from './cli.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

const short = ['rehearse', '--profile', 'smoke', '--duration', '8s', '--service', 'search'];
const error = (code: string) => new RegExp(`^error ${code} .*\\n +→ \\S`, 'm');

describe('before any load, with exit code 2', () => {
  const target = (text: string): string => {
    const file = join(folder.path, 'target.yaml');
    writeFileSync(file, text);
    return file;
  };
  const gateway = (port: number) => `name: shop
scale: 0.01
gateway: http://127.0.0.1:${port}
allow: [127.0.0.1]
secrets: { customerPassword: "\${PW}", webhookSecret: "\${PW}" }
`;

  it('a target that does not answer', async () => {
    const { code, stderr } = await peakproof([...short, '--target', target(gateway(9))], {
      env: { PW: 'x' },
    });
    expect(stderr).toMatch(error('TARGET_UNREACHABLE'));
    expect(code).toBe(2);
  });

  it('a target file with several mistakes, all told with their lines', async () => {
    const file = target(`${gateway(9).replace('scale: 0.01', 'scale: 20').replace('gateway', 'gatway')}`);
    const { code, stderr } = await peakproof([...short, '--target', file], { env: { PW: undefined } });
    expect(code).toBe(2);
    expect(stderr.match(/^error /gm)?.length).toBeGreaterThanOrEqual(3);
    expect(stderr).toMatch(/target\.yaml:2/);
    expect(stderr).toMatch(/PW/);
  });

  it('a k6 that is none', async () => {
    const { code, stderr } = await peakproof(short, { env: { PEAKPROOF_K6: process.execPath } });
    expect(stderr).toMatch(error('K6_UNUSABLE'));
    expect(code).toBe(2);
  });

  it('a run folder that cannot be written, and one that is somebody else’s', async () => {
    const unwritable = await peakproof([...short, '--out', '/proc/run']);
    expect(unwritable.stderr).toMatch(error('RUN_FOLDER_NOT_WRITABLE'));
    expect(unwritable.code).toBe(2);
    const foreign = await peakproof([...short, '--out', packageRoot]);
    expect(foreign.stderr).toMatch(error('RUN_FOLDER_NOT_EMPTY'));
    expect(foreign.code).toBe(2);
    expect(foreign.stderr + unwritable.stderr).not.toMatch(/sandbox|metrics at/);
  });

  it('a run folder beside other mistakes, all told at once and nothing made', async () => {
    const made = join(folder.path, 'made');
    const args = ['rehearse', '--profile', 'smok', '--load', '11', '--metrics-port', 'x'];
    const { code, stderr } = await peakproof([...args, '--out', packageRoot]);
    expect(code).toBe(2);
    expect(stderr.match(/^error \w+/gm)).toEqual([
      'error INVALID_OPTION',
      'error UNKNOWN_PROFILE',
      'error INVALID_OPTION',
      'error RUN_FOLDER_NOT_EMPTY',
    ]);
    expect((await peakproof([...args, '--out', made])).code).toBe(2);
    expect(existsSync(made)).toBe(false);
  });

  it('a port that is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((done) => taken.once('listening', done));
    const port = `${(taken.address() as { port: number }).port}`;
    for (const args of [
      ['sandbox', '--port', port],
      [...short, '--metrics-port', port],
    ]) {
      const { code, stderr } = await peakproof(args);
      expect(stderr).toMatch(error('PORT_IN_USE'));
      expect(stderr).toContain(port);
      expect(code).toBe(2);
    }
    taken.close();
  });

  it('an objective for a service that does not exist, with file and line', async () => {
    const suite = join(folder.path, 'suite');
    cpSync(join(packageRoot, 'test/fixtures/cinema'), suite, { recursive: true });
    for (const name of ['peakproof.config.ts', 'catalog.ts']) {
      const file = join(suite, name);
      writeFileSync(file, readFileSync(file, 'utf8').replaceAll("'../../../", `'${packageRoot}/`));
    }
    const objectives = join(suite, 'objectives/tickets.yaml');
    writeFileSync(
      objectives,
      readFileSync(objectives, 'utf8').replaceAll('service: tickets', 'service: tikets'),
    );
    const { code, stderr } = await peakproof(['plan'], {
      cwd: suite,
      env: { SCREENINGS_URL: 'http://127.0.0.1:9', TICKETS_URL: 'http://127.0.0.1:9' },
    });
    expect(code).toBe(2);
    expect(stderr).toMatch(error('UNKNOWN_SERVICE'));
    expect(stderr).toMatch(/objectives\/tickets\.yaml:\d+/);
    expect(stderr).toMatch(/tickets/);
  });
});

describe('a run folder that was damaged', () => {
  const run = join(folder.path, 'run');
  const log = join(run, 'measurements.log');

  beforeAll(async () => {
    const ended = await peakproof([...short, '--load', '10', '--out', run]);
    expect(ended, ended.stderr).toMatchObject({ code: 0 });
  });

  it('is evaluated up to where its log was cut, and called partial', async () => {
    const cut = join(folder.path, 'cut');
    cpSync(run, cut, { recursive: true });
    const size = readFileSync(join(cut, 'measurements.log')).length;
    truncateSync(join(cut, 'measurements.log'), Math.floor(size / 2));
    const { stdout } = await peakproof(['evaluate', cut]);
    expect(stdout).toMatch(/partial/i);
    expect(stdout).toMatch(/cut|truncated|damaged/i);
  });

  it('is evaluated up to the first byte that was altered', async () => {
    const altered = join(folder.path, 'altered');
    cpSync(run, altered, { recursive: true });
    const bytes = readFileSync(log);
    bytes.writeUInt8(bytes.readUInt8(bytes.length >> 1) ^ 0xff, bytes.length >> 1);
    writeFileSync(join(altered, 'measurements.log'), bytes);
    expect((await peakproof(['evaluate', altered])).stdout).toMatch(/altered/i);
  });

  it('is refused where what was promised was changed after the fact', async () => {
    const changed = join(folder.path, 'changed');
    cpSync(run, changed, { recursive: true });
    const file = join(changed, 'objectives.json');
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('0.9999', '0.5'));
    const { code, stderr } = await peakproof(['evaluate', changed]);
    expect(stderr).toMatch(error('RUN_ALTERED'));
    expect(code).toBe(2);
  });
});
