import { describe, expect, it } from 'vitest';
import { renderHtml } from '../../../reports/formats/html.ts';
import { renderJunit } from '../../../reports/formats/junit.ts';
import { formats } from '../../../reports/formats.ts';
import { present } from '../../../reports/model.ts';
import { assets } from '../../fixtures/report/assets.ts';
import { calm, reportInput } from '../../fixtures/report-input.ts';

const healthy = present(reportInput({ ...calm, drills: { isProtected: true } }));
const coupled = present(reportInput({ ...calm, drills: { isProtected: false } }));
// A figure and its unit stay on one line.
const page = renderHtml(coupled, assets).replaceAll('\u00a0', ' ');
const section = page.slice(page.indexOf('<section id="drills"'), page.indexOf('<section id="timeline"'));

function cellOf(model: typeof healthy, drill: string, service: string) {
  const matrix = model.drills?.blastRadius;
  const index = matrix?.services.indexOf(service) ?? -1;
  return matrix?.rows.find(({ name }) => name === drill)?.cells[index];
}

describe('a run with drills', () => {
  it('shows recovery on the first screen', () => {
    expect(healthy.figures.find(({ label }) => label === 'Recovery, mean')).toEqual({
      label: 'Recovery, mean',
      value: '9.1 s',
      note: 'at most 12.9 s in 4 drills',
    });
    const promise = healthy.promises.find(({ id }) => id === 'recovery');
    expect(promise?.status.standing).toBe('pass');
    expect(page.slice(0, page.indexOf('<main>'))).toContain('at most 12.9 s in 5 drills, 1 proves nothing');
  });

  it('says in one line what became of each drill', () => {
    expect(healthy.drills?.lead).toBe('Broken on purpose, under load: 4 of 4 faults ended in recovery.');
    expect(healthy.drills?.drills[0]).toMatchObject({
      id: 'payment-crash',
      status: { standing: 'pass', word: 'recovered' },
      text: 'Recovered 12.9 s after its beginning, 4.8 s after its end. 330 of 2,078 requests failed, 0 had a stand-in.',
    });
    expect(coupled.drills?.lead).toContain('1 proves nothing');
  });

  it('tells a change that nobody noticed as such, and not as a recovery', () => {
    const input = reportInput({ ...calm, drills: { isProtected: true } });
    const { verdict } = input;
    const [first, ...others] = verdict.drills?.drills ?? [];
    if (verdict.drills === undefined || first === undefined) throw new Error('no drills');
    const { detectSeconds: _, ...quiet } = { ...first, fault: 'rolling-deploy' as const, recoverSeconds: 0 };
    const drills = { ...verdict.drills, drills: [quiet, ...others] };
    const told = present({ ...input, verdict: { ...verdict, drills } });
    expect(told.drills?.lead).toBe(
      'Broken on purpose, under load: 3 of 3 faults ended in recovery. Changed under load: 1 of 1 change went unnoticed.',
    );
    expect(told.drills?.drills[0]).toMatchObject({
      status: { standing: 'pass', word: 'unnoticed' },
      text: expect.stringMatching(/^Nobody noticed it\./),
    });
    expect(told.figures.find(({ label }) => label === 'Recovery, mean')?.note).toContain('in 3 drills');
  });

  it('tells what a change cost that alternated with none', () => {
    const input = reportInput({ ...calm, drills: { isProtected: true } });
    const change = { fault: 'rolling-deploy', service: 'catalog', times: 3 } as const;
    const counts = { during: { total: 1200, bad: 14 }, calm: { total: 1210, bad: 2 } };
    const told = (p: number) => {
      const alternated = [{ ...change, ...counts, objectiveId: 'catalog-availability', p }];
      const drills = input.verdict.drills && { ...input.verdict.drills, alternated };
      return present({ ...input, verdict: { ...input.verdict, ...(drills && { drills }) } });
    };
    const model = told(0.0021);
    const sentence =
      'rolling-deploy of catalog, 3 times, each after a calm of the same load: it costs more than none. By catalog-availability: 14 of 1,200 bad with it, 2 of 1,210 without (Fisher, p = 0.0021).';
    expect(model.drills?.comparisons).toEqual([sentence]);
    for (const id of ['html', 'markdown', 'terminal']) {
      const text = formats.find((format) => format.id === id)?.render(model, assets) ?? '';
      expect(text.replace(/\s+/g, ' ')).toContain('each after a calm of the same load');
    }
    expect(told(0.2).drills?.comparisons[0]).toContain('no difference was seen');
  });

  it('marks faults in the charts', () => {
    expect(healthy.timeline.faults[0]).toEqual({
      name: 'payment-crash',
      fromSecond: 50.1,
      toSecond: 58.2,
    });
    expect(page).toContain('"faults":[{"name":"payment-crash","from":50.1,"to":58.2}');
  });

  it('says what its figures rest on, and whom it excuses', () => {
    const assumptions = healthy.drills?.assumptions.join('\n') ?? '';
    expect(assumptions).toContain('ends each fault itself (6.1 s to 8.1 s each)');
    expect(assumptions).toContain('payment 13 s');
    expect(assumptions).not.toContain('notification');
  });

  it('shows a failed drill with the time that it was watched', () => {
    const input = reportInput({ ...calm, drills: { isProtected: true } });
    const [first, ...others] = input.verdict.drills?.drills ?? [];
    if (first === undefined || input.verdict.drills === undefined) throw new Error('no drill');
    const { recoverSeconds, recoverFromEndSeconds, recoveredSecond, ...rest } = first;
    const failed = { ...rest, answer: 'fail', reason: 'Had not recovered.', watchedSeconds: 100 } as const;
    const drills = { ...input.verdict.drills, drills: [failed, ...others] };
    const model = present({ ...input, verdict: { ...input.verdict, drills } });
    expect(model.drills?.times.rows[0]?.[7]).toMatchObject({ text: '> 100 s' });
    expect(model.drills?.notes[0]).toBe('payment-crash: Had not recovered.');
    expect(renderJunit(model)).toContain('<failure message="Had not recovered.');
  });
});

