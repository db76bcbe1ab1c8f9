/** Figures of a profile as text: estimates with their intervals, caveats as sentences. */
import type { Estimate, RateCaveat, RateRun, ServiceProfile } from '../../slo/profile/types.ts';
import { decimal, milliseconds, roughShare } from '../figures.ts';

type Format = (value: number) => string;

/** "4,790", and its interval "4,720 to 4,860" where there is one. */
export function estimateText({ value }: Estimate, format: Format = decimal): string {
  return Number.isFinite(value) ? format(value) : '–';
}

export function intervalText({ low, high }: Estimate, format: Format = decimal): string {
  if (low === undefined) return '';
  return high === undefined ? `≥ ${format(low)}` : `${format(low)} to ${format(high)}`;
}

/** "4,790 (4,720 to 4,860)" */
export function withInterval(estimate: Estimate, format: Format = decimal): string {
  const interval = intervalText(estimate, format);
  return interval === '' ? estimateText(estimate, format) : `${estimateText(estimate, format)} (${interval})`;
}

/** Milliseconds of things faster than one: 0.321 → "0.32 ms". */
export function fineMs(ms: number): string {
  return ms < 10 ? `${decimal(ms)} ms` : milliseconds(ms);
}

export function bytes(value: number): string {
  const size = Math.abs(value);
  if (size < 1000) return `${Math.round(value)} B`;
  return size < 1e6 ? `${decimal(value / 1000)} kB` : `${decimal(value / 1e6)} MB`;
}

const caveatWords: Readonly<Record<RateCaveat, string>> = {
  'generator-saturated': 'generator or machine saturated: no evidence about the service',
  'arrivals-dropped': 'arrivals dropped: its tail is a lower bound',
  incomplete: 'figures incomplete',
  uncorrected: 'without k6: its tail is a lower bound',
};

export function caveatsText({ caveats, dropped, failed, requests }: RateRun): string {
  const counted = [
    ...(failed > 0 ? [`${decimal(failed)} of ${decimal(requests)} failed`] : []),
    ...(dropped > 0 ? [`${decimal(Math.round(dropped))} dropped`] : []),
  ];
  return [...counted, ...caveats.map((caveat) => caveatWords[caveat])].join('; ');
}

/** "25 %" of the capacity, or nothing for a rate that was asked for. */
export function shareText({ share }: RateRun): string {
  return share === undefined ? '' : roughShare(share);
}

/** The busiest functions by their own time; none without a CPU profile. */
export function topFunctions({ node }: ServiceProfile, most: number) {
  return (node?.cpuProfile?.functions ?? []).slice(0, most);
}

/** `server.js:12` as short as it can be told: the last two parts of its path. */
export function placeText({ file, line }: { readonly file: string; readonly line: number }): string {
  if (file === '') return 'engine';
  const path = decodePath(file.replace(/^file:\/\//, ''));
  const dependency = /node_modules\/(.*)$/.exec(path)?.[1];
  const short = path.startsWith('node:') ? path : (dependency ?? path.split('/').slice(-2).join('/'));
  return line > 0 ? `${short}:${line}` : short;
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
