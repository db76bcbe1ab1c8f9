/** Which state of which source a run belongs to. */
import envCi from 'env-ci';

export interface SourceFacts {
  readonly branch?: string;
  readonly commit?: string;
}

/** Branch and commit as the CI service states them, else as git does; nothing where neither knows. */
export function sourceFacts(env: NodeJS.ProcessEnv, cwd: string): SourceFacts {
  const { branch, prBranch, commit } = ask(env, cwd);
  // For a pull request GitHub's own ref is that of the merge, which nobody's history knows.
  const name = env.GITHUB_HEAD_REF || prBranch || branch;
  return { ...(name && { branch: name }), ...(commit && { commit }) };
}

interface Answer {
  readonly branch?: string | undefined;
  readonly prBranch?: string | undefined;
  readonly commit?: string | undefined;
}

function ask(env: NodeJS.ProcessEnv, cwd: string): Answer {
  try {
    return envCi({ env, cwd });
  } catch {
    return {}; // a CI service that names an event file which is not there
  }
}
