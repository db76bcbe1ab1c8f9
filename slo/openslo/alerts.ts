/** Alert policies of an SLO, inline or by reference → burn-rate alerts. */
import type { BurnRateAlert } from '../types.ts';
import type { AlertConditionSpec, AlertPolicyEntry, AlertPolicySpec } from './alert-schema.ts';
import { parseDuration } from './durations.ts';
import type { Place } from './findings.ts';
import type { Library } from './library.ts';

/** Those that can be read; what is wrong with the others was told. */
export function alertsOf(
  entries: readonly AlertPolicyEntry[],
  library: Library,
  place: Place,
): BurnRateAlert[] {
  return entries.flatMap((entry, index) => {
    const policy = policyOf(entry, library, place.at(index));
    return policy === undefined ? [] : alertOf(policy, library);
  });
}

/** Policies that no SLO uses are held to the same rules. */
export function checkAlertPolicies(library: Library): void {
  for (const { value, place } of library.all('AlertPolicy')) {
    alertOf({ name: value.metadata.name, spec: value.spec, place: place.at('spec') }, library);
  }
}

interface LocatedPolicy {
  readonly name: string;
  readonly spec: AlertPolicySpec;
  readonly place: Place;
}

function policyOf(entry: AlertPolicyEntry, library: Library, place: Place): LocatedPolicy | undefined {
  if (!isOneOf(entry.alertPolicyRef, entry, 'alertPolicyRef', 'AlertPolicy', place)) return undefined;
  if (entry.alertPolicyRef === undefined) {
    return { name: entry.metadata.name, spec: entry.spec, place: place.at('spec') };
  }
  const named = library.find('AlertPolicy', entry.alertPolicyRef, place.at('alertPolicyRef'));
  if (named === undefined) return undefined;
  return { name: named.value.metadata.name, spec: named.value.spec, place: named.place.at('spec') };
}

/** A reference alone, or kind, metadata and spec. */
function isOneOf<E extends { kind?: unknown; metadata?: unknown; spec?: unknown }>(
  reference: string | undefined,
  entry: E,
  field: string,
  kind: string,
  place: Place,
): entry is E & { metadata: NonNullable<E['metadata']>; spec: NonNullable<E['spec']> } {
  const parts = [entry.kind, entry.metadata, entry.spec].filter((part) => part !== undefined).length;
  if (reference === undefined ? parts === 3 : parts === 0) return true;
  place.error(`give either ${field}, or kind: ${kind} with metadata and spec`);
  return false;
}

function alertOf({ name, spec, place }: LocatedPolicy, library: Library): BurnRateAlert[] {
  checkTargets(spec, library, place.at('notificationTargets'));
  if (!spec.alertWhenBreaching && !spec.alertWhenNoData && !spec.alertWhenResolved) {
    place.tolerate('it never alerts; set alertWhenBreaching: true');
  }
  const condition = conditionOf(spec, library, place.at('conditions', 0));
  if (condition === undefined) return [];
  const { severity, op, threshold, lookbackWindow, alertAfter } = condition;
  return [
    {
      name,
      severity,
      op,
      threshold,
      lookbackSeconds: [parseDuration(lookbackWindow).seconds],
      alertAfterSeconds: parseDuration(alertAfter).seconds,
      whenBreaching: spec.alertWhenBreaching,
      whenNoData: spec.alertWhenNoData,
    },
  ];
}

type Condition = Pick<AlertConditionSpec, 'severity'> & AlertConditionSpec['condition'];

function conditionOf(spec: AlertPolicySpec, library: Library, place: Place): Condition | undefined {
  const [entry] = spec.conditions;
  if (entry === undefined) return undefined;
  if (!isOneOf(entry.conditionRef, entry, 'conditionRef', 'AlertCondition', place)) return undefined;
  const { conditionRef } = entry;
  if (conditionRef === undefined) return checked(entry.spec, place.at('spec'));
  const named = library.find('AlertCondition', conditionRef, place.at('conditionRef'));
  return named && checked(named.value.spec, named.place.at('spec'));
}

function checked({ severity, condition }: AlertConditionSpec, place: Place): Condition {
  if (condition.op === 'lt' || condition.op === 'lte') {
    // The official example has op: lte under the words "exceeds 2".
    place
      .at('condition', 'op')
      .tolerate(`${condition.op} alerts while the budget burns slowly; gt or gte alerts when it burns fast`);
  }
  return { severity, ...condition };
}

function checkTargets({ notificationTargets }: AlertPolicySpec, library: Library, place: Place): void {
  if (notificationTargets === undefined || notificationTargets.length === 0) {
    place.tolerate('name at least one notification target');
    return;
  }
  notificationTargets.forEach((entry, index) => {
    const here = place.at(index);
    if (!isOneOf(entry.targetRef, entry, 'targetRef', 'AlertNotificationTarget', here)) return;
    if (entry.targetRef !== undefined) {
      library.find('AlertNotificationTarget', entry.targetRef, here.at('targetRef'));
    }
  });
  place.warn('read, and not used: nobody is notified from here');
}