describe('the blast radius', () => {
  it('tells declared failures, stand-ins and held services apart by symbol, word and standing', () => {
    expect(cellOf(healthy, 'payment-crash', 'payment')).toMatchObject({ symbol: '■', standing: 'none' });
    expect(cellOf(healthy, 'payment-crash', 'order')).toEqual({
      symbol: '✗',
      word: 'broken, as declared',
      standing: 'none',
      note: '12.9 s',
    });
    expect(cellOf(healthy, 'payment-crash', 'cart')).toMatchObject({ symbol: '✓', standing: 'pass' });
    expect(cellOf(healthy, 'recommendation-hang', 'storefront')).toMatchObject({
      symbol: '✓↩',
      word: 'held without what it calls',
    });
    expect(cellOf(coupled, 'recommendation-hang', 'storefront')).toMatchObject({
      symbol: '✗!',
      standing: 'fail',
      note: '9.9 s',
    });
  });

  it('is a table that says everything without colours', () => {
    expect(section.match(/<th scope="row">/g)?.length).toBeGreaterThan(4);
    const cells = [
      ...section.matchAll(
        /<td class="tint (\w+)"><b aria-hidden="true">(.*?)<\/b><span class="unseen">(.*?)<\/span>/g,
      ),
    ];
    expect(cells).toHaveLength(4 * 20);
    const meanings = new Map<string, Set<string>>();
    for (const [, , symbol = '', word = ''] of cells) {
      expect(word).not.toBe('');
      meanings.set(symbol, (meanings.get(symbol) ?? new Set()).add(word));
    }
    for (const words of meanings.values()) expect(words.size).toBe(1);
  });

  it('does not tell as held what nobody could see, also where it was allowed to fail', () => {
    const input = reportInput({ ...calm, drills: { isProtected: true } });
    const { drills } = input.verdict;
    if (drills === undefined) throw new Error('no drills');
    const rows = drills.blastRadius.rows.map((row) => ({
      ...row,
      cells: row.cells.map((cell) => ({ ...cell, fared: 'unknown' as const, total: 0, bad: 0 })),
    }));
    const unseen = { ...drills, blastRadius: { ...drills.blastRadius, rows } };
    const model = present({ ...input, verdict: { ...input.verdict, drills: unseen } });
    expect(cellOf(model, 'payment-crash', 'order')).toMatchObject({ symbol: '?', standing: 'none' });
  });

  it('says whether the matrix equals what is declared, and marks a need that failed nothing', () => {
    expect(healthy.drills?.blastRadius.summary).toMatch(/^Nothing failed but what the catalog lets fail/);
    const input = reportInput({ ...calm, drills: { isProtected: true } });
    const { drills } = input.verdict;
    if (drills === undefined) throw new Error('no drills');
    const told = (fared: 'broken' | 'held' | 'unknown') => {
      const rows = drills.blastRadius.rows.map((row) => ({
        ...row,
        cells: row.cells.map((cell) => (cell.relation === 'needs' ? { ...cell, fared } : cell)),
      }));
      const altered = { ...drills, blastRadius: { ...drills.blastRadius, rows } };
      return present({ ...input, verdict: { ...input.verdict, drills: altered } });
    };
    const [equal, cautious] = [told('broken'), told('held')];
    expect(equal.drills?.blastRadius.summary).toMatch(/, and each of \d+ declared needs was seen to fail\.$/);
    expect(cautious.drills?.blastRadius.summary).toMatch(
      /; (\d+) of \1 declared needs were not seen to fail\.$/,
    );
    expect(told('unknown').drills?.blastRadius.summary).toContain('were not seen to fail');
    expect(cellOf(cautious, 'payment-crash', 'order')).toMatchObject({
      symbol: '✓*',
      word: 'held, though declared to need it',
    });
  });

  it('tells findings in words', () => {
    expect(coupled.drills?.blastRadius.findings).toEqual([
      'recommendation-hang broke storefront too (storefront-availability: 57 bad of 57): recommendation is degradable, so storefront has to do without it.',
    ]);
    expect(section).toContain('recommendation is degradable, so storefront has to do without it.');
  });
});

it('has nothing to say of drills where nothing was broken', () => {
  const model = present(reportInput(calm));
  expect(model.drills).toBeUndefined();
  expect(model.figures.some(({ label }) => label.startsWith('Recovery'))).toBe(false);
  expect(renderHtml(model, assets)).not.toContain('id="drills"');
});
