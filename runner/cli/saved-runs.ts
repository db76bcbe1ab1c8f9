/** `evaluate`, `gate` and `report`: everything from a run folder, nothing is sent anywhere. */
import { renderVerdictJson } from '../../reports/formats/verdict-json.ts';
import { formats } from '../../reports/formats.ts';
import type { ReportModel } from '../../reports/types.ts';
import { waiverText } from '../../reports/words.ts';
import { whatWasMeant } from '../../scenarios/nearest.ts';
import { PeakproofError, problem } from '../../scenarios/problem.ts';
import type { Policy } from '../../slo/types.ts';
import { type EvaluatedRun, evaluateRun } from '../evaluate-run.ts';
import { resolveRun } from '../store/latest.ts';
import { readReportAssets } from '../store/report-assets.ts';
import { writeReports } from '../store/write-reports.ts';
import type { EvaluateOptions, ReportOptions } from './options.ts';
import { formatProblem, print, printJson, printStep } from './print.ts';
import { showSummary, tellGithub } from './show.ts';
import { writeText } from './write-text.ts';

/** Judges a run again and tells it; the exit code is the decision's. A run that was killed gets its reports now. */
export async function evaluateAgain(run: string, options: EvaluateOptions): Promise<number> {
  const { model, decision, run: saved } = await evaluateSaved(run, options);
  if (!saved.hasReports && options.policy === undefined) reportLate(saved.path, model);
  if (options.json) print(renderVerdictJson(model));
  else showSummary(model);
  tellGithub(model, process.env);
  return decision.exitCode;
}

function reportLate(runFolder: string, model: ReportModel): void {
  const problems = writeReports(runFolder, model, readReportAssets());
  for (const item of problems) printStep(formatProblem(item));
  if (problems.length === 0) printStep(`the run had no reports; they are now in ${runFolder}`);
}

/** Tells the decision and what made it; the exit code is its own. */
export async function decide(run: string, options: EvaluateOptions): Promise<number> {
  const { decision, verdict } = await evaluateSaved(run, options);
  if (options.json) printJson(decision);
  else {
    const reasons = new Map(verdict.objectives.map(({ objective, reason }) => [objective.id, reason]));
    print(`${decision.outcome.toUpperCase()} under policy ${decision.policy.name}: ${decision.summary}`);
    for (const id of decision.because) print(`  ${id}: ${reasons.get(id) ?? ''}`);
    for (const { summary } of decision.regressions.blocking) print(`  ${summary}`);
    for (const waived of decision.waived) print(`  ${waived.objective}: ${waiverText(waived)}`);
  }
  return decision.exitCode;
}

/** Renders one format to stdout or a file. */
export async function renderAgain(run: string, options: ReportOptions): Promise<number> {
  const format = formats.find(({ id }) => id === options.format);
  if (!format) throw unknownFormat(options.format);
  const { model } = evaluateRun(resolveRun(run));
  if (format.id === 'terminal' && options.out === undefined) showSummary(model);
  else {
    const text = format.render(model, readReportAssets());
    if (options.out === undefined) print(text);
    else writeText('--out', options.out, text);
  }
  return 0;
}

async function evaluateSaved(run: string, options: EvaluateOptions): Promise<EvaluatedRun> {
  const { policy: name } = options;
  const other = name === undefined ? undefined : { policy: await policyOf(options, name), nowMs: Date.now() };
  return evaluateRun(resolveRun(run), other);
}

/** Loads the suite's code only here: a run that is judged by its own policy needs none of it. */
async function policyOf({ config }: EvaluateOptions, name: string): Promise<Policy> {
  const [{ loadSuite }, { findPolicy }] = await Promise.all([
    import('../load-suite.ts'),
    import('./prepare.ts'),
  ]);
  return findPolicy(await loadSuite({ config, cwd: process.cwd() }), name);
}

function unknownFormat(name: string): PeakproofError {
  const known = formats.map(({ id }) => id);
  const remedy = whatWasMeant(name, known);
  return new PeakproofError(problem('INVALID_OPTION', `there is no report format "${name}"`, { remedy }));
}
