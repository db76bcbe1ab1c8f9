import type { ReportModel } from '../types.ts';

/** verdict.json, as reports/schema/verdict.schema.json describes it. */
export function renderVerdictJson(model: ReportModel): string {
  return `${JSON.stringify(model.document, null, 2)}\n`;
}
