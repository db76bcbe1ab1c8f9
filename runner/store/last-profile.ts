/** Finds the profile to compare with. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PeakproofError, problem } from '../../scenarios/problem.ts';
import { profileVersion, type ServiceProfile } from '../../slo/profile/types.ts';
import { usualRunsFolder } from './find-run.ts';
import { profileFiles } from './profile-folder.ts';

/**
 * The last complete profile of a service under `runs`.
 * @throws PeakproofError RUN_NOT_FOUND if there is none.
 */
export function lastProfile(name: string, runsFolder = usualRunsFolder): ServiceProfile {
  const found = existsSync(runsFolder)
    ? readdirSync(runsFolder)
        .filter((folder) => folder.includes('-profile-'))
        .flatMap((folder) => readProfile(join(runsFolder, folder, profileFiles.profile)) ?? [])
        .filter(({ subject, complete }) => subject.name === name && complete)
        .sort((a, b) => b.createdAtMs - a.createdAtMs)[0]
    : undefined;
  if (found !== undefined) return found;
  const cause = `${runsFolder} holds no complete profile of ${name} to compare with`;
  throw new PeakproofError(problem('RUN_NOT_FOUND', cause, { remedy: 'Profile it once without --compare.' }));
}

/** Undefined for what is no profile, or one of another format. */
function readProfile(path: string): ServiceProfile | undefined {
  try {
    const profile = JSON.parse(readFileSync(path, 'utf8')) as ServiceProfile;
    return profile.version === profileVersion ? profile : undefined;
  } catch {
    return undefined;
  }
}
