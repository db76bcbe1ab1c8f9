import { describe, expect, it } from 'vitest';
import { parseTarget } from '../../../../runner/targets/target-file.ts';
import type { Catalog, Service } from '../../../../scenarios/model.ts';
import { PeakproofError } from '../../../../scenarios/problem.ts';

const service: Service = {
  description: '',
  tier: 'critical',
  team: '',
  calls: [],
  edge: 'gateway',
  health: '/health',
  routes: {},
};
const catalog: Catalog = { payment: service, order: service };

const good = `name: staging
gateway: https://shop.test/api/
services:
  payment: https://payment.test:8443
headers:
  authorization: Bearer \${SHOP_TOKEN}
  x-tenant: blue
secrets:
  webhookSecret: \${HOOK}
scale: 0.1
allow: [shop.test, payment.test:8443]
`;

function parse(text: string, env: NodeJS.ProcessEnv = { SHOP_TOKEN: 't0ken', HOOK: 'h00k' }) {
  return parseTarget(text, 'shop.yaml', { catalog, secretNames: ['webhookSecret'], env });
}

function problemsOf(text: string, env?: NodeJS.ProcessEnv): string[] {
  try {
    parse(text, env);
    return [];
  } catch (error) {
    if (!(error instanceof PeakproofError)) throw error;
    return error.problems.map(({ code, line, cause }) => `${line} ${code} ${cause}`);
  }
}

