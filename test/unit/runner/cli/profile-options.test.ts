import { describe, expect, it } from 'vitest';
import { readProfileOptions } from '../../../../runner/cli/profile-options.ts';

const none = { services: [], command: [] };
const at = 'http://127.0.0.1:3000';

describe('readProfileOptions', () => {
  it('knows what is to be profiled by what is named', () => {
    const asked = (words: Parameters<typeof readProfileOptions>[0], options = {}) =>
      readProfileOptions(words, options).asked;
    expect(asked({ services: ['payment'], command: [] })).toEqual({ kind: 'service', name: 'payment' });
    expect(asked(none, { url: at })).toEqual({ kind: 'url', url: at, name: '127.0.0.1-3000' });
    expect(asked(none, { url: at, pid: '4711' })).toMatchObject({ kind: 'process', pid: 4711 });
    expect(asked({ services: [], command: ['node', 'dir/server.js', '--port=1'] })).toEqual({
      kind: 'command',
      command: ['node', 'dir/server.js', '--port=1'],
      name: 'server.js',
    });
  });

  it('sends load to this machine only, unless the host is named again', () => {
    const to = (url: string, confirmTarget?: string) => () =>
      readProfileOptions(none, { url, ...(confirmTarget === undefined ? {} : { confirmTarget }) });
    for (const url of [at, 'http://localhost', 'http://[::1]:80', 'http://127.1.2.3'])
      expect(to(url)).not.toThrow();
    expect(to('http://10.0.0.1')).toThrow(/TARGET_NOT_CONFIRMED/);
    expect(to('http://127.0.0.1.evil.example')).toThrow(/TARGET_NOT_CONFIRMED/);
    expect(to('http://shop.example', 'other.example')).toThrow(/TARGET_NOT_CONFIRMED/);
    expect(to('http://shop.example', 'shop.example')).not.toThrow();
  });

  it('tells everything wrong at once', () => {
    const options = { url: 'ftp://x', pid: '1', rate: ['0'], rateTime: '2h', har: 'a', openapi: 'b' };
    const read = () => readProfileOptions({ services: ['payment'], command: ['node'] }, options);
    for (const part of ['--url', '--pid', '--rate', '--rate-time', '--har and --openapi', 'in its sandbox']) {
      expect(read).toThrow(part);
    }
  });

  it.each([
    [none, {}, 'nothing to profile'],
    [{ services: ['a', 'b'], command: [] }, {}, 'more than one service'],
    [none, { pid: '44' }, '--pid does not tell where'],
    [{ services: [], command: ['node'] }, { pid: '44', url: at }, 'two services'],
    [none, { url: at, har: 'x', body: '{}' }, '--body goes with --route'],
    [{ services: ['payment'], command: [] }, { har: 'x' }, 'scenarios'],
    [{ services: ['payment'], command: [] }, { method: 'POST' }, 'scenarios'],
  ])('refuses %j %j', (words, options, cause) => {
    expect(() => readProfileOptions(words, options)).toThrow(cause);
  });
});
