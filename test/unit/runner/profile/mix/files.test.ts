import { describe, expect, it } from 'vitest';
import { mixOfHar } from '../../../../../runner/profile/mix/har.ts';
import { mixOfOpenApi } from '../../../../../runner/profile/mix/openapi.ts';
import { mixOfRoute } from '../../../../../runner/profile/mix/route.ts';

const har = (...entries: readonly unknown[]) => JSON.stringify({ log: { entries } });
const entry = (url: string, request = {}, status = 200) => ({
  request: { method: 'GET', url, headers: [], ...request },
  response: { status },
});
const routes = ({ conversations }: ReturnType<typeof mixOfHar>) =>
  conversations.flat().map(({ route }) => route);

describe('mixOfHar', () => {
  it('keeps the paths of the first host, with the headers that belong to the request', () => {
    const headers = [
      { name: 'Accept', value: 'text/html' },
      { name: ':authority', value: 'shop' },
      { name: 'Cookie', value: 'a=1' },
      { name: 'If-None-Match', value: '"x"' },
    ];
    const mix = mixOfHar(
      har(entry('https://shop/a?b=1', { headers }, 304), entry('https://cdn/c')),
      'x.har',
      {},
    );
    expect(mix.conversations).toEqual([
      [
        {
          route: 'GET /a',
          method: 'GET',
          path: '/a?b=1',
          headers: { accept: 'text/html', cookie: 'a=1' },
          expect: [],
        },
      ],
    ]);
    expect(mix.notes[0]).toContain('1 of 2');
  });

  it('leaves out what could break out of a request', () => {
    const mix = mixOfHar(
      har(
        entry('https://shop/ok', {
          headers: [
            { name: 'x', value: 'a\r\nhost: evil' },
            { name: 'b c', value: '1' },
          ],
        }),
        entry('https://shop/a', { method: 'GET /x HTTP/1.1\r\n' }),
        entry('not a url'),
        null,
        entry('https://shop/big', { method: 'POST', postData: { text: 'x'.repeat(300_000) } }),
      ),
      'x.har',
      {},
    );
    expect(routes(mix)).toEqual(['GET /ok']);
    expect(mix.conversations[0]?.[0]?.headers).toEqual({});
  });

  it('takes at most 500 requests, and only the method asked for', () => {
    const many = Array.from({ length: 600 }, (_, index) => entry(`https://shop/${index}`));
    expect(mixOfHar(har(...many), 'x.har', {}).conversations).toHaveLength(500);
    const mix = mixOfHar(har(entry('https://shop/a'), entry('https://shop/b', { method: 'POST' })), 'x', {
      method: 'post',
    });
    expect(routes(mix)).toEqual(['POST /b']);
  });

  it.each(['{"log":', '[]', 'null', '{"log":{"entries":7}}', har(), har(entry('nowhere'))])(
    'refuses %s',
    (text) => {
      expect(() => mixOfHar(text, 'x.har', {})).toThrow(/INVALID_REQUESTS/);
    },
  );
});

const api = (paths: object, more: object = {}) => JSON.stringify({ openapi: '3.1.0', paths, ...more });

describe('mixOfOpenApi', () => {
  it('makes up what is required from examples, defaults and schemas', () => {
    const document = api(
      {
        '/items/{id}': {
          parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer', minimum: 7 } }],
          get: { parameters: [{ $ref: '#/components/parameters/page' }, { name: 'q', in: 'query' }] },
          delete: {},
        },
        '/items': {
          post: {
            requestBody: {
              content: { 'application/json': { schema: { $ref: '#/components/schemas/item' } } },
            },
          },
        },
      },
      {
        servers: [{ url: 'https://api.example/v1' }],
        components: {
          parameters: { page: { name: 'page', in: 'query', required: true, example: 2 } },
          schemas: {
            item: {
              type: 'object',
              required: ['name', 'tags', 'parent'],
              properties: {
                name: { type: 'string', minLength: 3 },
                tags: { type: 'array', items: { enum: ['a', 'b'] } },
                parent: { $ref: '#/components/schemas/item' },
                note: { type: 'string' },
              },
            },
          },
        },
      },
    );
    const requests = mixOfOpenApi(document, 'api.json', {}).conversations.flat();
    expect(requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /v1/items/7?page=2',
      'POST /v1/items',
    ]);
    expect(JSON.parse(requests[1]?.body ?? '')).toMatchObject({
      name: '111',
      tags: ['a'],
      parent: { name: '111' },
    });
  });

  it('deletes only where it is asked to', () => {
    const document = api({ '/a': { delete: {} } });
    expect(() => mixOfOpenApi(document, 'x', {})).toThrow(/INVALID_REQUESTS/);
    expect(routes(mixOfOpenApi(document, 'x', { method: 'DELETE' }))).toEqual(['DELETE /a']);
  });

  it('reads YAML, and leaves out what it cannot give', () => {
    const yaml = `
openapi: 3.0.0
paths:
  /ok: { get: {} }
  /cookie: { get: { parameters: [{ name: s, in: cookie, required: true, schema: { type: string } }] } }
  /form: { post: { requestBody: { content: { text/csv: {} } } } }
  "/a b\\r\\nhost: evil": { get: {} }
`;
    const mix = mixOfOpenApi(yaml, 'x.yaml', {});
    expect(routes(mix)).toEqual(['GET /ok']);
    expect(mix.notes[0]).toContain('3 operations are left out');
  });

  it.each([
    ['a: [b', 'broken YAML'],
    ['openapi: 2.0.0\npaths: {}', 'another version'],
    ['- 1', 'no document'],
    [
      `a: &a [x, x, x, x, x, x, x, x, x]\n${'bcdefghij'
        .split('')
        .map((c, i) => `${c}: &${c} [${Array(9).fill(`*${'abcdefghij'[i]}`)}]`)
        .join('\n')}`,
      'a bomb of aliases',
    ],
    [api({ '/a': { get: { parameters: 7 } } }), 'a broken operation'],
    [api({}), 'nothing'],
  ])('refuses %s (%s)', (text) => {
    expect(() => mixOfOpenApi(text, 'x', {})).toThrow(/INVALID_REQUESTS/);
  });
});

describe('mixOfRoute', () => {
  it('sends a body as what it looks like, by POST', () => {
    const [[request] = []] = mixOfRoute({ route: '/a', body: '{"b":1}' }).conversations;
    expect(request).toMatchObject({ method: 'POST', headers: { 'content-type': 'application/json' } });
  });

  it('tells everything wrong at once', () => {
    expect(() => mixOfRoute({ route: 'a\r\nb', method: 'EVIL' })).toThrow(/--method[\s\S]*--route/);
  });
});
