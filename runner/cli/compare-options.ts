/** How large a change must be to matter, as options of every command that compares. */
import type { Command } from 'commander';
import { PeakproofError, problem } from '../../scenarios/problem.ts';
import { type LeastEffect, usualLeastEffect } from '../../slo/compare/types.ts';
import type { ProblemList } from '../problem-list.ts';

export interface LeastEffectOptions {
  readonly leastLatency?: string;
  readonly leastLatencyMs?: string;
  readonly leastErrors?: string;
}

export interface CompareOptions extends LeastEffectOptions {
  readonly force?: boolean;
  readonly out?: string;
  readonly json?: boolean;
}

export function addLeastEffectOptions(command: Command): Command {
  const { latencyShare, latencyMs, badShare } = usualLeastEffect;
  return command
    .option('--least-latency <percent>', `rise of latency that matters (default: ${latencyShare * 100}%)`)
    .option('--least-latency-ms <ms>', `and that it must reach in ms (default: ${latencyMs})`)
    .option('--least-errors <percent>', `rise of the bad share that matters (default: ${badShare * 100}%)`);
}

/** Reads the options; what is wrong with them goes on the list. */
export function parseLeastEffect(options: LeastEffectOptions, list: ProblemList): LeastEffect {
  const read = (text: string | undefined, usual: number, parse: (text: string) => number) =>
    text === undefined ? usual : (list.attempt(() => parse(text)) ?? usual);
  return {
    latencyShare: read(options.leastLatency, usualLeastEffect.latencyShare, (text) =>
      parsePercent('--least-latency', text),
    ),
    latencyMs: read(options.leastLatencyMs, usualLeastEffect.latencyMs, (text) =>
      parseNumber('--least-latency-ms', text),
    ),
    badShare: read(options.leastErrors, usualLeastEffect.badShare, (text) =>
      parsePercent('--least-errors', text),
    ),
  };
}

function parsePercent(option: string, text: string): number {
  const digits = /^(\d+(?:\.\d+)?)\s*%$/.exec(text.trim())?.[1];
  if (digits !== undefined && Number(digits) <= 1000) return Number(digits) / 100;
  throw new PeakproofError(
    problem('INVALID_OPTION', `${option} cannot be "${text}"`, { remedy: 'Give a percentage such as 10%.' }),
  );
}

function parseNumber(option: string, text: string): number {
  if (/^\d+(?:\.\d+)?$/.test(text.trim())) return Number(text);
  throw new PeakproofError(
    problem('INVALID_OPTION', `${option} cannot be "${text}"`, { remedy: 'Give a number of milliseconds.' }),
  );
}
