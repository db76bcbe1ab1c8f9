/** Looks whether the suite at hand can be rehearsed: it loads, and its usual target is in order. */
import { PeakproofError, type Problem } from '../scenarios/problem.ts';
import type { Finding } from './doctor.ts';
import { loadSuite } from './load-suite.ts';
import { chooseTarget } from './targets/choose.ts';
import type { LoadedSuite } from './types.ts';

/** Nothing is started or sent; `hasSandbox` says whether the stand-in is where its load goes. */
export async function diagnoseSuite(
  options: { config?: string | undefined; cwd: string },
  env: NodeJS.ProcessEnv,
): Promise<{ findings: readonly Finding[]; hasSandbox: boolean }> {
  const suite = await attempt(() => loadSuite(options));
  if ('problems' in suite) {
    const finding = broken('suite', suite.problems, '`peakproof list` tells all of it.');
    return { findings: [finding], hasSandbox: true };
  }
  const target = await attempt(() => chooseTarget(suite.value, {}, env));
  const name = 'usual target';
  return {
    findings: [
      { name: 'suite', isRequired: true, state: 'fine', found: describeSuite(suite.value) },
      'problems' in target
        ? broken(name, target.problems, 'Or name another with --target.')
        : { name, isRequired: false, state: 'fine', found: target.value.environment.name },
    ],
    hasSandbox: suite.value.suite.defaultTarget === 'sandbox',
  };
}

async function attempt<T>(
  work: () => Promise<T>,
): Promise<{ readonly value: T } | { readonly problems: readonly Problem[] }> {
  try {
    return { value: await work() };
  } catch (error) {
    if (error instanceof PeakproofError) return { problems: error.problems };
    throw error;
  }
}

function describeSuite({ suite, objectives }: LoadedSuite): string {
  return `${suite.name}: ${Object.keys(suite.catalog).length} services, ${objectives.length} objectives`;
}

/** A suite is needed in any case; instead of its usual target, another can be named. */
function broken(name: string, problems: readonly Problem[], hint: string): Finding {
  const [first] = problems;
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
  return {
    name,
    isRequired: name === 'suite',
    state: 'missing',
    found: `${first?.cause ?? ''}${more}`,
    advice: `${first?.remedy ?? ''} ${hint}`,
  };
}
