import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { renderProfileHtml } from '../../../reports/formats/profile-html.ts';
import { renderProfileTerminal } from '../../../reports/formats/profile-terminal.ts';
import { compareProfiles } from '../../../slo/profile/compare.ts';
import { profileSample } from '../../fixtures/profiled/sample.ts';

const terminal = (profile = profileSample(), color = false) =>
  renderProfileTerminal(profile, { color, columns: 100, reportPath: 'runs/x/report.html' });
const assets = {
  chartJs: 'const chart = 1;',
  style: 'body{}',
  script: 'const own = 1;',
  sha256Base64: (text: string) => createHash('sha256').update(text).digest('base64'),
};

describe('a profile in the terminal', () => {
  it('says what it comes to', () => {
    const text = terminal();
    expect(text).toContain('It serves 1,000 (990 to 1,010) requests/s with 4 connections.');
    expect(text).toContain('it needs 7 replicas, each 70 %');
    expect(text).toContain('not told from 0');
    expect(text).toMatch(/40 % +40 % +hot +srv\/app.js:10/);
    expect(text).toContain('no leak is seen');
    expect(text).toContain('runs/x/report.html');
  });

  it('has a bar for each step, as long as its throughput', () => {
    const bars = [...terminal().matchAll(/█+/g)].map(([bar]) => bar.length);
    expect(bars).toHaveLength(3);
    expect((bars[0] ?? 0) * 2).toBe(bars[2]);
  });

  it('says what limits the word of a rate', () => {
    expect(terminal(profileSample({ caveats: ['arrivals-dropped'] }))).toMatch(
      /! 12 dropped; arrivals dropped/,
    );
  });

  it('tells what has changed', () => {
    const comparison = compareProfiles(profileSample(), profileSample({ factor: 2 }));
    expect(terminal({ ...profileSample({ factor: 2 }), comparison })).toMatch(
      /✗ worse +throughput +1,000 → 500/,
    );
  });

  it('has no escape sequences without colour, and none of a hostile name', () => {
    const hostile = profileSample({ functionName: '\u001b[2Jevil\u202e' });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for
    expect(terminal(hostile)).not.toMatch(/\u001b|\u202e/);
  });
});

describe('a profile as a page', () => {
  it('carries everything and asks nothing of any network', () => {
    const page = renderProfileHtml(profileSample(), assets);
    expect(page).toContain('default-src &#39;none&#39;');
    expect(page).toContain(`script-src &#39;sha256-${assets.sha256Base64(assets.chartJs)}`);
    expect(page).not.toMatch(/ style=| on\w+=|src="http/);
  });

  it('escapes whatever functions, routes and files are called', () => {
    const name = '</script><img src=x onerror=alert(1)>"\'';
    const sample = profileSample({ functionName: name });
    const hostile = { ...sample, subject: { ...sample.subject, name }, notes: [name] };
    const page = renderProfileHtml(hostile, assets);
    expect(page).not.toContain('<img');
    expect(page.match(/<\/script>/g)).toHaveLength(3);
  });
});
