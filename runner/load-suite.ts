/** Finds and reads a suite: its config file, and the objectives and policies that the config names. */
import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PeakproofError, problem } from '../scenarios/problem.ts';
import { parseObjectives } from '../slo/openslo/parse.ts';
import { parsePolicies } from '../slo/policies.ts';
import { checkSuite } from './check-suite.ts';
import { isCompiled, packageRoot } from './package.ts';
import { ProblemList } from './problem-list.ts';
import type { Suite } from './suite.ts';
import type { LoadedSuite } from './types.ts';

const configNames = ['peakproof.config.ts', 'peakproof.config.js', 'peakproof.config.mjs'];

/**
 * Loads the suite of the config file that was named, else of the one in the working directory, else the built-in.
 * @throws PeakproofError with everything wrong in the config, or in the objectives and policies.
 */
export async function loadSuite(options: SuiteLocation): Promise<LoadedSuite> {
  const { suite, root } = await loadSuiteConfig(options);
  return readSuiteFiles(suite, root);
}

/** Where a suite's config file is looked for. */
export interface SuiteLocation {
  readonly config?: string | undefined;
  readonly cwd: string;
}

/**
 * The suite without its objectives and policies, which need not be right.
 * @throws PeakproofError with everything wrong in the config.
 */
export async function loadSuiteConfig(options: SuiteLocation): Promise<Pick<LoadedSuite, 'suite' | 'root'>> {
  const config = findConfig(options);
  const suite = await importConfig(config);
  const problems = checkSuite(suite, config);
  if (problems.length > 0) throw new PeakproofError(problems);
  return { suite: suite as Suite, root: dirname(config) };
}

function findConfig({ config, cwd }: SuiteLocation): string {
  if (config !== undefined) {
    const named = resolve(cwd, config);
    if (existsSync(named)) return named;
    throw new PeakproofError(problem('INVALID_SUITE', `config file ${named} does not exist`));
  }
  const inFolder = configNames.map((name) => join(cwd, name)).find((path) => existsSync(path));
  return inFolder ?? builtInConfig;
}

const builtInConfig = join(packageRoot, 'peakproof.config.ts');

/** Imports a config file's default export; the built-in one in its compiled form, which starts faster. */
async function importConfig(config: string): Promise<unknown> {
  try {
    if (isBuiltIn(config) && isCompiled) {
      return await importDefault(join(packageRoot, 'dist/peakproof.config.js'));
    }
    return config.endsWith('.ts') ? await importTypeScript(config) : await importDefault(config);
  } catch (error) {
    throw new PeakproofError(
      problem('INVALID_SUITE', `the config file does not load: ${(error as Error).message}`, {
        file: config,
      }),
    );
  }
}

function isBuiltIn(config: string): boolean {
  if (config === builtInConfig) return true;
  return existsSync(builtInConfig) && realpathSync(config) === realpathSync(builtInConfig);
}

async function importDefault(path: string): Promise<unknown> {
  const module = (await import(pathToFileURL(path).href)) as { default?: unknown };
  return module.default;
}

/** The name `peakproof` in a config file means this very program, wherever it is installed. */
async function importTypeScript(path: string): Promise<unknown> {
  const { createJiti } = await import('jiti');
  const api = join(packageRoot, isCompiled ? 'dist/runner/api.js' : 'runner/api.ts');
  const jiti = createJiti(import.meta.url, { alias: { peakproof: api }, interopDefault: false });
  return (await jiti.import<{ default?: unknown }>(path)).default;
}

function readSuiteFiles(suite: Suite, root: string): LoadedSuite {
  const list = new ProblemList();
  for (const name of [suite.script, ...(suite.browserScript === undefined ? [] : [suite.browserScript])]) {
    const script = resolve(root, name);
    if (!existsSync(script)) list.add([problem('INVALID_SUITE', `script ${script} does not exist`)]);
  }
  const objectives = list.attempt(() =>
    parseObjectives(readYamlFolder(root, suite.objectives, 'objectives'), suite.catalog, journeysOf(suite)),
  );
  const policies = list.attempt(() =>
    parsePolicies(readYamlFolder(root, suite.policies, 'policies'), objectives),
  );
  list.throwIfAny();
  return { suite, root, objectives: objectives ?? [], policies: policies ?? [] };
}

/** Names of the scenarios that cross services. */
export function journeysOf({ traffic }: Suite): string[] {
  return Object.keys(traffic).filter((name) => traffic[name]?.kind === 'journey');
}

/** Text of every YAML file of a folder, in the order of their names. */
function readYamlFolder(root: string, folder: string, what: string): { file: string; text: string }[] {
  const path = resolve(root, folder);
  if (!existsSync(path)) {
    throw new PeakproofError(problem('INVALID_SUITE', `${what}: folder ${path} does not exist`));
  }
  const names = readdirSync(path).filter((name) => /\.ya?ml$/.test(name));
  return names.sort().map((name) => {
    const file = join(path, name);
    return { file: relative(root, file), text: readFileSync(file, 'utf8') };
  });
}
