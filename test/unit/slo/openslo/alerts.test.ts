import { describe, expect, test } from 'vitest';
import { latency, problemsOf, read, warningsOf } from './till.ts';

const document = (kind: string, name: string, spec: string) =>
  `apiVersion: openslo/v1\nkind: ${kind}\nmetadata: { name: ${name} }\nspec: ${spec}\n---\n`;

const condition =
  '{ severity: page, condition: { kind: burnrate, op: gt, threshold: 14.4, lookbackWindow: 1h, alertAfter: 5m } }';
const documents =
  document(
    'AlertPolicy',
    'fast-burn',
    '{ alertWhenBreaching: true, conditions: [{ conditionRef: burns }], notificationTargets: [{ targetRef: mail }] }',
  ) +
  document('AlertCondition', 'burns', condition) +
  document('AlertNotificationTarget', 'mail', '{ target: email }');

const referring = `${latency}  alertPolicies: [{ alertPolicyRef: fast-burn }]\n`;
const inline = `${latency}  alertPolicies:
    - kind: AlertPolicy
      metadata: { name: fast-burn }
      spec:
        alertWhenBreaching: true
        conditions: [{ kind: AlertCondition, metadata: { name: burns }, spec: ${condition} }]
        notificationTargets: [{ kind: AlertNotificationTarget, metadata: { name: mail }, spec: { target: email } }]
`;

const fastBurn = {
  name: 'fast-burn',
  severity: 'page',
  op: 'gt',
  threshold: 14.4,
  lookbackSeconds: [3600],
  alertAfterSeconds: 300,
  whenBreaching: true,
  whenNoData: false,
};

test.each([
  ['by reference', documents + referring],
  ['by reference to what comes later', referring.concat('---\n', documents)],
  ['inline', inline],
])('a burn-rate alert %s', (_, text) => {
  expect(problemsOf(text)).toEqual([]);
  expect(read(text).objectives[0]?.alerts).toEqual([fastBurn]);
});

test('kind and alertAfter have the defaults of the standard', () => {
  const text = inline.replace('kind: burnrate, ', '').replace(', alertAfter: 5m', '');
  expect(read(text).objectives[0]?.alerts).toEqual([{ ...fastBurn, alertAfterSeconds: 0 }]);
});

test('that nobody is notified is said', () => {
  expect(warningsOf(inline, 'strict')).toEqual([
    '27 spec.alertPolicies[0].spec.notificationTargets: read, and not used: nobody is notified from here',
  ]);
});

describe('refused', () => {
  test.each([
    [referring, 'spec.alertPolicies[0].alertPolicyRef: there is no AlertPolicy "fast-burn"'],
    [documents.replace('conditionRef: burns', 'conditionRef: burn') + referring, '(did you mean "burns"?)'],
    [
      documents.replace('conditionRef: burns', 'conditionRef: fast-burn') + referring,
      'is of kind AlertPolicy, where',
    ],
    [
      documents.replace('targetRef: mail', 'targetRef: male') + referring,
      'there is no AlertNotificationTarget "male"',
    ],
    [
      documents.replace('conditionRef: burns', 'conditionRef: burn') + latency,
      'there is no AlertCondition "burn"',
    ],
    [documents.replace('[{ conditionRef: burns }]', '[]') + referring, 'name exactly one condition'],
    [
      inline.replace('      metadata: { name: fast-burn }\n', ''),
      'give either alertPolicyRef, or kind: AlertPolicy',
    ],
    [inline.replace('- kind', '- alertPolicyRef: other\n      kind'), 'give either alertPolicyRef'],
    [inline.replace('threshold: 14.4', 'threshold: -1'), 'condition.threshold: too small'],
    [inline.replace('lookbackWindow: 1h', 'lookbackWindow: 1M'), 'lookbackWindow: use minutes, hours'],
    [inline.replace('alertAfter: 5m', 'alertAfter: 30s'), 'alertAfter: use minutes'],
    [inline.replace('kind: burnrate', 'kind: latency'), 'condition.kind: invalid input'],
  ])('in any mode %#', (text, cause) => {
    expect(problemsOf(text)).toEqual([expect.stringContaining(cause)]);
    expect(problemsOf(text, 'lenient')).toEqual([expect.stringContaining(cause)]);
  });

  test.each([
    [inline.replace('op: gt', 'op: lte'), 'lte alerts while the budget burns slowly'],
    [inline.replace('alertWhenBreaching: true', 'alertWhenBreaching: false'), 'it never alerts'],
    [inline.replace(/ +notificationTargets.*\n/, ''), 'name at least one notification target'],
  ])('in strict mode %#', (text, cause) => {
    expect(problemsOf(text)).toEqual([expect.stringContaining(cause)]);
    expect(problemsOf(text, 'lenient')).toEqual([]);
    expect(warningsOf(text)).toContainEqual(expect.stringContaining(cause));
  });
});
