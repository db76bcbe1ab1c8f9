/** Tools that only some ways to break a system need: their want costs nothing until a target names such a driver. */
import which from 'which';
import { PeakproofError } from '../scenarios/problem.ts';
import type { Finding } from './doctor.ts';
import { findToxiproxy } from './faults/drivers/toxiproxy/provision.ts';
import { toxiproxyTool } from './faults/drivers/toxiproxy/tool.ts';
import { probeGo } from './provision/go-build.ts';

/** Commands as users have them, with what needs them. */
const commands = [
  { name: 'kubectl', need: 'faults by driver kubernetes' },
  { name: 'aws', need: 'faults by driver fis' },
] as const;

export async function checkFaultTools(env: NodeJS.ProcessEnv): Promise<readonly Finding[]> {
  return Promise.all([checkToxiproxy(env), ...commands.map((command) => checkCommand(command, env))]);
}

async function checkToxiproxy(env: NodeJS.ProcessEnv): Promise<Finding> {
  const base = { name: 'Toxiproxy', isRequired: false };
  const need = 'only needed for faults by driver toxiproxy';
  try {
    const found = await findToxiproxy(env);
    if (found)
      return { ...base, state: 'fine', found: `${found.version} from ${found.source}: ${found.path}` };
  } catch (error) {
    if (!(error instanceof PeakproofError)) throw error;
    const [first] = error.problems;
    return { ...base, state: 'limited', found: first?.cause ?? 'unusable', advice: `It is ${need}.` };
  }
  const go = await probeGo(env, toxiproxyTool.build.oldestGo);
  const advice = go.works
    ? `It is ${need}; the first one builds it with Go, ${toxiproxyTool.build.takes}.`
    : `It is ${need}: install it, or Go 1.24 or later.`;
  return { ...base, state: 'limited', found: 'none', advice };
}

async function checkCommand(
  { name, need }: (typeof commands)[number],
  env: NodeJS.ProcessEnv,
): Promise<Finding> {
  const path = await which(name, { nothrow: true, path: env.PATH });
  if (path !== null) return { name, isRequired: false, state: 'fine', found: path };
  return {
    name,
    isRequired: false,
    state: 'limited',
    found: 'none',
    advice: `It is only needed for ${need}.`,
  };
}
