/** Every text report of the sample rehearsal, compared with the file a person has read and approved. */
import { expect, it } from 'vitest';
import { renderGithubAnnotations } from '../../reports/formats/github-annotations.ts';
import { renderJunit } from '../../reports/formats/junit.ts';
import { renderMarkdown } from '../../reports/formats/markdown.ts';
import { renderTerminal } from '../../reports/formats/terminal.ts';
import { present } from '../../reports/model.ts';
import { calm, reportInput } from '../fixtures/report-input.ts';

const failing = present(reportInput());
const passing = present(reportInput(calm));
const drilled = present(reportInput({ ...calm, drills: { isProtected: false } }));
const terminal = { color: false, columns: 80, reportPath: 'runs/latest/report.html' };

it.each([
  ['summary.md', renderMarkdown(failing)],
  ['summary-pass.md', renderMarkdown(passing)],
  ['junit.xml', renderJunit(failing)],
  ['annotations', renderGithubAnnotations(failing)],
  ['terminal', renderTerminal(failing, terminal)],
  ['summary-drills.md', renderMarkdown(drilled)],
  ['terminal-drills', renderTerminal(drilled, terminal)],
  ['terminal-pass', renderTerminal(passing, terminal)],
])('%s', (name, text) => expect(text).toMatchFileSnapshot(`reports/${name}.txt`));
