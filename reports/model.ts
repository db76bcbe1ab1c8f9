/** present: what was found → what a report says. Everything is decided here; renderers only print. */
import { cleanDeep } from './clean.ts';
import { minuteOf } from './figures.ts';
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

/** Pure: the same input gives the same model. Texts from outside come out as single, printable lines. */
export function present(input: PresentInput): ReportModel {
  const { suite, run } = input;
  const promises = presentPromises(input);
  const history = presentHistory(input, promises);
  const objectives = presentObjectives(input);
  const trends = presentTrends(input);
  const decided = presentDecision(input, objectives);
  const drills = presentDrills(input);
  const disagreement = presentDisagreement(input);
  const pages = presentPages(input);
  const timeline = presentTimeline(input);
  const elasticity = presentElasticity(input, timeline.points);
  const told = {
    title: suite.title,
    subtitle: subtitle(input),
    runId: run.id,
    decision: decided,
    banners: presentBanners(input),
    figures: presentFigures(input),
    promises,
    objectives,
    ...(history === undefined ? {} : { history }),
    ...(input.comparison === undefined ? {} : { comparison: presentComparison(input.comparison) }),
    ...(drills === undefined ? {} : { drills }),
    ...(elasticity === undefined ? {} : { elasticity }),
    ...(trends === undefined ? {} : { trends }),
    ledgers: presentLedgers(input),
    timeline,
    heatMap: presentHeatMap(input),
    generator: presentGenerator(input),
    uptime: presentUptime(input),
    ...(disagreement === undefined ? {} : { disagreement }),
    services: presentServices(input, objectives, decided.deciding),
    acrossServices: objectives.filter((objective) => suite.catalog[objective.service] === undefined),
    method: presentMethod(input),
  };
  const seen = pages === undefined ? {} : { pages: { ...cleanDeep(pages), films: presentFilms(input) } };
  return { ...cleanDeep(told), ...seen, document: verdictDocument(input, promises) };
}

function subtitle({ plan, run }: PresentInput): string {
  const started = run.startedAtMs === undefined ? 'never started' : `${minuteOf(run.startedAtMs)} UTC`;
  return `${plan.profile} on ${plan.environment.name} · ${started}`;
}