describe('parseTarget', () => {
  it('reads where pages send beacons, within the allow list, with its key from the environment', () => {
    const env = { SHOP_TOKEN: 't0ken', HOOK: 'h00k', FARO: 'k3y' };
    const withCollector = (lines: string) => good.replace('scale:', `collector:\n${lines}scale:`);
    const url = '  url: https://shop.test/collect\n';
    const target = parse(withCollector(`${url}  key: \${FARO}\n`), env);
    expect(target.collector).toEqual({ url: 'https://shop.test/collect', apiKey: 'k3y' });
    expect(target.confidential).toContain('k3y');
    expect(problemsOf(withCollector(`${url}  key: abc\n`), env).join()).toContain(
      'collector.key holds a literal',
    );
    const elsewhere = withCollector(`  url: https://faro.test/collect\n  key: \${FARO}\n`);
    expect(problemsOf(elsewhere, env).join()).toContain('host faro.test:443 is not in the allow list');
  });

  it('gives each service its own address or the gateway, with secrets from the environment', () => {
    expect(parse(good)).toEqual({
      environment: {
        name: 'staging',
        scale: 0.1,
        baseUrls: { payment: 'https://payment.test:8443', order: 'https://shop.test/api' },
      },
      allow: ['shop.test:443', 'payment.test:8443'],
      headers: { authorization: 'Bearer t0ken', 'x-tenant': 'blue' },
      secrets: { webhookSecret: 'h00k' },
      metricEndpoints: {},
      metricsUrls: {},
      confidential: ['t0ken', 'h00k'],
    });
  });

  it('knows where services tell their memory, and their limits', () => {
    const memory = 'memory:\n  payment: { metrics: "https://payment.test:8443/metrics", limitMb: 512 }\n';
    const { metricsUrls, environment } = parse(good + memory);
    expect(metricsUrls).toEqual({ payment: 'https://payment.test:8443/metrics' });
    expect(environment.memoryLimitsMb).toEqual({ payment: 512 });
  });

  it('refuses memory of unknown services and at hosts that are not allowed', () => {
    expect(problemsOf(`${good}memory:\n  paymet: { metrics: "https://other.test/metrics" }\n`)).toEqual([
      '13 UNKNOWN_SERVICE there is no service "paymet"',
      '13 INVALID_TARGET memory.paymet.metrics: host other.test:443 is not in the allow list',
    ]);
    expect(problemsOf(`${good}memory:\n  payment: { metrics: "x" }\n`)).toEqual([
      '13 INVALID_TARGET memory.payment.metrics: is not a URL',
    ]);
  });

  it('knows where services tell their replicas, and what they may cost', () => {
    const ready = '{ metrics: "https://payment.test:8443/kube", metric: ready, labels: { deployment: pay } }';
    const order = '{ metrics: "https://payment.test:8443/metrics" }';
    const counted = `replicas:\n  services:\n    payment: ${ready}\n    order: ${order}\n`;
    const { replicaGauges, environment } = parse(`${good}${counted}  budgetSecondsPer1000: 900\n`);
    expect(replicaGauges).toEqual({
      payment: { url: 'https://payment.test:8443/kube', metric: 'ready', labels: { deployment: 'pay' } },
      order: { url: 'https://payment.test:8443/metrics', metric: 'replicas', labels: {} },
    });
    expect(environment.replicas).toEqual({ services: ['payment', 'order'], budgetSecondsPer1000: 900 });
    expect(parse(good + counted).environment.replicas).toEqual({ services: ['payment', 'order'] });
  });

  it('refuses replicas that cannot be counted, and a budget for none', () => {
    const replicas = (text: string) => problemsOf(`${good}replicas:\n  ${text}\n`);
    expect(replicas('services: { paymet: { metrics: "https://other.test/metrics" } }')).toEqual([
      '13 UNKNOWN_SERVICE there is no service "paymet"',
      '13 INVALID_TARGET replicas.services.paymet.metrics: host other.test:443 is not in the allow list',
    ]);
    expect(replicas('budgetSecondsPer1000: 5')).toEqual([expect.stringMatching(/INVALID_TARGET .*services/)]);
    expect(replicas('services: {}')).toEqual([expect.stringContaining('name at least one service')]);
    expect(replicas('services: { order: { metrics: "https://shop.test/m", metric: "a b" } }')).toEqual([
      expect.stringContaining('must be the name of a metric'),
    ]);
  });

  it('tells everything wrong at once, each with its line', () => {
    const text = `name: staging
gateway: ftp://shop.test
services:
  paymnt: http://10.0.0.1
  order: http://me:pass@10.0.0.1
headers:
  authorization: Bearer abc
secrets:
  other: \${NOT_SET}
scale: 1
allow: [10.0.0.2]
`;
    expect(problemsOf(text)).toEqual([
      '4 UNKNOWN_SERVICE there is no service "paymnt"',
      '2 INVALID_TARGET gateway: must start with http:// or https://',
      `5 INVALID_TARGET services.order: must not hold a user name or password; use headers with \${ENV_NAME}`,
      '4 INVALID_TARGET services.paymnt: host 10.0.0.1:80 is not in the allow list',
      '7 INVALID_TARGET headers.authorization holds a literal',
      '9 INVALID_TARGET secrets.other: NOT_SET is not set',
      "8 INVALID_TARGET secrets.webhookSecret is missing, which the suite's scenarios need",
    ]);
  });

  it.each([
    [
      'an unknown key',
      good.replace('scale:', 'scal:'),
      '10 INVALID_TARGET unknown field scal (did you mean "scale"?)',
    ],
    ['a scale of 0', good.replace('scale: 0.1', 'scale: 0'), '10 INVALID_TARGET scale: must be above 0'],
    [
      'a scale of 2',
      good.replace('scale: 0.1', 'scale: 2'),
      '10 INVALID_TARGET scale: must be at most 1, the full scale',
    ],
    ['no allow list', good.replace(/allow.*/, 'allow: []'), /11 INVALID_TARGET allow/],
    ['broken YAML', 'name: [', /INVALID_TARGET/],
    ['two documents', `${good}---\n${good}`, 'undefined INVALID_TARGET must hold exactly one document'],
    ['nothing', '', 'undefined INVALID_TARGET must hold exactly one document'],
  ])('refuses %s', (_, text, expected) => {
    const problems = problemsOf(text);
    expect(
      problems.some((item) => (typeof expected === 'string' ? item === expected : expected.test(item))),
    ).toBe(true);
  });

  it('takes addresses from the environment too, and checks what came out', () => {
    const text = good.replace('https://shop.test/api/', `\${SHOP_URL}`);
    const env = { SHOP_TOKEN: 't', HOOK: 'h' };
    expect(parse(text, { ...env, SHOP_URL: 'https://shop.test' }).environment.baseUrls.order).toBe(
      'https://shop.test',
    );
    expect(problemsOf(text, { ...env, SHOP_URL: 'http://elsewhere.test' })).toEqual([
      '2 INVALID_TARGET gateway: host elsewhere.test:80 is not in the allow list',
    ]);
    expect(problemsOf(text, env)).toEqual(['2 INVALID_TARGET gateway: SHOP_URL is not set']);
  });

  it('allows exactly the ports that its own addresses have', () => {
    expect(parse(good.replace('payment.test:8443]', 'payment.test]')).allow).toEqual([
      'shop.test:443',
      'payment.test:8443',
    ]);
    expect(problemsOf(good.replace('payment.test:8443]', 'payment.test:443]'))).toEqual([
      '4 INVALID_TARGET services.payment: host payment.test:8443 is not in the allow list',
    ]);
  });

  it('never quotes a password of an address', () => {
    expect(problemsOf(good.replace('https://shop.test', 'https://me:s3cret@shop.test')).join()).not.toContain(
      's3cret',
    );
  });
});

