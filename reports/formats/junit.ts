/** JUnit XML: a test suite for each service, a test case for each objective; and one for what became worse. */
import type { DrillLine } from '../drill-views.ts';
import { isOpen, withNote } from '../open.ts';
import type { RegressionView } from '../told.ts';
import type { ObjectiveView, ReportModel } from '../types.ts';

interface TestCase {
  readonly suite: string;
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly result: 'success' | 'failure' | 'skipped';
  readonly message: string;
  /** Of a failure: its kind, and more than the message says. */
  readonly type: string;
  readonly detail: string;
}

export function renderJunit(model: ReportModel): string {
  const { policy, regressions } = model.decision;
  const cases = [
    ...model.objectives.map((objective) => objectiveCase(objective, policy)),
    ...(model.drills?.drills ?? []).map((drill) => drillCase(drill, policy)),
    ...regressions.map((regression) => regressionCase(regression, policy)),
  ];
  const suites = [...new Set(cases.map(({ suite }) => suite))];
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name=${quoted(model.title)} ${counts(cases)}>`,
    ...suites.flatMap((suite) =>
      testSuite(
        suite,
        cases.filter((item) => item.suite === suite),
      ),
    ),
    '</testsuites>',
  ];
  return `${lines.join('\n')}\n`;
}

function objectiveCase(objective: ObjectiveView, policy: string): TestCase {
  const { id, service, name, status, promised, measured, certainty, reason, budgetSpent, note } = objective;
  return {
    suite: service,
    name,
    properties: { id, promised, measured, certainty, budgetSpent, reason, ...(note && { note }) },
    result: isFailure(objective) ? 'failure' : isOpen(objective) ? 'skipped' : 'success',
    message: withNote(objective),
    type: `${status.word} (policy ${policy})`,
    detail: `promised: ${promised}; measured: ${measured}`,
  };
}

/**
 * A broken objective is a failure unless somebody waived it, which makes it neither that nor a success; an
 * unproven one is a failure too where the policy holds the release because of it.
 */
function isFailure(objective: ObjectiveView): boolean {
  return !objective.waived && (objective.status.standing === 'fail' || objective.decides);
}

/** How long recovery took is for the objectives; here, that there was one. */
function drillCase({ id, service, status, text }: DrillLine, policy: string): TestCase {
  const results = { pass: 'success', fail: 'failure', inconclusive: 'skipped', none: 'skipped' } as const;
  return {
    suite: 'drills',
    name: id,
    properties: { service },
    result: results[status.standing],
    message: text,
    type: `${status.word} (policy ${policy})`,
    detail: text,
  };
}

function regressionCase({ service, kind, text, blocks }: RegressionView, policy: string): TestCase {
  return {
    suite: 'against the baseline',
    name: `${service}: ${kind}`,
    properties: {},
    result: blocks ? 'failure' : 'skipped',
    message: text,
    type: `worse (policy ${policy})`,
    detail: text,
  };
}

function testSuite(name: string, cases: readonly TestCase[]): string[] {
  return [
    `  <testsuite name=${quoted(name)} ${counts(cases)}>`,
    ...cases.flatMap(testCase),
    '  </testsuite>',
  ];
}

function testCase(item: TestCase): string[] {
  const properties = Object.entries(item.properties).map(
    ([name, value]) => `        <property name=${quoted(name)} value=${quoted(value)}/>`,
  );
  return [
    `    <testcase classname=${quoted(item.suite)} name=${quoted(item.name)}>`,
    ...(properties.length === 0 ? [] : ['      <properties>', ...properties, '      </properties>']),
    ...result(item),
    '    </testcase>',
  ];
}

function result({ result, message, type, detail }: TestCase): string[] {
  if (result === 'success') return [];
  if (result === 'skipped') return [`      <skipped message=${quoted(message)}/>`];
  return [`      <failure message=${quoted(message)} type=${quoted(type)}>${escapeXml(detail)}</failure>`];
}

function counts(cases: readonly TestCase[]): string {
  const number = (result: TestCase['result']) => cases.filter((item) => item.result === result).length;
  return `tests="${cases.length}" failures="${number('failure')}" errors="0" skipped="${number('skipped')}"`;
}

function quoted(text: string): string {
  return `"${escapeXml(text)}"`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** The model holds no control characters; what XML 1.0 forbids beside them are two non-characters. */
function escapeXml(text: string): string {
  return text.replace(/[\ufffe\uffff]/g, '\ufffd').replace(/[&<>"']/g, (char) => entities[char] ?? char);
}
