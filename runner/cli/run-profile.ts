/** `peakproof profile`, once its options are read: check everything, get ready, measure, tell. */
import pc from 'picocolors';
import { renderProfileTerminal } from '../../reports/formats/profile-terminal.ts';
import { exitCodes, problemKinds } from '../../scenarios/problem.ts';
import { demandOf } from '../../slo/profile/demand.ts';
import type { ServiceProfile } from '../../slo/profile/types.ts';
import type { Engine } from '../engines/engine.ts';
import { createK6Engine } from '../engines/k6/k6.ts';
import { findK6, locateK6 } from '../engines/k6/provision.ts';
import { createProgress } from '../live/progress.ts';
import { profileService } from '../profile/profile.ts';
import { openProfileFolder, profileFiles, profileText, usualProfileFolder } from '../store/profile-folder.ts';
import { formatProblem, print, printJson, terminalWidth } from './print.ts';
import {
  type ProfileOptions,
  type ProfileSettings,
  type ProfileWords,
  readProfileOptions,
} from './profile-options.ts';
import { type ProfileSession, prepareSession, type SessionTools } from './profile-session.ts';
import { listenForStop } from './signals.ts';

const blockSeconds = 0.4;

/** Resolves with the exit code, once the profile is on disk and told. */
export async function runProfile(words: ProfileWords, options: ProfileOptions): Promise<number> {
  const settings = readProfileOptions(words, options);
  const prepared = await prepareSession(settings, options);
  const progress = createProgress(process.stderr, false);
  const signals = listenForStop((message) => progress.step(message));
  const { stopSignal: signal } = signals;
  try {
    const k6 = await engineFor(settings, { signal, onProgress: progress.step });
    const folder = openProfileFolder(usualProfileFolder(settings.asked.name, new Date()));
    progress.step('starting');
    const tools = { k6, folder, signal };
    const session = await prepared.open(tools);
    const profile = await measure(session, settings, tools, progress.step).finally(session.subject.stop);
    progress.done();
    folder.write(profileFiles.profile, profileText(profile));
    tell(profile, options);
    return exitCodeOf(profile, signal.aborted);
  } finally {
    progress.done();
    signals.release();
  }
}

/** A service of the suite is known by its k6 scripts; anything else does without, if no k6 is at hand. */
async function engineFor(
  { asked }: ProfileSettings,
  options: { readonly signal: AbortSignal; readonly onProgress: (step: string, detail?: string) => void },
): Promise<Engine | undefined> {
  const k6 = asked.kind === 'service' ? await locateK6(options) : await findK6(process.env);
  return k6 && createK6Engine(k6);
}

function measure(
  { subject, mix, peak }: ProfileSession,
  { rates, rateSeconds }: ProfileSettings,
  { k6, folder, signal }: SessionTools,
  onStep: (text: string) => void,
): Promise<ServiceProfile> {
  return profileService({
    subject,
    mix,
    ...(rates === undefined ? {} : { rates }),
    rateSeconds,
    blockSeconds,
    ...(k6 === undefined ? {} : { k6 }),
    folder,
    ...(peak === undefined ? {} : { demandOf: (capacity) => demandOf(capacity, peak) }),
    stopSignal: signal,
    onStep,
  });
}

function tell(profile: ServiceProfile, { json }: ProfileOptions): void {
  if (json) printJson(profile);
  else print(renderProfileTerminal(profile, { color: pc.isColorSupported, columns: terminalWidth() ?? 80 }));
  for (const item of profile.problems) process.stderr.write(`${formatProblem(item)}\n`);
}

function exitCodeOf({ problems }: ServiceProfile, wasInterrupted: boolean): number {
  if (wasInterrupted) return exitCodes.interrupted;
  return Math.max(exitCodes.pass, ...problems.map(({ code }) => problemKinds[code].exitCode));
}
