/**
 * Faults by AWS Fault Injection Service: an experiment template of the user's is started, and stopped again. What
 * it does, to what, and when it stops by itself stands in the template.
 */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { PlannedFault } from '../../../profiles/faults.ts';
import type { Problem } from '../../../scenarios/problem.ts';
import { ownProgram } from '../../process/own-program.ts';
import type { Action, FaultDriver, FaultProcedure, FaultTarget } from '../types.ts';
import { tagName } from './fis/tag.ts';
import { checksOf, probeProblems, probesSchema, settingsProblem } from './probes.ts';
import { kindNames, ruleFor, ruleScope } from './rules.ts';
import { rehearseActions, toolProblems } from './tools.ts';

const settings = z.strictObject({
  region: z.string().min(1),
  /** Of the AWS CLI's configuration. */
  profile: z.string().min(1).optional(),
  experiments: z
    .array(
      z.strictObject({
        ...ruleScope,
        template: z.string().regex(/^EXT[A-Za-z0-9]+$/, 'must be the id of an experiment template, EXT…'),
      }),
    )
    .min(1),
  probes: probesSchema,
});

type FisSettings = z.infer<typeof settings>;

const timeoutMs = 30_000;

export const fisDriver: FaultDriver<FisSettings> = {
  name: 'fis',
  kinds: kindNames,
  settings,
  check: async (own, faults, target) => [
    ...(await toolProblems('aws')),
    ...faults.flatMap((fault) => experimentProblems(own, fault)),
    ...probeProblems(faults, own.probes, target),
  ],
  describe: (own, faults, target) => procedures(own, faults, target, ({ id }) => `${id}-UUID`),
  prepare: async (own, faults, { target, signal }) => {
    // FIS' own dry run: targets are resolved and permissions checked, every action is skipped.
    const skipAll = ['--experiment-options', 'actionsMode=skip-all'];
    await rehearseActions(
      faults.flatMap((fault) => startOf(own, fault, randomUUID(), skipAll)),
      signal,
    );
    const tags = new Map(faults.map(({ id }) => [id, randomUUID()]));
    const all = procedures(own, faults, target, ({ id }) => tags.get(id) ?? '');
    return { procedures: all, stop: async () => {} };
  },
};

function procedures(
  own: FisSettings,
  faults: readonly PlannedFault[],
  target: FaultTarget,
  tagOf: (fault: PlannedFault) => string,
): FaultProcedure[] {
  return faults.map((fault) => ({
    fault,
    driver: 'fis',
    inject: startOf(own, fault, tagOf(fault)),
    rollBack: [stopOf(own, tagOf(fault))],
    ...checksOf(fault, own.probes, target),
  }));
}

/** With the tag as its token, starting it twice starts it once. */
function startOf(own: FisSettings, fault: PlannedFault, tag: string, more: readonly string[] = []): Action[] {
  const experiment = ruleFor(own.experiments, fault);
  if (experiment === undefined) return [];
  const args = ['fis', 'start-experiment', '--experiment-template-id', experiment.template];
  const marks = ['--client-token', tag, '--tags', `${tagName}=${tag}`];
  return [{ type: 'process', file: 'aws', args: [...args, ...marks, ...more, ...accountOf(own)], timeoutMs }];
}

function stopOf(own: FisSettings, tag: string): Action {
  const { nodeOptions, entry } = ownProgram(new URL('./fis/stop', import.meta.url));
  const args = [...nodeOptions, entry, tag, ...accountOf(own)];
  return { type: 'process', file: process.execPath, args, timeoutMs };
}

function accountOf({ region, profile }: FisSettings): string[] {
  return ['--region', region, ...(profile === undefined ? [] : ['--profile', profile]), '--output', 'json'];
}

function experimentProblems(own: FisSettings, fault: PlannedFault): Problem[] {
  if (ruleFor(own.experiments, fault) !== undefined) return [];
  return [settingsProblem(`experiments: there is none for ${fault.service} ${fault.kind}`)];
}
