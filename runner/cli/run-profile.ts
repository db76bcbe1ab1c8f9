/** `peakproof profile`, once its options are read: find the service and its requests, measure, tell. */
import { join } from 'node:path';
import pc from 'picocolors';
import { renderProfileTerminal } from '../../reports/formats/profile-terminal.ts';
import { exitCodes, PeakproofError, problemKinds } from '../../scenarios/problem.ts';
import { demandOf } from '../../slo/profile/demand.ts';
import type { ServiceProfile } from '../../slo/profile/types.ts';
import { createK6Engine } from '../engines/k6/k6.ts';
import { findK6, locateK6 } from '../engines/k6/provision.ts';
import { createProgress } from '../live/progress.ts';
import { mixOfRoute } from '../profile/mix/route.ts';
import type { Mix } from '../profile/mix/types.ts';
import { refusalProblems, tryConversations } from '../profile/preflight.ts';
import { profileService } from '../profile/profile.ts';
import { subjectAtUrl, subjectOfCommand, subjectOfProcess } from '../profile/subject.ts';
import type { RunningSubject } from '../profile/types.ts';
import { openProfileFolder, profileFiles, profileText, usualProfileFolder } from '../store/profile-folder.ts';
import { formatProblem, print, printJson, terminalWidth } from './print.ts';
import {
  type Asked,
  type ProfileOptions,
  type ProfileSettings,
  type ProfileWords,
  readProfileOptions,
} from './profile-options.ts';
import { listenForStop } from './signals.ts';

const blockSeconds = 0.4;

/** Resolves with the exit code, once the profile is on disk and told. */
export async function runProfile(words: ProfileWords, options: ProfileOptions): Promise<number> {
  const settings = readProfileOptions(words, options);
  const mix = mixOfRoute(options);
  const progress = createProgress(process.stderr, false);
  const signals = listenForStop((message) => progress.step(message));
  try {
    progress.step('starting');
    const subject = await openSubject(settings.asked, signals.stopSignal);
    try {
      const refusals = await tryConversations(subject.baseUrl, mix.conversations);
      const problems = refusalProblems(subject.baseUrl, refusals);
      if (problems.length > 0) throw new PeakproofError(problems);
      const folder = openProfileFolder(usualProfileFolder(subject.subject.name, new Date()));
      const k6 = await findK6(process.env);
      const profile = await profileService({
        subject,
        mix,
        ...(settings.rates === undefined ? {} : { rates: settings.rates }),
        rateSeconds: settings.rateSeconds,
        blockSeconds,
        ...(k6 === undefined ? {} : { k6: createK6Engine(k6) }),
        folder,
        stopSignal: signals.stopSignal,
        onStep: progress.step,
      });
      progress.done();
      folder.write(profileFiles.profile, profileText(profile));
      if (options.json) printJson(profile);
      else
        print(renderProfileTerminal(profile, { color: pc.isColorSupported, columns: terminalWidth() ?? 80 }));
      for (const item of profile.problems) process.stderr.write(`${formatProblem(item)}\n`);
      return exitCodeOf(profile, signals.stopSignal.aborted);
    } finally {
      await subject.stop();
    }
  } finally {
    progress.done();
    signals.release();
  }
}

async function openSubject(asked: Asked, signal: AbortSignal): Promise<RunningSubject> {
  switch (asked.kind) {
    case 'url':
      return subjectAtUrl(asked.url, asked.name);
    case 'process':
      return subjectOfProcess(asked.pid, asked.url, asked.name);
    case 'command':
      return subjectOfCommand(asked.command, { url: asked.url, name: asked.name, signal });
    case 'service':
      throw new Error('todo');
  }
}

function exitCodeOf({ problems }: ServiceProfile, wasInterrupted: boolean): number {
  if (wasInterrupted) return exitCodes.interrupted;
  return Math.max(exitCodes.pass, ...problems.map(({ code }) => problemKinds[code].exitCode));
}
