/** The tables of a profile's page. */

import type {
  Capacity,
  Change,
  ProfileComparison,
  RateRun,
  ServiceProfile,
} from '../../slo/profile/types.ts';
import { uslThroughput } from '../../slo/statistics/usl.ts';
import { count, decimal, minuteOf, roughShare } from '../figures.ts';
import type { Cell, Status, Table } from '../types.ts';
import {
  bytes,
  caveatsText,
  estimateText,
  fineMs,
  intervalText,
  placeText,
  shareText,
  topFunctions,
} from './words.ts';

const text = (label: string) => ({ label, align: 'text' }) as const;
const number = (label: string) => ({ label, align: 'number' }) as const;

export function stepTable({ steps, usl }: Capacity): Table {
  return {
    caption: 'Closed loop: each connection sends its next request when the last one is answered',
    columns: [
      text('Connections'),
      ...['Requests/s', 'Law says', 'p50', 'p99', 'Failed', 'Generator busy'].map(number),
    ],
    rows: steps.map(({ connections, perSecond, latencyMs, failedShare, generatorBusyShare }) => [
      { text: String(connections) },
      { text: estimateText(perSecond), note: intervalText(perSecond) },
      { text: usl === undefined ? '–' : decimal(uslThroughput(usl, connections)) },
      { text: fineMs(latencyMs.p50) },
      { text: fineMs(latencyMs.p99) },
      { text: failedShare > 0 ? roughShare(failedShare) : '0' },
      { text: roughShare(generatorBusyShare) },
    ]),
  };
}

export function rateTable(rates: readonly RateRun[]): Table {
  return {
    caption: 'Latency at constant arrival rates, with 95 % intervals',
    columns: [
      text('Requests/s'),
      number('Of capacity'),
      ...['p50', 'p95', 'p99', 'Maximum', 'Cores'].map(number),
      text('To be known'),
    ],
    rows: rates.map((run) => [
      { text: decimal(run.achievedPerSecond), note: `asked for ${decimal(run.ratePerSecond)}` },
      { text: shareText(run) || '–' },
      ...(['p50', 'p95', 'p99'] as const).map((quantile) => ({
        text: estimateText(run.latencyMs[quantile], fineMs),
        note: intervalText(run.latencyMs[quantile], fineMs),
      })),
      { text: fineMs(run.latencyMs.max) },
      run.cores === undefined
        ? { text: '–' }
        : { text: estimateText(run.cores), note: intervalText(run.cores) },
      { text: caveatsText(run) },
    ]),
  };
}

const shownFunctions = 20;

export function functionTable(profile: ServiceProfile): Table | undefined {
  const functions = topFunctions(profile, shownFunctions);
  if (functions.length === 0) return undefined;
  return {
    caption: 'Functions by their own time',
    columns: [text('Function'), number('Own time'), number('With what it calls'), text('Place')],
    rows: functions.map((item) => [
      { text: item.name },
      {
        text: roughShare(item.selfShare.value),
        note: intervalText(item.selfShare, roughShare),
      },
      { text: roughShare(item.totalShare) },
      { text: placeText(item) },
    ]),
  };
}

export function threadTable({ node, cpu }: ServiceProfile): Table | undefined {
  const { eventLoopDelayMs: delay, garbageCollection: gc } = node ?? {};
  const rows: Cell[][] = [
    ...(delay === undefined
      ? []
      : [
          [
            { text: 'Event-loop delay' },
            { text: `p50 ${fineMs(delay.p50)}, p99 ${fineMs(delay.p99)}, max ${fineMs(delay.max)}` },
          ],
        ]),
    ...(gc === undefined
      ? []
      : [
          [
            { text: 'Pauses for garbage collection' },
            {
              text: `${count(gc.pauses)}, median ${fineMs(gc.p50Ms)}, longest ${fineMs(gc.maxMs)}, ${roughShare(gc.share)} of the time`,
            },
          ],
        ]),
    ...(cpu?.memoryMb === undefined
      ? []
      : [[{ text: 'Resident memory at the end' }, { text: `${decimal(cpu.memoryMb)} MB` }]]),
    ...(node === undefined ? [] : [[{ text: 'Node' }, { text: node.version }]]),
  ];
  if (rows.length === 0) return undefined;
  return { caption: 'The process', columns: [text('Figure'), text('Value')], rows };
}

export function mixTable({ mix }: ServiceProfile): Table {
  return {
    caption: `What was asked: ${mix.source}`,
    columns: [text('Request'), number('Share')],
    rows: mix.routes.map(({ route, share }) => [{ text: route }, { text: roughShare(share) }]),
  };
}

const changeStatus: Readonly<Record<Change['outcome'], Status>> = {
  better: { standing: 'pass', symbol: '✓', word: 'better' },
  worse: { standing: 'fail', symbol: '✗', word: 'worse' },
  same: { standing: 'none', symbol: '=', word: 'same' },
  uncertain: { standing: 'inconclusive', symbol: '?', word: 'uncertain' },
};

const unitFormat: Readonly<Record<Change['unit'], (value: number) => string>> = {
  'requests/s': decimal,
  ms: fineMs,
  bytes,
};

export function changeTables(comparison: ProfileComparison): Table[] {
  const { figures, functions, baselineAtMs, leastChange } = comparison;
  const since = `since the profile of ${minuteOf(baselineAtMs)} UTC`;
  const columns = [text('Figure'), number('Before'), number('After'), number('Ratio'), text('Standing')];
  const least = `changes under ${roughShare(leastChange)} count as none`;
  return [
    { caption: `What has changed ${since}; ${least}`, columns, rows: figures.map(changeRow) },
    ...(functions.length === 0
      ? []
      : [
          {
            caption: 'Functions whose own time per request has changed',
            columns: [text('Function'), ...columns.slice(1)],
            rows: functions.map(changeRow),
          },
        ]),
  ];
}

function changeRow({ figure, unit, before, after, ratio, outcome }: Change): Cell[] {
  const format = unitFormat[unit];
  return [
    { text: figure },
    { text: estimateText(before, format), note: intervalText(before, format) },
    { text: estimateText(after, format), note: intervalText(after, format) },
    Number.isFinite(ratio.value)
      ? { text: `${estimateText(ratio)}x`, note: intervalText(ratio) }
      : { text: 'new' },
    { text: '', status: changeStatus[outcome] },
  ];
}
