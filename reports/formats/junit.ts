/** JUnit XML: a test suite for each service, a test case for each objective. */
import type { ObjectiveView, ReportModel } from '../types.ts';

export function renderJunit(model: ReportModel): string {
  const services = [...new Set(model.objectives.map((objective) => objective.service))];
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name=${quoted(model.title)} ${counts(model.objectives)}>`,
    ...services.flatMap((service) => testSuite(service, model)),
    '</testsuites>',
  ];
  return `${lines.join('\n')}\n`;
}

function testSuite(service: string, model: ReportModel): string[] {
  const own = model.objectives.filter((objective) => objective.service === service);
  return [
    `  <testsuite name=${quoted(service)} ${counts(own)}>`,
    ...own.flatMap((objective) => testCase(objective, model)),
    '  </testsuite>',
  ];
}

function testCase(objective: ObjectiveView, model: ReportModel): string[] {
  const { id, service, promised, measured, certainty, reason, budgetSpent } = objective;
  const properties = { id, promised, measured, certainty, budgetSpent, reason };
  return [
    `    <testcase classname=${quoted(service)} name=${quoted(objective.name)}>`,
    '      <properties>',
    ...Object.entries(properties).map(
      ([name, value]) => `        <property name=${quoted(name)} value=${quoted(value)}/>`,
    ),
    '      </properties>',
    ...result(objective, model),
    '    </testcase>',
  ];
}

function result(objective: ObjectiveView, model: ReportModel): string[] {
  if (objective.status.standing === 'pass') return [];
  const message = quoted(objective.reason);
  if (!isFailure(objective)) return [`      <skipped message=${message}/>`];
  const detail = escapeXml(`promised: ${objective.promised}; measured: ${objective.measured}`);
  const type = quoted(`${objective.status.word} (policy ${model.decision.policy})`);
  return [`      <failure message=${message} type=${type}>${detail}</failure>`];
}

/** A broken objective is a failure; an unproven one too where the policy holds the release because of it. */
function isFailure(objective: ObjectiveView): boolean {
  return objective.status.standing === 'fail' || (objective.status.standing !== 'pass' && objective.decides);
}

function counts(objectives: readonly ObjectiveView[]): string {
  const failures = objectives.filter(isFailure).length;
  const skipped = objectives.filter((item) => item.status.standing !== 'pass' && !isFailure(item)).length;
  return `tests="${objectives.length}" failures="${failures}" errors="0" skipped="${skipped}"`;
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
