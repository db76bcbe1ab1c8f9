import { join } from 'node:path';
import type { HtmlAssets } from '../../reports/formats/html.ts';
import { renderFiles } from '../../reports/formats.ts';
import type { ReportModel } from '../../reports/types.ts';
import { PeakproofError, type Problem, problem } from '../../scenarios/problem.ts';
import { writeWhole } from './write.ts';

/** Renders every format into the run folder. One that cannot be rendered or written costs none of the others. */
export function writeReports(runFolder: string, model: ReportModel, assets: HtmlAssets): Problem[] {
  return renderFiles(model, assets).flatMap(({ fileName, result }) => {
    if ('error' in result) return [problem('REPORT_FAILED', `${fileName}: ${messageOf(result.error)}`)];
    try {
      writeWhole(join(runFolder, fileName), result.text);
      return [];
    } catch (error) {
      if (error instanceof PeakproofError) return [...error.problems];
      throw error;
    }
  });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
