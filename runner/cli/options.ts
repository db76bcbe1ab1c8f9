/** Options that several commands share, so that they read the same everywhere. */
import type { Command } from 'commander';
import type { LeastEffectOptions } from './compare-options.ts';

/** Options as commander gives them: text that is parsed later, so that all problems are told at once. */
export interface SuiteOptions {
  readonly config?: string;
  readonly json?: boolean;
}

export interface PlanOptions extends SuiteOptions {
  readonly profile?: string;
  readonly load?: string;
  readonly duration?: string;
  readonly service?: readonly string[];
  readonly journey?: readonly string[];
  readonly target?: string;
  readonly confirmTarget?: string;
  readonly sandboxImpair?: readonly string[];
  readonly sandboxDefect?: readonly string[];
  readonly policy?: string;
  readonly seed?: string;
  readonly stopWhenDecided?: boolean;
  readonly failFast?: boolean;
  readonly untilDecided?: string;
  readonly chaos?: readonly string[];
  readonly chaosAllowShell?: boolean;
  /** False with --no-browser. */
  readonly browser?: boolean;
}

export interface RehearseOptions extends PlanOptions, LeastEffectOptions {
  readonly baseline?: string;
  readonly interleave?: string;
  readonly tag?: string;
  readonly out?: string;
  readonly quiet?: boolean;
  readonly trace?: boolean;
  readonly dryRun?: boolean;
  readonly metricsPort?: string;
  readonly faroPort?: string;
  readonly virtualBeacons?: boolean;
}

export interface EvaluateOptions extends SuiteOptions {
  readonly policy?: string;
  readonly whatIf?: string;
}

export interface ReportOptions {
  readonly format: string;
  readonly out?: string;
}

export interface VerifyOptions {
  readonly json?: boolean;
  readonly statement?: string;
}

/** Which runs of the history. */
export interface HistoryFilter {
  readonly runs: string;
  readonly service?: string;
  readonly profile?: string;
  readonly branch?: string;
  readonly target?: string;
  readonly json?: boolean;
}

export interface HistoryOptions extends HistoryFilter {
  readonly objective?: string;
  readonly limit: string;
  readonly rebuild?: boolean;
}

export interface BudgetOptions extends HistoryFilter {
  readonly days: string;
  /** True for the current month. */
  readonly month?: string | true;
}

export interface ImportOptions {
  readonly runs: string;
  readonly json?: boolean;
}

export interface SandboxCommandOptions extends SuiteOptions {
  readonly port?: string;
  readonly sandboxImpair?: readonly string[];
  readonly defect?: readonly string[];
}

export interface RumOptions extends SuiteOptions {
  readonly port?: string;
  readonly duration?: string;
  readonly out?: string;
}

export interface ValidateOptions extends SuiteOptions {
  readonly lenient?: boolean;
}

export interface ExportOptions {
  readonly config?: string;
  readonly prometheus?: boolean;
  readonly out?: string;
}

/** What `list` takes, in the order in which all of it is printed. */
export const listable = [
  'services',
  'scenarios',
  'journeys',
  'profiles',
  'objectives',
  'policies',
  'faults',
  'defects',
] as const;
export type Listable = (typeof listable)[number];

export function addSuiteOptions(command: Command): Command {
  return command
    .option('--config <file>', 'suite to use (default: peakproof.config.ts here, else the built-in)')
    .option('--json', 'print JSON for programs');
}

/** What to load, how much, where. */
export function addPlanOptions(command: Command): Command {
  return addSuiteOptions(command)
    .option('--profile <name>', "shape of the load (default: the suite's own)")
    .option('--load <multiple>', 'highest multiple of normal load, 1 to 10')
    .option('--duration <time>', 'length of the run, such as 90s, 5m or 1h')
    .option('--stop-when-decided', 'end the last hold phase once every blocking objective is decided')
    .option('--until-decided <time>', 'extend the last hold phase until then, up to this length of the run')
    .option('--fail-fast', 'end the run at the first blocking objective that certainly failed')
    .option('--service <name...>', 'only the own traffic of these services')
    .option('--journey <name...>', 'only these journeys')
    .option('--target <file>', "target file of the system (default: the suite's own, else the sandbox)")
    .option('--policy <name>', 'what the gate tolerates (default: rehearsal)')
    .option('--no-browser', 'load no pages in Chromium beside the load')
    .option('--seed <number>', 'repeats the traffic of an earlier run (default: a new one)')
    .option(
      '--sandbox-impair <spec...>',
      'break the sandbox on purpose: payment:latency=900ms, payment:latency=+20% or payment:errors=20%',
    )
    .option('--sandbox-defect <name...>', 'build the sandbox with a defect: `peakproof list defects`');
}

export function examples(...lines: readonly (readonly [command: string, meaning: string])[]): string {
  const width = Math.max(...lines.map(([command]) => command.length));
  return `\nExamples:\n${lines.map(([command, meaning]) => `  ${command.padEnd(width)}  ${meaning}`).join('\n')}\n`;
}
