/** Opens what `profile` was asked to look at, together with the requests to load it with. */
import { PeakproofError, problem } from '../../scenarios/problem.ts';
import type { Peak } from '../../slo/profile/types.ts';
import type { Engine } from '../engines/engine.ts';
import { loadSuiteConfig } from '../load-suite.ts';
import { mixOfRoute } from '../profile/mix/route.ts';
import type { Mix } from '../profile/mix/types.ts';
import { servedMix } from '../profile/preflight.ts';
import { checkService, openService, peakOf } from '../profile/service.ts';
import { subjectAtUrl, subjectOfCommand, subjectOfProcess } from '../profile/subject.ts';
import type { RunningSubject } from '../profile/types.ts';
import type { ProfileFolder } from '../store/profile-folder.ts';
import { mixOfFiles } from './profile-files.ts';
import type { Asked, ProfileOptions, ProfileSettings } from './profile-options.ts';

export interface ProfileSession {
  readonly subject: RunningSubject;
  readonly mix: Mix;
  readonly peak?: Peak;
}

export interface SessionTools {
  /** Undefined where no k6 is at hand; a service of the suite needs one. */
  readonly k6: Engine | undefined;
  readonly folder: ProfileFolder;
  readonly signal: AbortSignal;
  readonly onStep: (text: string) => void;
}

/** What can be found wrong before anything is started. */
export interface PreparedSession {
  /** @throws PeakproofError if the service does not start, answer, or serve what is asked of it. */
  readonly open: (tools: SessionTools) => Promise<ProfileSession>;
}

/** @throws PeakproofError for a service that nobody knows, or files that cannot be read. */
export async function prepareSession(
  { asked, peakRatePerSecond }: ProfileSettings,
  options: ProfileOptions,
): Promise<PreparedSession> {
  const given = peakRatePerSecond && {
    ratePerSecond: peakRatePerSecond,
    multiplier: 1,
    source: '--peak-rate',
  };
  if (asked.kind === 'service') {
    const suite = await loadSuiteConfig({ config: options.config, cwd: process.cwd() });
    checkService(suite, asked.name, options.route);
    return {
      open: async ({ k6, ...tools }) => {
        if (k6 === undefined) throw new Error('a service of the suite is opened with k6');
        const opened = await openService(suite, asked.name, { route: options.route, k6, ...tools });
        return { ...opened, peak: given || peakOf(suite, asked.name) };
      },
    };
  }
  const mix = mixOfFiles(options) ?? mixOfRoute(options);
  return {
    open: async ({ signal }) => {
      const subject = await openSubject(asked, signal);
      try {
        const served = await Promise.race([servedMix(subject.baseUrl, mix), exitOf(subject)]);
        return { subject, mix: served, ...(given ? { peak: given } : {}) };
      } catch (error) {
        await subject.stop();
        throw error;
      }
    },
  };
}

async function exitOf({ ended }: RunningSubject): Promise<never> {
  throw new PeakproofError(problem('SERVICE_EXITED', await ended));
}

function openSubject(
  asked: Exclude<Asked, { kind: 'service' }>,
  signal: AbortSignal,
): Promise<RunningSubject> {
  switch (asked.kind) {
    case 'url':
      return Promise.resolve(subjectAtUrl(asked.url, asked.name));
    case 'process':
      return subjectOfProcess(asked.pid, asked.url, asked.name);
    case 'command':
      return subjectOfCommand(asked.command, { url: asked.url, name: asked.name, signal });
  }
}
