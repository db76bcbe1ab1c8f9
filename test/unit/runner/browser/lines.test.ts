import { describe, expect, it } from 'vitest';
import { readBrowserLine } from '../../../../runner/browser/lines.ts';

const view = {
  ...{ kind: 'page-view', atMs: 1, page: 'home', device: 'phone', cache: 'cold', loadMs: 900 },
  resources: [
    {
      name: 'http://127.0.0.1:4000/p/1?email=a@b.c',
      kind: 'navigation',
      startMs: 0,
      durationMs: 40,
      bytes: 9,
    },
  ],
};
const frame = {
  kind: 'frame',
  page: 'home',
  device: 'phone',
  milestone: 'loaded',
  atMs: 9,
  pngBase64: 'aGk=',
};
const read = (value: unknown) => readBrowserLine(JSON.stringify(value));

describe('lines of the browser', () => {
  it('tell of page views without hosts and queries, and of pictures', () => {
    expect(read(view)).toMatchObject({
      kind: 'page-view',
      view: { loadMs: 900, resources: [{ name: '/p/1' }] },
    });
    expect(read(frame)).toMatchObject({ kind: 'frame', frame: { pngBase64: 'aGk=' } });
    expect(read({ kind: 'browser-failure', cause: 'no\npage' })).toEqual({
      kind: 'failure',
      cause: 'no page',
    });
  });

  it.each([
    ['no JSON', '{'],
    ['another kind', JSON.stringify({ kind: 'order' })],
    ['a picture that is none', JSON.stringify({ ...frame, pngBase64: '"><script>' })],
    ['a picture without end', JSON.stringify({ ...frame, pngBase64: 'A'.repeat(200_000) })],
    ['resources without end', JSON.stringify({ ...view, resources: new Array(101).fill(view.resources[0]) })],
    ['a load before its beginning', JSON.stringify({ ...view, loadMs: -1 })],
    ['another device', JSON.stringify({ ...view, device: 'toaster' })],
  ])('that hold %s are none', (_name, text) => {
    expect(readBrowserLine(text)).toBeUndefined();
  });
});
