/** One SLO document → the objectives that it promises: one for each target, or one for a composite. */
import { wholeSystem } from '../scope.ts';
import type { Objective, Sli } from '../types.ts';
import { alertsOf } from './alerts.ts';
import { compositeOf } from './composite.ts';
import type { Context } from './context.ts';
import type { Place } from './findings.ts';
import { indicatorOf } from './indicator-of.ts';
import type { Located } from './library.ts';
import { checkMultiplier, multiplierOf, textLabels } from './notes.ts';
import { checkMeanTarget } from './pages.ts';
import type { SloObjective } from './schema.ts';
import { budgetingOf, checkSliceable, methodOf } from './slices.ts';
import { targetOf } from './target.ts';
import { didYouMean } from './text.ts';
import { windowOf } from './window.ts';

/** What all objectives of an SLO share. */
type Common = Omit<Objective, keyof Names | keyof Own>;
type Names = Pick<Objective, 'id' | 'displayName'>;
type Own = Pick<Objective, 'target' | 'sli' | 'budgeting'>;

/** The objectives of an SLO that can be read; what is wrong with the others was told. */
export function objectivesOf(slo: Located<'SLO'>, context: Context): Objective[] {
  const { value, place } = slo;
  const spec = place.at('spec');
  checkService(value.spec.service, context, spec.at('service'));
  const common = commonOf(slo, context);
  const method = methodOf(value.spec, spec);
  const isComposite = value.spec.objectives.some(
    ({ indicator, indicatorRef }) => indicator !== undefined || indicatorRef !== undefined,
  );
  const { name, displayName = name } = value.metadata;
  if (isComposite) {
    const composite = compositeOf(slo, method, common.windowDays, context);
    return composite === undefined ? [] : [assemble({ id: name, displayName }, common, composite)];
  }
  return value.spec.objectives.flatMap((objective, index) => {
    const here = spec.at('objectives', index);
    const measured = measuredOf(slo, objective, context, here);
    const target = targetOf(objective, here);
    const budgeting = budgetingOf(objective, method, common.windowDays, here);
    checkSliceable(measured, method, here);
    checkMeanTarget(measured, target, here);
    const isUnread = measured === undefined || target === undefined;
    if (isUnread || (method !== 'Occurrences' && budgeting === undefined)) return [];
    const own = { target, ...(budgeting && { budgeting }), sli: measured };
    const source = value.spec.objectives.length === 1 ? common.source : here.where();
    return [assemble(namesOf(slo, objective, index), { ...common, source }, own)];
  });
}

/** In the order in which people read a saved verdict. */
function assemble(names: Names, common: Common, { target, budgeting, sli }: Own): Objective {
  const { description, service, owner, labels, source, ...window } = common;
  return {
    ...names,
    description,
    service,
    ...(owner === undefined ? {} : { owner }),
    target,
    ...window,
    ...(budgeting && { budgeting }),
    sli,
    labels,
    source,
  };
}

function commonOf({ value, place }: Located<'SLO'>, { library }: Context): Common {
  const { labels, annotations = {} } = value.metadata;
  const { description = '', service, timeWindow, alertPolicies } = value.spec;
  const alerts = alertsOf(alertPolicies ?? [], library, place.at('spec', 'alertPolicies'));
  return {
    description,
    service,
    ...(annotations.owner === undefined ? {} : { owner: annotations.owner }),
    ...windowOf(timeWindow, place.at('spec', 'timeWindow')),
    ...(alerts.length > 0 && { alerts }),
    labels: textLabels(labels ?? {}, place.at('metadata', 'labels')),
    source: place.where(),
  };
}

function measuredOf(
  { value, place }: Located<'SLO'>,
  objective: SloObjective,
  context: Context,
  here: Place,
): Sli | undefined {
  if (objective.compositeWeight !== undefined) {
    here.at('compositeWeight').tolerate('weights need a composite: give each objective its own indicator');
  }
  const annotated = place.at('metadata', 'annotations');
  const sli = indicatorOf(value.spec, objective, context, { indicator: place.at('spec'), objective: here });
  if (sli === undefined) return undefined;
  const isThreshold =
    sli.measure === 'readings' ||
    sli.measure === 'drills' ||
    sli.measure === 'page-load' ||
    (sli.measure === 'series' && sli.kind === 'threshold');
  if (isThreshold && value.spec.objectives.length > 1) here.tolerate('a thresholdMetric has one objective');
  checkMultiplier([sli], value.metadata.annotations, annotated);
  return multiplierOf(sli, value.metadata.annotations, annotated);
}

/** One of several objectives is told apart by its displayName, else by its position. */
function namesOf({ value }: Located<'SLO'>, { displayName }: SloObjective, index: number): Names {
  const { name, displayName: title = name } = value.metadata;
  if (value.spec.objectives.length === 1) return { id: name, displayName: title };
  const slug = (displayName ?? '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  const own = slug === '' ? String(index + 1) : slug;
  return { id: `${name}-${own}`, displayName: `${title}: ${displayName ?? own}` };
}

function checkService(service: string, { world, library }: Context, place: Place): void {
  const declared = library.all('Service').map(({ value }) => value.metadata.name);
  const known = [...Object.keys(world.catalog), ...world.journeys, ...declared, wholeSystem];
  if (known.includes(service)) return;
  const cause = `there is no service or journey "${service}"${didYouMean(service, known)}`;
  // The standard leaves open whether a service must be declared.
  place.tolerate(cause, { code: 'UNKNOWN_SERVICE' });
}
