/** present: what was found → what a report says. Everything is decided here; renderers only print. */
import { cleanDeep } from './clean.ts';
import { minuteOf } from './figures.ts';
import { lazily, type Parts } from './lazily.ts';
import type { PagesView } from './pages-view.ts';
import { presentComparison } from './present/comparison.ts';
import { presentBanners, presentDecision } from './present/decision.ts';
import { presentDisagreement } from './present/disagreement.ts';
import { verdictDocument } from './present/document.ts';
import { presentDrills } from './present/drills.ts';
import { presentElasticity } from './present/elasticity.ts';
import { presentGenerator } from './present/generator.ts';
import { presentHeatMap } from './present/heat-map.ts';
import { presentHistory } from './present/history.ts';
import type { PresentInput } from './present/input.ts';
import { presentLedgers } from './present/ledger.ts';
import { presentMethod } from './present/method.ts';
import { presentObjectives } from './present/objectives.ts';
import { presentFilms, presentPages } from './present/pages/index.ts';
import { presentFigures } from './present/peak.ts';
import { presentPromises } from './present/promises.ts';
import { presentServices } from './present/services.ts';
import { presentTimeline } from './present/timeline.ts';
import { presentTrends } from './present/trend.ts';
import { presentUptime } from './present/uptime.ts';
import type { ReportModel } from './types.ts';

export type { PresentInput, PromiseFacts, SuiteFacts } from './present/input.ts';

/**
 * Pure: the same input gives the same model. Texts from outside come out as single, printable lines. Each part is
 * worked out when a format first reads it: a gate that prints one line pays for no charts.
 */
export function present(input: PresentInput): ReportModel {
  const told = tell(input);
  const cleaned = Object.keys(told).map((key) => [key, () => cleanDeep(told[key as keyof Told])]);
  return lazily<ReportModel>({
    ...(Object.fromEntries(cleaned) as Parts<Told>),
    pages: () => seenPages(input),
    document: () => verdictDocument(input, told.promises),
  });
}

/** What a report says in words and tables. */
type Told = Omit<ReportModel, 'pages' | 'document'>;

function tell(input: PresentInput): Told {
  const { suite, run, comparison } = input;
  const told: Told = lazily<Told>({
    title: () => suite.title,
    subtitle: () => subtitle(input),
    runId: () => run.id,
    decision: () => presentDecision(input, told.objectives),
    banners: () => presentBanners(input),
    figures: () => presentFigures(input),
    promises: () => presentPromises(input),
    objectives: () => presentObjectives(input),
    history: () => presentHistory(input, told.promises),
    comparison: () => comparison && presentComparison(comparison),
    drills: () => presentDrills(input),
    elasticity: () => presentElasticity(input, () => told.timeline.points),
    trends: () => presentTrends(input),
    ledgers: () => presentLedgers(input),
    timeline: () => presentTimeline(input),
    heatMap: () => presentHeatMap(input),
    generator: () => presentGenerator(input),
    uptime: () => presentUptime(input),
    disagreement: () => presentDisagreement(input),
    services: () => presentServices(input, told.objectives, told.decision.deciding),
    acrossServices: () => told.objectives.filter(({ service }) => suite.catalog[service] === undefined),
    method: () => presentMethod(input),
  });
  return told;
}

/** Pictures are left as they are: texts are cut to a length. */
function seenPages(input: PresentInput): PagesView | undefined {
  const pages = presentPages(input);
  return pages && { ...cleanDeep(pages), films: presentFilms(input) };
}

function subtitle({ plan, run }: PresentInput): string {
  const started = run.startedAtMs === undefined ? 'never started' : `${minuteOf(run.startedAtMs)} UTC`;
  return `${plan.profile} on ${plan.environment.name} · ${started}`;
}
