/** The pipeline of `peakproof profile`: warm-up → capacity → latency at rates → where the time goes. */
import { profileVersion, type ServiceProfile } from '../../slo/profile/types.ts';
import { hostFacts } from '../host.ts';
import { packageVersion } from '../package.ts';
import { mixFacts } from './mix/facts.ts';
import { ProfileRun } from './profile-run.ts';
import type { ProfileRequest } from './types.ts';

/** Resolves with what was measured, also if it was interrupted or the service ended meanwhile. */
export async function profileService(request: ProfileRequest): Promise<ServiceProfile> {
  const startedAtMs = Date.now();
  const run = new ProfileRun(request);
  const findings = await run.measure();
  const { subject, mix, k6 } = request;
  return {
    version: profileVersion,
    peakproof: packageVersion(),
    subject: subject.subject,
    createdAtMs: startedAtMs,
    durationSeconds: (Date.now() - startedAtMs) / 1000,
    host: hostText(),
    complete: run.isComplete,
    rateEngine: k6 === undefined ? 'autocannon' : 'k6',
    mix: mixFacts(mix),
    ...findings,
    notes: [...mix.notes, ...subject.notes],
    problems: [...subject.problems, ...run.problems],
  };
}

function hostText(): string {
  const { platform, cpuModel = 'unknown processor', cores } = hostFacts();
  return `${cores} × ${cpuModel}, ${platform}`;
}
