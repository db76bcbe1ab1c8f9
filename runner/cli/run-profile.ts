/** `peakproof profile`, once its options are read: check everything, get ready, measure, tell. */
import { join } from 'node:path';
import pc from 'picocolors';
import { renderProfileHtml } from '../../reports/formats/profile-html.ts';
import { renderProfileTerminal } from '../../reports/formats/profile-terminal.ts';
import { exitCodes, PeakproofError, problem, problemKinds } from '../../scenarios/problem.ts';
import { compareProfiles } from '../../slo/profile/compare.ts';
import { demandOf } from '../../slo/profile/demand.ts';
import type { ServiceProfile } from '../../slo/profile/types.ts';
import type { Engine } from '../engines/engine.ts';
import { createK6Engine } from '../engines/k6/k6.ts';
import { findK6, locateK6 } from '../engines/k6/provision.ts';
import { createProgress } from '../live/progress.ts';
import { profileService } from '../profile/profile.ts';
import { lastProfile } from '../store/last-profile.ts';
import { openProfileFolder, profileFiles, usualProfileFolder } from '../store/profile-folder.ts';
import { readProfileAssets } from '../store/report-assets.ts';
import { fileText } from '../store/write.ts';
import { formatProblem, print, printJson, terminalWidth } from './print.ts';
import {
  type ProfileOptions,
  type ProfileSettings,
  type ProfileWords,
  readProfileOptions,
} from './profile-options.ts';
import { type ProfileSession, prepareSession, type SessionTools } from './profile-session.ts';
import { shortPath } from './short-path.ts';
import { listenForStop } from './signals.ts';

const blockSeconds = 0.4;

/** Resolves with the exit code, once the profile is on disk and told. */
export async function runProfile(words: ProfileWords, options: ProfileOptions): Promise<number> {
  const settings = readProfileOptions(words, options);
  const prepared = await prepareSession(settings, options);
  const baseline = options.compare ? lastProfile(settings.asked.name) : undefined;
  const progress = createProgress(process.stderr, false);
  const signals = listenForStop((message) => progress.step(message));
  const { stopSignal: signal } = signals;
  // Whatever we started ends with us: it is under a guard, or ends when its channel closes.
  signals.killSignal.addEventListener('abort', () => process.exit(exitCodes.interrupted));
  try {
    const k6 = await engineFor(settings, { signal, onProgress: progress.step });
    const folder = openProfileFolder(usualProfileFolder(settings.asked.name, new Date()));
    const tools = { k6, folder, signal, onStep: progress.step };
    progress.step('starting');
    // What failed before any load left nothing to keep.
    const session = await prepared.open(tools).catch((error) => {
      folder.removeAll();
      throw signal.aborted
        ? new PeakproofError(problem('INTERRUPTED', 'stopped before anything was measured'))
        : error;
    });
    const measured = await measure(session, settings, baseline, tools).finally(session.subject.stop);
    progress.done();
    const profile =
      baseline === undefined ? measured : { ...measured, comparison: compareProfiles(baseline, measured) };
    folder.write(profileFiles.profile, fileText(profile));
    folder.write(profileFiles.html, renderProfileHtml(profile, readProfileAssets()));
    await tell(profile, options, join(folder.path, profileFiles.html));
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
  settings: ProfileSettings,
  baseline: ServiceProfile | undefined,
  { k6, folder, signal, onStep }: SessionTools,
): Promise<ServiceProfile> {
  // Latencies compare at the same load only.
  const rates = settings.rates ?? baseline?.rates.map(({ ratePerSecond }) => ratePerSecond);
  return profileService({
    subject,
    mix,
    ...(rates === undefined || rates.length === 0 ? {} : { rates }),
    rateSeconds: settings.rateSeconds,
    blockSeconds,
    ...(k6 === undefined ? {} : { k6 }),
    folder,
    ...(peak === undefined ? {} : { demandOf: (capacity) => demandOf(capacity, peak) }),
    stopSignal: signal,
    onStep,
  });
}

async function tell(profile: ServiceProfile, options: ProfileOptions, report: string): Promise<void> {
  if (options.json) printJson(profile);
  else {
    const columns = terminalWidth() ?? 100;
    print(
      renderProfileTerminal(profile, { color: pc.isColorSupported, columns, reportPath: shortPath(report) }),
    );
  }
  for (const item of profile.problems) process.stderr.write(`${formatProblem(item)}\n`);
  if (!options.open) return;
  const { default: open } = await import('open');
  await open(report);
}

function exitCodeOf({ problems }: ServiceProfile, wasInterrupted: boolean): number {
  if (wasInterrupted) return exitCodes.interrupted;
  return Math.max(exitCodes.pass, ...problems.map(({ code }) => problemKinds[code].exitCode));
}
