import { describe, expect, it } from 'vitest';
import { convertExperiment } from '../../../../../runner/faults/chaostoolkit/convert.ts';
import { readDocuments } from '../../../../../slo/openslo/documents.ts';

/** A valid experiment, changed at its top. */
function experiment(change: object = {}): object {
  return {
    title: 'Shoppers can pay while a payment replica is gone',
    configuration: {
      control: 'http://127.0.0.1:9000',
      replicas: { type: 'env', key: 'REPLICAS', default: 2 },
    },
    secrets: { control: { token: { type: 'env', key: 'CONTROL_TOKEN' } } },
    'steady-state-hypothesis': {
      title: 'payment answers',
      probes: [
        {
          type: 'probe',
          name: 'payment-is-well',
          tolerance: 200,
          provider: { type: 'http', url: 'http://127.0.0.1:8001/health', timeout: [1, 2] },
        },
      ],
    },
    method: [
      {
        type: 'action',
        name: 'kill-payment',
        provider: {
          type: 'http',
          method: 'POST',
          url: `\${control}/kill`,
          headers: { Authorization: `Bearer \${token}`, 'Content-Type': 'application/json' },
          arguments: { replicas: `\${replicas}` },
          expected_status: 202,
        },
        pauses: { after: 20 },
      },
      {
        type: 'probe',
        name: 'logs',
        provider: { type: 'process', path: 'journalctl', arguments: ['-n', 5] },
      },
      {
        type: 'probe',
        name: 'payment-is-gone',
        tolerance: { type: 'range', range: [502, 504], target: 'status' },
        provider: { type: 'http', url: 'http://127.0.0.1:8001/health' },
      },
    ],
    rollbacks: [
      {
        type: 'action',
        name: 'start-payment',
        provider: { type: 'process', path: 'start', arguments: { '--service': 'payment', '--wait': '' } },
      },
    ],
    extensions: [{ name: 'peakproof', service: 'payment', kind: 'crash', atSeconds: 40 }],
    ...change,
  };
}

function convert(
  value: object | string,
  env: NodeJS.ProcessEnv = { CONTROL_TOKEN: 's3cret' },
  allowShell = false,
) {
  const text = typeof value === 'string' ? value : JSON.stringify(value, null, 2);
  const [document] = readDocuments({ file: 'kill.json', text }, 'INVALID_EXPERIMENT').documents;
  if (document === undefined) throw new Error('no document');
  return convertExperiment(document, { env, allowShell });
}

const told = (value: object, env?: NodeJS.ProcessEnv) =>
  convert(value, env).problems.map(({ code, cause }) => `${code} ${cause}`);

