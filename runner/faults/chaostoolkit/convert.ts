/**
 * Chaos Toolkit experiments as faults: pure, from a document to data. Actions of the method inject, rollbacks roll
 * back (always, whatever Chaos Toolkit's strategy is), the hypothesis is the steady state.
 */
import type { FaultSpec } from '../../../profiles/faults.ts';
import type { Problem } from '../../../scenarios/problem.ts';
import type { Path, YamlDocument } from '../../../slo/openslo/documents.ts';
import type { Action, Check } from '../types.ts';
import {
  type Activity,
  activitySchema,
  type Experiment,
  experimentSchema,
  type OwnExtension,
  ownExtensionSchema,
  type Step,
} from './experiment.ts';
import { Findings } from './findings.ts';
import { actionOf, type ProviderContext } from './provider.ts';
import { expectOf } from './tolerance.ts';
import { resolveValues, substitute } from './values.ts';

/** A fault that an experiment makes, without its time if it says none. */
export interface ExperimentFault {
  readonly title: string;
  readonly spec: Omit<FaultSpec, 'atSeconds'> & { readonly atSeconds?: number };
  readonly inject: readonly Action[];
  readonly rollBack: readonly Action[];
  readonly steady: readonly Check[];
  /** The method's probe with a tolerance; absent if it has none. */
  readonly tookEffect?: Check;
}

export interface Converted {
  /** Absent if anything is wrong. */
  readonly fault?: ExperimentFault;
  readonly confidential: readonly string[];
  readonly problems: readonly Problem[];
}

export interface ConvertOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly allowShell: boolean;
}

const actionTimeoutMs = 30_000;
const probeTimeoutMs = 2_000;
const probeEveryMs = 200;
/** How long a fault lasts of which nothing says it. */
const usualSeconds = 10;

/**
 * Everything wrong with the experiment is told at once. What could not be done is refused; a probe of the method
 * that has no tolerance is left out, since nothing follows from its answer.
 */
export function convertExperiment(document: YamlDocument, options: ConvertOptions): Converted {
  const findings = new Findings(document);
  const experiment = findings.read(experimentSchema, document.value, []);
  if (experiment === undefined) return { confidential: [], problems: findings.problems };
  const { values, confidential } = resolveValues(experiment, options.env, findings);
  const reader = new Reader(experiment, values, { findings, allowShell: options.allowShell });
  const fault = reader.fault();
  return findings.problems.length > 0 || fault === undefined
    ? { confidential, problems: findings.problems }
    : { fault, confidential, problems: [] };
}

class Reader {
  readonly #experiment: Experiment;
  readonly #values: ReadonlyMap<string, string>;
  readonly #context: ProviderContext;

  constructor(experiment: Experiment, values: ReadonlyMap<string, string>, context: ProviderContext) {
    this.#experiment = experiment;
    this.#values = values;
    this.#context = context;
  }

