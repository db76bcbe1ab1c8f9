/** Web vitals: the share of page views whose value is good, as web.dev has it. */
import type { Phase } from '../../profiles/types.ts';
import type { Bands } from '../pages/types.ts';
import { sampleReason } from '../sentences.ts';
import type { Sli } from '../types.ts';
import { addSlices, type Context, emptySlices, type Measure, sumCounts } from './measure.ts';
import { absentBeacons, missingBeacons, rowsOf } from './page-views.ts';

type VitalsSli = Sli & { measure: 'vitals' };

export const vitals: Measure<VitalsSli> = {
  events: 'page views',
  isCensus: () => false,
  count: (sli, phases, context) =>
    sumCounts(
      bandsIn(sli, phases, context).map(({ bands }) => ({
        total: bands.good + notGood(bands),
        bad: notGood(bands),
        dropped: 0,
        uncertain: 0,
      })),
    ),
  slices(sli, phases, context) {
    const slices = emptySlices(phases);
    for (const { second, bands } of bandsIn(sli, phases, context)) {
      addSlices(slices, { from: second, counts: [bands.good] }, 'good');
      addSlices(slices, { from: second, counts: [notGood(bands)] }, 'bad');
    }
    return slices;
  },
  expected: () => undefined,
  missing: missingBeacons,
  absent: absentBeacons,
  reason: (judged) => {
    const name = judged.sli.metric.toUpperCase();
    return sampleReason(judged, {
      events: 'page views',
      bad: `${name} that is not good`,
      bads: `${name} values that are not good`,
    });
  },
};

function notGood({ fair, poor }: Bands): number {
  return fair + poor;
}

function bandsIn(sli: VitalsSli, phases: readonly Phase[], { tally }: Context) {
  return rowsOf(tally.pages?.rows ?? [], sli, phases).flatMap(({ second, page, metric, bands }) =>
    metric === sli.metric && (sli.page ?? page) === page && bands !== undefined ? [{ second, bands }] : [],
  );
}
