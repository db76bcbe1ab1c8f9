/** present: what was found → what a report says. Everything is decided here; renderers only print. */
import { cleanDeep } from './clean.ts';
import { presentComparison } from './present/comparison.ts';
import { presentBanners, presentDecision } from './present/decision.ts';
import { presentGenerator } from './present/generator.ts';
import { presentHeatMap } from './present/heat-map.ts';
import type { PresentInput } from './present/input.ts';
import { presentMethod } from './present/method.ts';
import { presentObjectives } from './present/objectives.ts';
import { presentFigures } from './present/peak.ts';
import { presentPromises } from './present/promises.ts';
import { presentServices } from './present/services.ts';
import { presentTimeline } from './present/timeline.ts';
import { presentTrends } from './present/trend.ts';
import { presentUptime } from './present/uptime.ts';
import type { ReportModel } from './types.ts';
import { verdictDocument } from './verdict-document.ts';

export type { PresentInput, PromiseFacts, SuiteFacts } from './present/input.ts';

/** Pure: the same input gives the same model. Texts from outside come out as single, printable lines. */
export function present(input: PresentInput): ReportModel {
  const { verdict, decision, plan, suite, run } = input;
  const objectives = presentObjectives(input);
  const trends = presentTrends(input);
  const decided = presentDecision(input, objectives);
  const told = {
    title: suite.title,
    subtitle: subtitle(input),
    runId: run.id,
    decision: decided,
    banners: presentBanners(input),
    figures: presentFigures(input),
    promises: presentPromises(input),
    objectives,
    ...(input.comparison === undefined ? {} : { comparison: presentComparison(input.comparison) }),
    ...(trends === undefined ? {} : { trends }),
    timeline: presentTimeline(input),
    heatMap: presentHeatMap(input),
    generator: presentGenerator(input),
    uptime: presentUptime(input),
    services: presentServices(input, objectives, decided.deciding),
    acrossServices: objectives.filter((objective) => suite.catalog[objective.service] === undefined),
    method: presentMethod(input),
  };
  return { ...cleanDeep(told), document: verdictDocument(run, plan, verdict, decision, input.comparison) };
}

function subtitle({ plan, run }: PresentInput): string {
  const date = run.startedAtMs === undefined ? undefined : new Date(run.startedAtMs).toISOString();
  const started = date === undefined ? 'never started' : `${date.slice(0, 10)} ${date.slice(11, 16)} UTC`;
  return `${plan.profile} on ${plan.environment.name} · ${started}`;
}
