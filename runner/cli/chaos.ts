/** `--chaos FILE`: Chaos Toolkit experiments in place of the faults of the profile and the driver of the target. */
import { readFileSync } from 'node:fs';
import type { Profile } from '../../profiles/types.ts';
import { PeakproofError, type Problem, problem } from '../../scenarios/problem.ts';
import { readDocuments } from '../../slo/openslo/documents.ts';
import { type Converted, type ConvertOptions, convertExperiment } from '../faults/chaostoolkit/convert.ts';
import { experimentsDriver, placeExperiments } from '../faults/chaostoolkit/driver.ts';
import type { ChosenTarget } from '../targets/choose.ts';

/**
 * Reads experiments, JSON or YAML, one a file.
 * @throws PeakproofError with everything wrong with all of them.
 */
export function readExperiments(paths: readonly string[], options: ConvertOptions): readonly Converted[] {
  const read = paths.map((path) => readExperiment(path, options));
  const problems = read.flatMap((experiment) => experiment.problems);
  if (problems.length > 0) throw new PeakproofError(problems);
  return read;
}

function readExperiment(file: string, options: ConvertOptions): Converted {
  const failed = (problems: readonly Problem[]): Converted => ({ confidential: [], problems });
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    return failed([problem('INVALID_EXPERIMENT', `${file}: ${(error as Error).message}`, { file })]);
  }
  const { documents, problems } = readDocuments({ file, text }, 'INVALID_EXPERIMENT');
  const [document] = documents;
  if (problems.length > 0) return failed(problems);
  if (document === undefined || documents.length > 1) {
    return failed([problem('INVALID_EXPERIMENT', 'must hold exactly one experiment', { file })]);
  }
  return convertExperiment(document, options);
}

/** The profile with the experiments' faults and no others. */
export function profileWith(profile: Profile, experiments: readonly Converted[]): Profile {
  if (experiments.length === 0) return profile;
  // They were asked for by name: none of them is left out in silence.
  return {
    ...profile,
    faults: placeExperiments(faultsOf(experiments), profile),
    faultsWherePossible: false,
  };
}

/** The target with the experiments as its driver, what it allows unchanged; their secrets are kept as its own are. */
export function targetWith(target: ChosenTarget, experiments: readonly Converted[]): ChosenTarget {
  if (experiments.length === 0) return target;
  const secrets = experiments.flatMap(({ confidential }) => confidential);
  const { faults } = target;
  return {
    ...target,
    ...(faults === undefined
      ? {}
      : { faults: { ...faults, driver: experimentsDriver(faultsOf(experiments)) } }),
    confidential: [...target.confidential, ...secrets],
    open: async (services) => {
      const running = await target.open(services);
      return { ...running, confidential: [...running.confidential, ...secrets] };
    },
  };
}

function faultsOf(experiments: readonly Converted[]) {
  return experiments.flatMap(({ fault }) => (fault === undefined ? [] : [fault]));
}
