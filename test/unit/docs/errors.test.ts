import { expect, it } from 'vitest';
import { problemKinds } from '../../../scenarios/problem.ts';

const meaning: Readonly<Record<number, string>> = {
  0: '0 (told, the rest was done)',
  1: '1 (internal)',
  2: '2 (usage)',
  99: '99 (fail)',
  3: '3 (inconclusive)',
  130: '130 (interrupted)',
};

function describeErrors(): string {
  const rows = Object.entries(problemKinds)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(
      ([code, { exitCode, remedy }]) =>
        `| \`${code}\` | ${meaning[exitCode]} | ${remedy.replaceAll('|', '\\|')} |`,
    );
  return [
    '# Errors',
    '',
    'Every error has a code, a cause that names the culprit, and a remedy. Where the program knows better than',
    'this table, it prints its own remedy. All problems of one input are told at once.',
    '',
    'Written from `scenarios/problem.ts` by `npx vitest run test/unit/docs -u`; do not edit.',
    '',
    '| code | exit code | what to do |',
    '|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

it('docs/errors.md lists every code, as the program knows it', async () => {
  await expect(describeErrors()).toMatchFileSnapshot('../../../docs/errors.md');
});
