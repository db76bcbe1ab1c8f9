import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { sourceFacts } from '../../../runner/source.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(`${tmpdir()}/peakproof-test-`);
});
afterEach(() => rmSync(folder, { recursive: true }));

const git = (...args: string[]): string =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], {
    cwd: folder,
    encoding: 'utf8',
  }).trim();
const { PATH } = process.env;

it('reads branch and commit from git', () => {
  git('init', '-q', '-b', 'peak');
  git('commit', '-q', '--allow-empty', '-m', 'first');
  expect(sourceFacts({ PATH }, folder)).toEqual({ branch: 'peak', commit: git('rev-parse', 'HEAD') });
});

it('believes the CI service first, and takes the branch of a pull request for the branch', () => {
  git('init', '-q', '-b', 'peak');
  const gitlab = { GITLAB_CI: 'true', CI_COMMIT_REF_NAME: 'feature', CI_COMMIT_SHA: 'abc' };
  expect(sourceFacts({ PATH, ...gitlab }, folder)).toEqual({ branch: 'feature', commit: 'abc' });
  const github = { GITHUB_ACTIONS: 'true', GITHUB_SHA: 'def', GITHUB_REF: 'refs/heads/main' };
  expect(sourceFacts({ PATH, ...github }, folder)).toEqual({ branch: 'main', commit: 'def' });
  const pull = { GITHUB_EVENT_NAME: 'pull_request', GITHUB_HEAD_REF: 'fix', GITHUB_BASE_REF: 'main' };
  expect(sourceFacts({ PATH, ...github, ...pull }, folder).branch).toBe('fix');
});

it('knows nothing outside of both', () => {
  expect(sourceFacts({ PATH }, folder)).toEqual({});
  const odd = {
    GITHUB_ACTIONS: 'true',
    GITHUB_EVENT_NAME: 'pull_request_target',
    GITHUB_EVENT_PATH: '/gone',
  };
  expect(sourceFacts({ PATH, ...odd }, folder)).toEqual({});
});