  fault(): ExperimentFault | undefined {
    const { title, method, rollbacks, controls, 'steady-state-hypothesis': hypothesis } = this.#experiment;
    this.#refuseControls(controls, ['controls']);
    const extension = this.#extension();
    const steps = this.#activities(method, ['method']);
    const actions = steps.filter(({ activity }) => activity.type === 'action');
    const proofs = steps.filter(({ activity }) => activity.tolerance !== undefined);
    const seconds = this.#pauseOf(actions);
    const inject = actions.flatMap((placed) => this.#action(placed));
    const rollBack = this.#activities(rollbacks, ['rollbacks']).flatMap((placed) => this.#action(placed));
    const probes = this.#activities(hypothesis?.probes ?? [], ['steady-state-hypothesis', 'probes']);
    const steady = probes.flatMap((placed) => this.#check(placed));
    const [tookEffect] = proofs.flatMap((placed) => this.#check(placed));
    for (const placed of steps)
      if (!actions.includes(placed) && !proofs.includes(placed)) this.#action(placed);
    if (actions.length === 0)
      this.#tell('INVALID_EXPERIMENT', ['method'], 'has no action: nothing would be broken');
    if (extension === undefined) return undefined;
    const { service, kind, atSeconds, forSeconds = seconds } = extension;
    const spec = { service, kind, forSeconds, ...(atSeconds === undefined ? {} : { atSeconds }) };
    return { title, spec, inject, rollBack, steady, ...(tookEffect === undefined ? {} : { tookEffect }) };
  }

  #extension(): OwnExtension | undefined {
    const { extensions } = this.#experiment;
    const index = extensions.findIndex(({ name }) => name === 'peakproof');
    if (index !== -1) {
      return this.#context.findings.read(ownExtensionSchema, extensions[index], ['extensions', index]);
    }
    const remedy = 'Add `extensions: [{name: peakproof, service: NAME, kind: KIND}]` to the experiment.';
    this.#tell('INVALID_EXPERIMENT', ['extensions'], 'nothing says which service it breaks, and how', remedy);
    return undefined;
  }

  #activities(steps: readonly Step[], path: Path): Placed[] {
    return steps.flatMap((step, index): Placed[] => {
      const at = [...path, index];
      const declared = step.ref === undefined ? step : this.#named(step.ref);
      if (declared === undefined) {
        this.#tell('INVALID_EXPERIMENT', [...at, 'ref'], `there is no activity "${step.ref}"`);
        return [];
      }
      const read = this.#context.findings.read(activitySchema, declared, at);
      if (read === undefined) return [];
      this.#refuseControls(read.controls ?? [], [...at, 'controls']);
      if (read.background) {
        this.#tell(
          'UNSUPPORTED_EXPERIMENT',
          [...at, 'background'],
          'activities run one after the other here',
        );
      }
      const activity = substitute(read, at, this.#values, this.#context.findings);
      return [{ activity, path: at }];
    });
  }

  #named(name: string): Step | undefined {
    const { method, rollbacks, 'steady-state-hypothesis': hypothesis } = this.#experiment;
    const all = [...(hypothesis?.probes ?? []), ...method, ...rollbacks];
    return all.find((step) => step.ref === undefined && step.name === name);
  }

  #action({ activity, path }: Placed): Action[] {
    const action = actionOf(activity.provider, [...path, 'provider'], actionTimeoutMs, this.#context);
    return action === undefined ? [] : [action];
  }

  #check({ activity, path }: Placed): Check[] {
    const { name, provider, tolerance } = activity;
    const action = actionOf(provider, [...path, 'provider'], probeTimeoutMs, this.#context);
    if (action === undefined) return [];
    const type = action.type === 'http' ? 'http' : 'process';
    const expect = expectOf(tolerance, type, [...path, 'tolerance'], this.#context.findings);
    return expect === undefined ? [] : [{ name, action, expect, everyMs: probeEveryMs }];
  }

  /** A pause after the last action is how long the fault lasts; any other one would delay injecting. */
  #pauseOf(actions: readonly Placed[]): number {
    for (const [index, { activity, path }] of actions.entries()) {
      const { before = 0, after = 0 } = activity.pauses ?? {};
      const isLast = index === actions.length - 1;
      if (before > 0 || (after > 0 && !isLast)) {
        const text = 'only a pause after the last action is kept, as how long the fault lasts';
        this.#tell('UNSUPPORTED_EXPERIMENT', [...path, 'pauses'], text);
      }
    }
    return actions.at(-1)?.activity.pauses?.after || usualSeconds;
  }

  #refuseControls(controls: readonly unknown[], path: Path): void {
    if (controls.length > 0)
      this.#tell('UNSUPPORTED_EXPERIMENT', path, 'controls are Python, which is not run here');
  }

  #tell(...finding: Parameters<Findings['add']>): void {
    this.#context.findings.add(...finding);
  }
}

interface Placed {
  readonly activity: Activity;
  readonly path: Path;
}
