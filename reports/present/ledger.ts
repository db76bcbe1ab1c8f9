/** What was acknowledged, and what of it is still there: the classes of a ledger around each drill. */
import {
  classesIn,
  type LedgerClasses,
  type LedgerResult,
  type LedgerSpan,
  type Noteworthy,
} from '../../slo/ledger/result.ts';
import { reachOf, rpoSeconds } from '../../slo/ledger/rpo.ts';
import { clockTime, count, counted, milliseconds } from '../figures.ts';
import type { Cell, LedgerView, Standing, Table } from '../types.ts';
import { statusOf } from '../words.ts';
import type { PresentInput } from './input.ts';
import { cell, columns } from './table.ts';

/** One for each ledger that was read back. */
export function presentLedgers({ measurements, plan }: PresentInput): LedgerView[] {
  const { ledgers, drills } = measurements;
  const begins = new Map((plan.faults ?? []).map(({ id, startSecond }) => [id, startSecond]));
  for (const { fault, injectedSecond } of drills) {
    if (injectedSecond !== undefined) begins.set(fault.id, injectedSecond);
  }
  return ledgers.map((ledger) => ledgerView(ledger, begins));
}

/** Second at which each fault began: as it was injected, or as planned where that is not known. */
type Begins = ReadonlyMap<string, number>;

function ledgerView(ledger: LedgerResult, begins: Begins): LedgerView {
  const { name, spans, settleSeconds, illegible } = ledger;
  const classes = classesIn(spans);
  return {
    name,
    status: statusOf(standingOf(classes, illegible)),
    summary: summaryOf(name, classes, illegible),
    findings: [
      ...spans.flatMap((span) => lossOf(name, span, begins)),
      ...othersOf(name, classes),
      ...ledger.gaps.map((gap) => `${gap.code}: ${gap.cause} (${counted(gap.count, 'time')}).`),
    ],
    classes: {
      caption: `${capital(name)} that were attempted`,
      columns: columns(
        ...['Nearest to', 'Acknowledged#', 'Present#', 'Lost#', 'Unknown#'],
        ...['Never acknowledged, present#', 'Never acknowledged, absent#', 'Done twice#', 'Recovery point#'],
      ),
      rows: spans.map((span) => row(span, begins)),
    },
    examples: examplesOf(spans),
    method: `Each was read back through the API that customers use, and what was not there was asked for again for ${settleSeconds} s. The recovery point is the time from the first to the last lost acknowledgement around one fault; a single one spans 0 s.`,
  };
}

function standingOf(
  { acknowledged, lost, duplicated, unread, copiesUnread }: LedgerClasses,
  illegible: number,
): Standing {
  if (lost + duplicated > 0) return 'fail';
  if (unread + copiesUnread + illegible > 0) return 'inconclusive';
  return acknowledged === 0 ? 'none' : 'pass';
}

function summaryOf(
  name: string,
  { acknowledged, present, lost, unread }: LedgerClasses,
  illegible: number,
): string {
  if (acknowledged === 0 && illegible > 0)
    return `No ${name} are known to be acknowledged, but ${counted(illegible, 'acknowledgement')} may be missing from the ledger or unreadable in it: nothing is proven.`;
  if (acknowledged === 0)
    return `No ${name} were acknowledged: nothing can have been lost, nothing is proven.`;
  return `${count(acknowledged)} ${name} were acknowledged: ${count(present)} are present, ${count(lost)} lost, ${count(unread)} unknown.`;
}

/** "Acknowledged orders lost around order-crash: 3, over a window of 700 ms, back to 950 ms before the fault began." */
function lossOf(name: string, span: LedgerSpan, begins: Begins): string[] {
  const { lost: window, fault } = span;
  if (window === undefined) return [];
  const around = fault === undefined ? '' : ` around ${fault}`;
  const number = count(classesIn([span]).lost);
  const reach = reachText(span, begins);
  const over = `over a window of ${duration(rpoSeconds(window))}${reach === '' ? '' : `, ${reach}`}`;
  return [`Acknowledged ${name} lost${around}: ${number}, ${over}.`];
}

/** How far the loss reaches to both sides of the fault's begin: how old the state is that came back. */
function reachText({ lost, fault }: LedgerSpan, begins: Begins): string {
  const begin = fault === undefined ? undefined : begins.get(fault);
  if (lost === undefined || begin === undefined) return '';
  const { back, on } = reachOf(lost, begin);
  const told = [
    ...(back > 0 ? [`back to ${duration(back)} before the fault began`] : []),
    ...(on > 0 ? [`on to ${duration(on)} after it began`] : []),
  ];
  return told.join(' and ');
}

function othersOf(name: string, { unacknowledged, duplicated }: LedgerClasses): string[] {
  return [
    ...(duplicated > 0 ? [`${capital(name)} done more than once: ${count(duplicated)}.`] : []),
    ...(unacknowledged > 0
      ? [`${capital(name)} that are there although nobody was told so: ${count(unacknowledged)}.`]
      : []),
  ];
}

function row(span: LedgerSpan, begins: Begins): Cell[] {
  const { acknowledged, present, lost, unread, ...others } = classesIn([span]);
  const { unacknowledged, absent, unacknowledgedUnread, duplicated, copiesUnread } = others;
  const { altered } = span.attempts.acknowledged;
  return [
    cell(span.fault ?? 'the whole run'),
    cell(count(acknowledged)),
    cell(count(present)),
    cell(count(lost), altered > 0 ? `${count(altered)} of them with other values` : ''),
    cell(count(unread)),
    cell(count(unacknowledged), unacknowledgedUnread > 0 ? `${count(unacknowledgedUnread)} unknown` : ''),
    cell(count(absent)),
    cell(count(duplicated), copiesUnread > 0 ? `${count(copiesUnread)} unknown` : ''),
    lost === 0 ? cell('–') : cell(duration(rpoSeconds(span.lost)), reachText(span, begins)),
  ];
}

const exampleWords: Readonly<Record<Noteworthy, string>> = {
  lost: 'acknowledged and lost',
  altered: 'acknowledged, there with other values',
  unread: 'acknowledged and unknown',
  unacknowledged: 'never acknowledged but present',
  duplicated: 'done more than once',
};

function examplesOf(spans: readonly LedgerSpan[]): Table {
  return {
    caption: 'Where to begin looking',
    columns: columns('Reference', 'What became of it', 'At#', 'Nearest to'),
    rows: spans.flatMap(({ examples, fault }) =>
      examples.map(({ ref, as, second }) => [
        cell(ref),
        cell(exampleWords[as]),
        cell(clockTime(Math.max(0, second))),
        cell(fault ?? '–'),
      ]),
    ),
  };
}

function duration(seconds: number): string {
  return milliseconds(seconds * 1000);
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
