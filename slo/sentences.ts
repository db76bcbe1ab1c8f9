/** Figures and reasons as sentences. Comparison is over by now: text never decides anything. */
import { burstWithstood } from './statistics/share-bounds.ts';
import type { Answer, Evidence } from './types.ts';

const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const plain = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 6 });

/** 29956 → "29,956". */
export function formatCount(count: number): string {
  return grouped.format(count);
}

/** "1 request", "2 requests". */
export function formatCounted(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** A reading or limit, to six significant digits. */
export function formatValue(value: number): string {
  return plain.format(value);
}

/** 4.21 → "4.2 ms", 830 → "830 ms", 1900 → "1.9 s". */
export function formatMilliseconds(ms: number): string {
  const size = Math.abs(ms);
  if (size >= 1000) return `${String(Number((ms / 1000).toPrecision(3)))} s`;
  return `${size >= 10 ? Math.round(ms) : Number(ms.toPrecision(2))} ms`;
}

/** A measured span in seconds: 4.21 → "4.21 s", 0.35 → "350 ms". */
export function formatDuration(seconds: number): string {
  return seconds === 0 ? '0 s' : formatMilliseconds(seconds * 1000);
}

/** A figure of a drill in its unit: 12.3 → "12.3 s", 0.012 → "1.2 %". */
export function formatDrillFigure(value: number, unit: 'seconds' | 'services' | 'share'): string {
  if (unit === 'seconds') return formatDuration(value);
  return unit === 'share' ? `${Number((value * 100).toPrecision(3))} %` : formatCounted(value, 'service');
}

/** What such a figure is compared with: "≤ 180 s", "≤ 0". */
export function formatDrillLimit(
  sign: string,
  value: number,
  unit: 'seconds' | 'services' | 'share',
): string {
  return `${sign} ${unit === 'services' ? formatCount(value) : formatDrillFigure(value, unit)}`;
}

/** 90 → "90 s", 600 → "10 min", 30,000 → "8.3 h". */
export function formatSeconds(seconds: number): string {
  if (seconds < 120) return `${formatCount(Math.ceil(seconds))} s`;
  if (seconds < 7200) return `${formatCount(Math.ceil(seconds / 60))} min`;
  return `${formatValue(Math.ceil(seconds / 360) / 10)} h`;
}

/** A promised share as it was written: 0.9999 → "99.99 %". */
export function formatTarget(target: number): string {
  return `${Number((target * 100).toPrecision(12))} %`;
}

/**
 * A measured share, cut so that it claims no more than is known (`down` for lower bounds and observations,
 * `up` for upper bounds) and with as many digits as it takes to print on its own side of the target:
 * 0.999899 against 0.9999 is never "99.99 %".
 */
export function formatShare(share: number, cut: 'down' | 'up', target: number): string {
  if (share <= 0 || share >= 1) return share >= 1 ? '100 %' : '0 %';
  const nines = Math.ceil(-Math.log10(1 - share));
  for (let decimals = Math.max(nines - 1, 1); decimals < 12; decimals += 1) {
    const printed = cutAt(share * 100, decimals, cut);
    if (printed >= percentOf(target) === share >= target) return `${printed} %`;
  }
  return `${share * 100} %`;
}

function percentOf(share: number): number {
  return Number((share * 100).toPrecision(12));
}

function cutAt(percent: number, decimals: number, cut: 'down' | 'up'): number {
  const factor = 10 ** decimals;
  // A decimal share times 100 may lie a hair beside the decimal it stands for.
  const scaled = Number((percent * factor).toPrecision(13));
  return Number(((cut === 'down' ? Math.floor(scaled) : Math.ceil(scaled)) / factor).toFixed(decimals));
}

/** What a sample counted, and what it calls one bad event and several. */
export interface Nouns {
  readonly events: string;
  readonly bad: string;
  readonly bads: string;
  /** What was seen, where counting bad events would not say it. */
  readonly seen?: string;
}

interface Sampled {
  readonly target: number;
  readonly answer: Answer;
  readonly evidence: Evidence;
  readonly neededTotal?: number;
  readonly suspected?: true;
}

/** Why a sample proves, refutes or leaves open its target, with the figures and what is missing. */
export function sampleReason(sampled: Sampled, nouns: Nouns): string {
  return [answerReason(sampled, nouns), burstReason(sampled, nouns)].filter((part) => part !== '').join(' ');
}

/** "The 41 failures came in 2 bursts: they count as evidence of 2 events, not 41." Nothing where they came singly. */
function burstReason({ evidence, suspected }: Sampled, nouns: Nouns): string {
  const { bad, uncertain = 0, bursts = 0, designEffect = 1 } = evidence;
  const failures = bad + uncertain;
  const events = Math.max(1, Math.round(failures / designEffect));
  if (failures < 2 || events >= failures) return '';
  const came = `The ${formatCount(failures)} ${nouns.bads} came in ${formatCount(bursts)} ${bursts === 1 ? 'burst' : 'bursts'}`;
  const count = `they count as evidence of ${formatCount(events)} ${events === 1 ? 'event' : 'events'}, not ${formatCount(failures)}`;
  const look = suspected === true ? ' Were they independent, the promise would be broken: look at them.' : '';
  return `${came}: ${count}.${look}`;
}

function answerReason({ target, answer, evidence, neededTotal }: Sampled, nouns: Nouns): string {
  const seen = nouns.seen ?? whatWasSeen(evidence, nouns);
  const { bad, uncertain = 0, lowerBound = 0, upperBound = 1 } = evidence;
  const promised = formatTarget(target);
  const atLeast = formatShare(lowerBound, 'down', target);
  const atMost = formatShare(upperBound, 'up', target);
  if (answer === 'fail') return `${seen}: at most ${atMost} can be good, where ${promised} was promised.`;
  const isClean = bad + uncertain === 0;
  if (answer === 'pass') {
    const assumed = isClean ? burstsWithstood(evidence.total, target) : '';
    return `${seen} ${bad > 1 ? 'prove' : 'proves'} ≥ ${atLeast}${assumed}; ${promised} was promised.`;
  }
  const known = isClean ? ` proves ≥ ${atLeast}` : `: between ${atLeast} and ${atMost} is good`;
  if (neededTotal === undefined) {
    return `${seen}${known}; how many more would prove ${promised}, so few bursts cannot tell.`;
  }
  const needed = `${formatCount(neededTotal)} ${isClean ? 'clean ' : ''}${nouns.events}`;
  return `${seen}${known}; ${needed}${isClean ? '' : ' without a further one'} would prove ${promised}.`;
}

/** A clean sample says nothing of how failures would come: what it proves holds up to bursts of a length. */
function burstsWithstood(total: number, target: number): string {
  const length = Math.floor(burstWithstood(total, target));
  return length < 2 ? ' if failures come singly' : ` if failures come up to ${formatCount(length)} at a time`;
}

function whatWasSeen({ total, bad, dropped, uncertain = 0 }: Evidence, nouns: Nouns): string {
  const found = bad === 0 ? `No ${nouns.bad}` : `${formatCount(bad)} ${bad === 1 ? nouns.bad : nouns.bads}`;
  const asides = [
    ...(dropped > 0 ? [`${formatCount(dropped)} of them dropped before they were sent`] : []),
    ...(uncertain > 0 ? [`${formatCount(uncertain)} more may or may not be`] : []),
  ];
  const events = total === 1 ? nouns.events.replace(/s$/, '') : nouns.events;
  return `${found} in ${formatCount(total)} ${events}${asides.length > 0 ? ` (${asides.join('; ')})` : ''}`;
}
