/** From the options of `profile` to what is to be done: everything wrong with them is found here, at once. */
import { basename } from 'node:path';
import { problem } from '../../scenarios/problem.ts';
import { ProblemList } from '../problem-list.ts';
import { urlFault } from '../targets/hosts.ts';
import type { SuiteOptions } from './options.ts';
import { parseSeconds, parseWhole } from './values.ts';

export interface ProfileOptions extends SuiteOptions {
  readonly url?: string;
  readonly pid?: string;
  readonly route?: string;
  readonly method?: string;
  readonly body?: string;
  readonly har?: string;
  readonly openapi?: string;
  readonly rate?: readonly string[];
  readonly rateTime?: string;
  readonly peakRate?: string;
  readonly compare?: boolean;
  readonly confirmTarget?: string;
  readonly open?: boolean;
}

export interface ProfileWords {
  readonly services: readonly string[];
  /** What stands after `--`. */
  readonly command: readonly string[];
}

/** What to profile. */
export type Asked =
  | { readonly kind: 'service'; readonly name: string }
  | { readonly kind: 'url'; readonly url: string; readonly name: string }
  | { readonly kind: 'process'; readonly pid: number; readonly url: string; readonly name: string }
  | {
      readonly kind: 'command';
      readonly command: readonly [file: string, ...args: string[]];
      readonly url?: string;
      readonly name: string;
    };

export interface ProfileSettings {
  readonly asked: Asked;
  readonly rates?: readonly number[];
  readonly rateSeconds: number;
  readonly peakRatePerSecond?: number;
}

const usualRateSeconds = 5;
const longestRateSeconds = 60;
const highestRate = 100_000;

/** @throws PeakproofError with everything wrong. */
export function readProfileOptions(words: ProfileWords, options: ProfileOptions): ProfileSettings {
  const list = new ProblemList();
  checkCombination(words, options, list);
  const url = options.url === undefined ? undefined : checkedUrl(options.url, options.confirmTarget, list);
  const { pid: pidText, rateTime, peakRate } = options;
  const pid =
    pidText === undefined
      ? undefined
      : list.attempt(() => parseWhole('--pid', pidText, 2, Number.MAX_SAFE_INTEGER));
  const rates = options.rate?.map((text) => list.attempt(() => parseWhole('--rate', text, 1, highestRate)));
  const rateSeconds =
    rateTime === undefined ? usualRateSeconds : list.attempt(() => parseRateTime(rateTime, list));
  const peakRatePerSecond =
    peakRate === undefined
      ? undefined
      : list.attempt(() => parseWhole('--peak-rate', peakRate, 1, Number.MAX_SAFE_INTEGER));
  list.throwIfAny();
  return {
    asked: askedOf(words, url, pid),
    ...(rates === undefined ? {} : { rates: rates.filter((rate) => rate !== undefined) }),
    rateSeconds: rateSeconds ?? usualRateSeconds,
    ...(peakRatePerSecond === undefined ? {} : { peakRatePerSecond }),
  };
}

function parseRateTime(text: string, list: ProblemList): number {
  const seconds = parseSeconds('--rate-time', text);
  if (seconds < 1 || seconds > longestRateSeconds) {
    list.add([problem('INVALID_OPTION', `--rate-time ${text} is outside 1s to ${longestRateSeconds}s`)]);
  }
  return seconds;
}

function checkCombination(words: ProfileWords, options: ProfileOptions, list: ProblemList): void {
  const { services, command } = words;
  const refuse = (cause: string, remedy: string) => list.add([problem('INVALID_OPTION', cause, { remedy })]);
  const nothing = services.length === 0 && command.length === 0 && options.url === undefined;
  if (nothing) refuse('there is nothing to profile', 'Name a service, a --url, or a command after `--`.');
  if (services.length > 1) {
    refuse(`more than one service: ${services.join(', ')}`, 'Name one; a command goes after `--`.');
  }
  if (services.length > 0 && (command.length > 0 || options.url !== undefined || options.pid !== undefined)) {
    refuse(
      'a service of the suite runs in its sandbox',
      'Leave out the service, or --url, --pid and the command.',
    );
  }
  if (options.pid !== undefined && options.url === undefined) {
    refuse('--pid does not tell where the process answers', 'Name its address with --url.');
  }
  if (options.pid !== undefined && command.length > 0) {
    refuse('--pid and a command are two services', 'Give one of them.');
  }
  const sources = (['har', 'openapi', 'route'] as const).filter((name) => options[name] !== undefined);
  if (sources.length > 1) {
    refuse(`--${sources.join(' and --')} are different requests`, 'Give one of them.');
  }
  const given = (['har', 'openapi', 'method', 'body'] as const).filter((name) => options[name] !== undefined);
  if (services.length > 0 && given.length > 0) {
    refuse(
      "a service of the suite is loaded with its scenarios' requests",
      `Leave out --${given.join(' and --')}.`,
    );
  }
  if (options.body !== undefined && (options.har !== undefined || options.openapi !== undefined)) {
    refuse('--body goes with --route', 'The file holds the bodies.');
  }
}

/** Load goes to this machine, or where somebody said that it may. */
function checkedUrl(text: string, confirmed: string | undefined, list: ProblemList): string {
  const fault = urlFault(text);
  if (fault !== undefined) {
    list.add([problem('INVALID_OPTION', `--url ${fault}`, { remedy: 'Such as http://127.0.0.1:3000' })]);
    return text;
  }
  const { hostname } = new URL(text);
  const isLoopback = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
  if (isLoopback || confirmed === hostname) return text;
  list.add([
    problem('TARGET_NOT_CONFIRMED', `${hostname} is not confirmed: it is another machine`, {
      remedy: `If load may go there, repeat its host: --confirm-target ${hostname}`,
    }),
  ]);
  return text;
}

function askedOf(
  { services, command }: ProfileWords,
  url: string | undefined,
  pid: number | undefined,
): Asked {
  const [service] = services;
  if (service !== undefined) return { kind: 'service', name: service };
  const [file, ...args] = command;
  if (file !== undefined) {
    const name = basename([...args].reverse().find((word) => !word.startsWith('-')) ?? file);
    return { kind: 'command', command: [file, ...args], name, ...(url === undefined ? {} : { url }) };
  }
  const at = url ?? '';
  const name = new URL(at).host.replace(':', '-');
  return pid === undefined ? { kind: 'url', url: at, name } : { kind: 'process', pid, url: at, name };
}
