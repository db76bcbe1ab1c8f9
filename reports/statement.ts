/**
 * A run as an in-toto Statement, for signing by a tool of the user's own. Types and meaning:
 * https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md and
 * https://github.com/in-toto/attestation/blob/main/spec/predicates/test-result.md (v0.1).
 */
import type { ObjectiveDocument, VerdictDocument } from './verdict-document.ts';

/** A file (or commit) by its digest. */
export interface ResourceDescriptor {
  readonly name: string;
  readonly digest: Readonly<Record<string, string>>;
}

export interface TestResultStatement {
  readonly _type: 'https://in-toto.io/Statement/v1';
  readonly subject: readonly ResourceDescriptor[];
  readonly predicateType: 'https://in-toto.io/attestation/test-result/v0.1';
  readonly predicate: {
    readonly result: 'PASSED' | 'WARNED' | 'FAILED';
    readonly configuration: readonly ResourceDescriptor[];
    readonly passedTests: readonly string[];
    readonly warnedTests: readonly string[];
    readonly failedTests: readonly string[];
  };
}

export interface StatementInput {
  readonly document: VerdictDocument;
  /** SHA-256 of the run's verdict and reports, by file name. */
  readonly reports: Readonly<Record<string, string>>;
  /** Names of the files behind the verdict's list of evidence. */
  readonly evidenceFiles: Readonly<Record<string, string>>;
  /** The source that was rehearsed, if it is known. */
  readonly commit?: string;
}

/**
 * The statement about a run. Tests are objectives: passed if proven, warned if unproven or waived, failed if
 * refuted or if they decided a fail or hold. A gate that holds has not let anything through: FAILED.
 */
export function testResultStatement(input: StatementInput): TestResultStatement {
  const { document, reports, evidenceFiles, commit } = input;
  const { measurements, ...configuration } = document.evidence.sha256;
  const subject = [
    ...(commit === undefined ? [] : [{ name: 'source', digest: { gitCommit: commit } }]),
    ...Object.entries(reports).map(([name, hash]) => file(name, hash)),
    ...(measurements === undefined ? [] : [file(evidenceFiles.measurements ?? 'measurements', measurements)]),
  ];
  const tests = (result: TestResult) =>
    document.objectives.filter((item) => resultOf(item, document) === result).map(({ id }) => id);
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject,
    predicateType: 'https://in-toto.io/attestation/test-result/v0.1',
    predicate: {
      result: overallResult(document),
      configuration: Object.entries(configuration).map(([name, hash]) =>
        file(evidenceFiles[name] ?? name, hash),
      ),
      passedTests: tests('passed'),
      warnedTests: tests('warned'),
      failedTests: tests('failed'),
    },
  };
}

type TestResult = 'passed' | 'warned' | 'failed';

function resultOf({ id, answer }: ObjectiveDocument, { decision }: VerdictDocument): TestResult {
  if (decision.waived.some(({ objective }) => objective === id)) return 'warned';
  if (answer === 'fail' || decision.because.includes(id)) return 'failed';
  return answer === 'pass' && !decision.tooFewEvents.includes(id) ? 'passed' : 'warned';
}

function overallResult({ decision, partial }: VerdictDocument): TestResultStatement['predicate']['result'] {
  if (decision.outcome !== 'pass') return 'FAILED';
  const { tolerated, waived, regressions } = decision;
  const reservations = tolerated.length + waived.length + regressions.tolerated.length + partial.length;
  return reservations === 0 ? 'PASSED' : 'WARNED';
}

function file(name: string, sha256: string): ResourceDescriptor {
  return { name, digest: { sha256 } };
}