describe('metric sources', () => {
  const env = { SHOP_TOKEN: 't0ken', HOOK: 'h00k', PROM: 'pr0m', LOGIN: 'l0gin' };
  const withSources = `${good}prometheus:
  url: http://prometheus.test:9090/
  headers: { authorization: "Bearer \${PROM}" }
sources:
  shop-metrics: { url: http://prometheus.test:9091, username: ann, password: "\${LOGIN}", scrapeSeconds: 5 }
`.replace('payment.test:8443]', 'payment.test:8443, prometheus.test]');

  it('are told where to find, with credentials that are kept out of everything', () => {
    const { metricEndpoints, allow, confidential, confirmBecause } = parse(withSources, env);
    const basic = Buffer.from('ann:l0gin').toString('base64');
    expect(metricEndpoints).toEqual({
      Prometheus: {
        url: 'http://prometheus.test:9090',
        headers: { authorization: 'Bearer pr0m' },
        scrapeSeconds: 15,
      },
      'shop-metrics': {
        url: 'http://prometheus.test:9091',
        headers: { authorization: `Basic ${basic}` },
        scrapeSeconds: 5,
      },
    });
    expect(allow).toEqual(expect.arrayContaining(['prometheus.test:9090', 'prometheus.test:9091']));
    expect(confidential).toEqual(['t0ken', 'h00k', 'pr0m', 'l0gin', basic]);
    expect(confirmBecause).toBeUndefined();
  });

  it.each([
    [
      'a host that is not allowed',
      ['prometheus.test]', 'prometheus.test:9090]'],
      '16 INVALID_TARGET sources.shop-metrics.url: host prometheus.test:9091 is not in the allow list',
    ],
    [
      'a password in the file',
      [`"\${LOGIN}"`, 'l0gin'],
      '16 INVALID_TARGET sources.shop-metrics.password holds a literal',
    ],
    [
      'a user without password',
      [`, password: "\${LOGIN}"`, ''],
      '16 INVALID_TARGET sources.shop-metrics: give both username and password',
    ],
    [
      'two kinds of credentials',
      ['scrapeSeconds: 5', `headers: {Authorization: "\${PROM}"}`],
      '16 INVALID_TARGET sources.shop-metrics: give either username and password or an authorization header',
    ],
    [
      'a scrape interval of 0',
      ['scrapeSeconds: 5', 'scrapeSeconds: 0'],
      '16 INVALID_TARGET sources.shop-metrics.scrapeSeconds: must be at least 1',
    ],
    [
      'a mistyped key',
      ['scrapeSeconds: 5', 'scrapeSecond: 5'],
      '16 INVALID_TARGET unknown field sources.shop-metrics.scrapeSecond (did you mean "scrapeSeconds"?)',
    ],
  ])('are refused with %s', (_, [found = '', put = ''], expected) => {
    expect(withSources).toContain(found);
    expect(problemsOf(withSources.replace(found, put), env)).toEqual([expected]);
  });
});

describe('production', () => {
  const at = (host: string, name = 'shop', more = '') =>
    parse(
      `name: ${name}\ngateway: https://${host}\nscale: 1\nallow: ["${host}"]\nsecrets: {webhookSecret: "\${HOOK}"}\n${more}`,
    ).confirmBecause;

  it.each([
    ['127.0.0.1'],
    ['[::1]'],
    ['10.1.2.3:8080'],
    ['172.31.0.1'],
    ['192.168.1.1'],
    ['[fd12::1]'],
    ['localhost'],
    ['shop'],
    ['shop.staging.svc'],
    ['shop.internal'],
  ])('is not suspected at %s', (host) => {
    expect(at(host)).toBeUndefined();
  });

  it.each([
    ['8.8.8.8'],
    ['172.32.0.1'],
    ['[2606:4700::1]'],
    ['shop.example.com'],
    ['shop.prod.internal'],
    ['production'],
    ['live-shop.local'],
  ])('is suspected at %s', (host) => {
    expect(at(host)).toBeDefined();
  });

  it('is suspected by name, however private the host', () => {
    expect(at('10.0.0.1', 'shop-prod')).toBe('"shop-prod" sounds like production');
    expect(at('10.0.0.1', 'products')).toBeUndefined();
  });

  it('may be stated, and denied for a public host', () => {
    expect(at('10.0.0.1', 'shop', 'production: true')).toMatch(/production: true/);
    expect(at('shop.example.com', 'shop', 'production: false')).toBeUndefined();
    expect(at('shop.example.com', 'prod', 'production: false')).toBeDefined();
  });
});