describe('convertExperiment', () => {
  it('makes a fault of an experiment: injected, rolled back, steady, proven', () => {
    const { fault, confidential, problems } = convert(experiment());
    expect(problems).toEqual([]);
    expect(fault).toEqual({
      title: 'Shoppers can pay while a payment replica is gone',
      spec: { service: 'payment', kind: 'crash', atSeconds: 40, forSeconds: 20 },
      inject: [
        {
          type: 'http',
          method: 'POST',
          url: 'http://127.0.0.1:9000/kill',
          headers: { Authorization: 'Bearer s3cret', 'Content-Type': 'application/json' },
          body: { replicas: '2' },
          doneStatus: [202],
          timeoutMs: 30_000,
        },
      ],
      rollBack: [
        { type: 'process', file: 'start', args: ['--service', 'payment', '--wait'], timeoutMs: 30_000 },
      ],
      steady: [
        {
          name: 'payment-is-well',
          action: {
            type: 'http',
            method: 'GET',
            url: 'http://127.0.0.1:8001/health',
            headers: {},
            timeoutMs: 3_000,
          },
          expect: { status: [200] },
          everyMs: 200,
        },
      ],
      tookEffect: expect.objectContaining({ name: 'payment-is-gone', expect: { status: [502, 503, 504] } }),
    });
    expect(confidential).toEqual(['s3cret', '2']);
  });

  it('reads YAML too, and says on which line something is wrong', () => {
    const yaml = `
title: kill
method:
  - type: action
    name: kill
    provider:
      type: python
      module: chaosk8s.pod.actions
extensions: [{name: peakproof, service: payment, kind: crash}]
`;
    expect(convert(yaml).problems).toMatchObject([
      { code: 'UNSUPPORTED_EXPERIMENT', line: 7, cause: expect.stringMatching(/Python is not run here/) },
    ]);
  });

  it('knows activities by their name', () => {
    const rollbacks = [{ ref: 'kill-payment' }];
    expect(convert(experiment({ rollbacks })).fault?.rollBack).toMatchObject([
      { url: 'http://127.0.0.1:9000/kill' },
    ]);
    expect(told(experiment({ rollbacks: [{ ref: 'nobody' }] }))).toEqual([
      'INVALID_EXPERIMENT rollbacks[0].ref: there is no activity "nobody"',
    ]);
  });

  it('keeps shells out unless they are allowed', () => {
    const provider = { type: 'process', path: 'kubectl', arguments: 'delete pod payment | cat' };
    const shell = experiment({ rollbacks: [{ type: 'action', name: 'back', provider }] });
    expect(told(shell)).toEqual([
      'EXPERIMENT_NEEDS_SHELL rollbacks[0].provider.arguments: one text would go through a shell',
    ]);
    expect(convert(shell, { CONTROL_TOKEN: 'x' }, true).fault?.rollBack).toMatchObject([
      { file: 'sh', args: ['-c', 'kubectl delete pod payment | cat'] },
    ]);
  });

  it.each([
    ['http', { type: 'http', url: 'http://127.0.0.1/' }, 204, { status: [204] }],
    ['http', { type: 'http', url: 'http://127.0.0.1/' }, [200, 404], { status: [200, 404] }],
    [
      'http',
      { type: 'http', url: 'http://127.0.0.1/' },
      { type: 'regex', pattern: 'o+k', target: 'body' },
      { matches: 'o+k' },
    ],
    ['process', { type: 'process', path: 'true' }, 0, { exitCode: 0 }],
    [
      'process',
      { type: 'process', path: 'true' },
      { type: 'regex', pattern: '^1$', target: 'stdout' },
      { matches: '^1$' },
    ],
  ])('checks the tolerance of a probe by %s', (_, provider, tolerance, expected) => {
    const probes = [{ type: 'probe', name: 'p', tolerance, provider }];
    const { fault, problems } = convert(experiment({ 'steady-state-hypothesis': { title: '', probes } }));
    expect(problems).toEqual([]);
    expect(fault?.steady[0]?.expect).toEqual(expected);
  });

  it.each([
    ['a truth value', true],
    ['a JSON path', { type: 'jsonpath', path: '$.ok', target: 'body' }],
    ['another probe', { type: 'probe', name: 'x', provider: { type: 'python' } }],
    ['a pattern of Python alone', { type: 'regex', pattern: '(?P<x>1)', target: 'body' }],
    ['nothing', undefined],
  ])('refuses a tolerance that is %s', (_, tolerance) => {
    const provider = { type: 'http', url: 'http://127.0.0.1/' };
    const probes = [{ type: 'probe', name: 'p', tolerance, provider }];
    expect(told(experiment({ 'steady-state-hypothesis': { title: '', probes } })).join()).toMatch(
      /^UNSUPPORTED_EXPERIMENT steady-state-hypothesis.probes\[0\].tolerance: only a status/,
    );
  });

  it('puts arguments of a GET into its query, and sends no forms', () => {
    const action = (provider: object) => [
      { type: 'action', name: 'a', provider: { type: 'http', ...provider } },
    ];
    const get = action({ url: 'http://127.0.0.1/x?a=1', arguments: { b: 'c d' } });
    expect(convert(experiment({ method: get })).fault?.inject).toMatchObject([
      { url: 'http://127.0.0.1/x?a=1&b=c+d' },
    ]);
    const form = action({ url: 'http://127.0.0.1/x', method: 'post', arguments: { b: 1 } });
    expect(told(experiment({ method: form }))).toEqual([
      'UNSUPPORTED_EXPERIMENT method[0].provider.arguments: forms are not sent; JSON is',
    ]);
  });

  it('tells everything that is wrong at once', () => {
    const wrong = experiment({
      controls: [{ name: 'tracing' }],
      extensions: [],
      secrets: { vault: { token: { type: 'vault', key: 'x' } } },
      method: [
        {
          type: 'action',
          name: 'first',
          background: true,
          pauses: { after: 5 },
          provider: { type: 'http', method: 'TRACE', url: 'http://127.0.0.1/' },
        },
        { type: 'action', name: 'second', provider: { type: 'http', url: `\${nowhere}` } },
        { type: 'action', name: 'third', provider: { type: 'grpc' } },
      ],
      rollbacks: [{ type: 'action', name: 'back' }],
    });
    expect(told(wrong)).toEqual([
      'UNSUPPORTED_EXPERIMENT secrets.vault.token: values of type vault are not looked up; use type env',
      'UNSUPPORTED_EXPERIMENT controls: controls are Python, which is not run here',
      'INVALID_EXPERIMENT extensions: nothing says which service it breaks, and how',
      'UNSUPPORTED_EXPERIMENT method[0].background: activities run one after the other here',
      `INVALID_EXPERIMENT method[1].provider.url: \${nowhere} is declared nowhere`,
      'UNSUPPORTED_EXPERIMENT method[0].pauses: only a pause after the last action is kept, as how long the fault lasts',
      'UNSUPPORTED_EXPERIMENT method[0].provider.method: TRACE is not sent; GET, POST, PUT, PATCH, DELETE are',
      'INVALID_EXPERIMENT method[1].provider.url: is not a URL',
      'UNSUPPORTED_EXPERIMENT method[2].provider.type: there is no provider grpc; http and process are',
      expect.stringMatching(/^INVALID_EXPERIMENT rollbacks\[0\].provider: /),
    ]);
  });

  it('misses a variable that is not set, and an action', () => {
    const method = [{ type: 'probe', name: 'p', provider: { type: 'http', url: 'http://127.0.0.1/' } }];
    expect(told(experiment({ method }), {})).toEqual([
      'INVALID_EXPERIMENT secrets.control.token: CONTROL_TOKEN is not set',
      'INVALID_EXPERIMENT method: has no action: nothing would be broken',
    ]);
  });

  it('refuses what is no experiment', () => {
    expect(told({ title: 3, method: [] }).length).toBe(2);
    expect(told(['a list'])).toHaveLength(1);
  });
});
