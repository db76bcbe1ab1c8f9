/** What measures over page views have in common: which rows they are about, and why there are none. */
import type { Phase } from '../../profiles/types.ts';
import { type PageOrigin, visitors } from '../pages/types.ts';
import type { Sli } from '../types.ts';
import { type Context, namesOf } from './measure.ts';

type PageSli = Sli & { measure: 'vitals' | 'sessions' | 'page-load' };

/** Whether a row of some origin tells how pages were for the visitors that an SLI is about. */
function isOfVisitors(sli: PageSli, origin: PageOrigin): boolean {
  const asked: readonly PageOrigin[] = sli.visitors === undefined ? visitors : [sli.visitors];
  return asked.includes(origin);
}

/** Rows of some phases and of the visitors that an SLI is about. */
export function rowsOf<R extends { readonly phase: string; readonly origin: PageOrigin }>(
  rows: readonly R[],
  sli: PageSli,
  phases: readonly Phase[],
): R[] {
  const names = namesOf(phases);
  return rows.filter((row) => names.has(row.phase) && isOfVisitors(sli, row.origin));
}

/** Our own browser saw pages load, so that their beacons were due: then the collector was not reached. */
export function missingBeacons(sli: PageSli, { tally: { pages } }: Context): string | undefined {
  if (sli.visitors === 'real' || pages === undefined) return undefined;
  const loaded = pages.rows.some(({ origin, metric }) => origin === 'browser' && metric === 'page-load');
  const heard = pages.rows.some(({ origin }) => origin === 'synthetic');
  return loaded && !heard ? 'the browser loaded pages, but no beacon of theirs arrived' : undefined;
}

export function absentBeacons({ visitors }: PageSli, { tally: { pages } }: Context): string {
  const [problem] = pages?.problems ?? [];
  if (problem !== undefined && visitors !== 'real') return problem;
  if (visitors === 'real') return 'no beacons of real users arrived';
  return 'no browser was in this run, and no beacons of real users arrived';
}
