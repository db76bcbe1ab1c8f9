import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { renderHtml } from '../../../reports/formats/html.ts';
import { present } from '../../../reports/model.ts';
import { assets } from '../../fixtures/report/assets.ts';
import { hostile } from '../../fixtures/report/hostile.ts';
import { reportInput } from '../../fixtures/report-input.ts';

const page = renderHtml(present(reportInput()), assets);
const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1] ?? '';

/** Contents of all elements of one name that hold code. */
function inlined(element: 'script' | 'style', from = page): string[] {
  return [...from.matchAll(new RegExp(`<${element}>([\\s\\S]*?)</${element}>`, 'g'))].map(
    (match) => match[1] ?? '',
  );
}

/** The page without what runs or styles it: what a reader's browser takes as text and markup. */
function markupOf(text: string): string {
  return text.replace(/<(script|style)[^>]*>[\s\S]*?<\/\1>/g, '');
}

describe('report.html stands alone', () => {
  it('allows nothing but the scripts and styles that it carries, by their hashes', () => {
    expect(policy.replaceAll('&#39;', "'").replace(/sha256-[^']+/g, 'sha256')).toBe(
      "default-src 'none'; script-src 'sha256' 'sha256'; style-src 'sha256'; img-src data:; base-uri 'none'; form-action 'none'",
    );
    const sha256 = (text: string) => createHash('sha256').update(text).digest('base64');
    expect(inlined('script')).toHaveLength(2);
    for (const code of [...inlined('script'), ...inlined('style')]) expect(policy).toContain(sha256(code));
  });

  it('names no address that a browser would ask', () => {
    expect(markupOf(page)).not.toMatch(/https?:\/\/|src=|url\(|@import/);
    expect(
      [...markupOf(page).matchAll(/href="([^"]*)"/g)].every(([, to]) => /^(#|data:,$)/.test(to ?? '')),
    ).toBe(true);
    expect(page).not.toContain('sourceMappingURL');
  });

  it('has neither inline styles nor event handlers, which its policy would block', () => {
    expect(markupOf(page)).not.toMatch(/\s(style|on\w+)=/);
  });

  it('stays well under 600 kB for twenty services', () => {
    expect(Buffer.byteLength(page)).toBeLessThan(600_000);
  });

  it('stays so for a run of half an hour', () => {
    const long = renderHtml(present(reportInput({ durationSeconds: 1800, scale: 0.001 })), assets);
    expect(Buffer.byteLength(long)).toBeLessThan(600_000);
  });
});

describe('report.html is for everybody', () => {
  it('has a language, a title with the decision, a skip link and one first heading', () => {
    expect(page).toContain('<html lang="en">');
    expect(page).toMatch(/<title>FAIL: Sample shop/);
    expect(page).toContain('<a class="skip" href="#promises">');
    expect(page.match(/<h1>/g)).toHaveLength(1);
  });

  it('gives every table a caption and its headers a scope', () => {
    const tables = page.match(/<table[\s\S]*?<\/table>/g) ?? [];
    expect(tables.length).toBeGreaterThan(40);
    for (const table of tables) {
      expect(table).toContain('<caption>');
      expect(table).not.toMatch(/<th(?![^>]*scope=)(?=[\s>])/);
    }
  });

  it('tells every chart in words, and hides the canvas until it is drawn', () => {
    const canvases = page.match(/<div class="canvas" hidden><canvas [^>]*role="img" aria-label="[^"]{40,}"/g);
    expect(canvases).toHaveLength(4);
  });

  it('links only to ids that exist, each of which exists once', () => {
    const ids = [...markupOf(page).matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, id] of markupOf(page).matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(id);
  });
});

describe('what a hostile system says stays text', () => {
  const input = reportInput({ title: hostile, trouble: { cause: hostile } });
  const attacked = renderHtml(
    present({ ...input, run: { ...input.run, id: hostile, command: hostile } }),
    assets,
  );

  it('adds no element', () => {
    const elements = (text: string) => (markupOf(text).match(/<[a-z]+/gi) ?? []).length;
    expect(elements(attacked)).toBe(elements(page));
    expect(attacked.match(/<script/g)).toHaveLength(3);
  });

  it('cannot end the element that holds the data', () => {
    const input = reportInput();
    const [first, ...phases] = input.plan.phases;
    const plan = {
      ...input.plan,
      phases: first === undefined ? [] : [{ ...first, name: hostile }, ...phases],
    };
    const text = renderHtml(present({ ...input, plan }), assets);
    const data = /<script type="application\/json" id="data">([\s\S]*?)<\/script>/.exec(text)?.[1] ?? '';
    expect(data).toContain('\\u003c/script');
    expect(JSON.parse(data)).toHaveProperty('bands');
  });

  it('refuses a script that would end its own element', () => {
    const broken = { ...assets, script: "console.log('</script>')" };
    expect(() => renderHtml(present(reportInput()), broken)).toThrow('end its own element');
  });
});
