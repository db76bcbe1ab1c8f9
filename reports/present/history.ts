/** Each promise run by run: this run beside comparable ones before it. */
import { counted, minuteOf, sparkline } from '../figures.ts';
import type { PastRun } from '../past-run.ts';
import type { Cell, HistoryView, PromiseView } from '../types.ts';
import { statusOf } from '../words.ts';
import type { PresentInput } from './input.ts';
import { cell, columns, statusCell } from './table.ts';

/** Undefined if there was no comparable run before this one. */
export function presentHistory(
  { history = [], plan }: PresentInput,
  promises: readonly PromiseView[],
): HistoryView | undefined {
  if (history.length === 0) return undefined;
  const measured = promises.filter(
    ({ id, status }) => status.standing !== 'none' || history.some((run) => wasMeasured(run, id)),
  );
  return {
    lead: `This run after the ${counted(history.length, 'last run')} of suite ${plan.suite} with profile ${plan.profile} against ${plan.environment.name} up to the same load, the newest on the right. The bars are shares of good events of the objective that decides the promise, from the worst of these runs to the best.`,
    table: {
      caption: 'Promises run by run',
      columns: columns(
        'Promise',
        'Trend',
        ...history.map(({ createdAtMs }) => minuteOf(createdAtMs)),
        'This run',
      ),
      rows: measured.map((promise) => promiseRow(promise, history)),
    },
  };
}

function promiseRow(promise: PromiseView, history: readonly PastRun[]): Cell[] {
  const past = history.map((run) => run.promises.find(({ id }) => id === promise.id));
  const trend = sparkline([...past.map((item) => item?.goodShare), promise.goodShare]);
  return [
    cell(promise.title),
    cell(trend),
    ...past.map((item) => statusCell(statusOf(item?.standing ?? 'none'), item?.figure)),
    statusCell(promise.status, promise.measured),
  ];
}

function wasMeasured({ promises }: PastRun, id: string): boolean {
  return promises.some((item) => item.id === id && item.standing !== 'none');
}
