/** Pictures of a page at milestones of its load. */
import type { Page } from 'k6/browser';
import encoding from 'k6/encoding';
import { ledger } from '../k6/ledger.ts';

const loadTimeoutMs = 15_000;
/** A picture that a busy browser does not finish is not worth waiting for. */
const shotTimeoutMs = 3000;
const pollMs = 30;

/** Pictures are PNG: k6 2.2 takes `type: 'jpeg'` and ignores it. */
export async function recordFrames(
  page: Page,
  address: string,
  whose: { readonly page: string; readonly device: string },
): Promise<void> {
  const startedAtMs = Date.now();
  const shoot = async (milestone: string): Promise<void> => {
    const atMs = Date.now() - startedAtMs;
    const png = await Promise.race([page.screenshot(), tooLong()]);
    ledger('frame', { ...whose, milestone, atMs, pngBase64: encoding.b64encode(png) });
  };
  const loading = page.goto(address, { timeout: loadTimeoutMs });
  // Before the first paint a picture would wait for one, and hold up the page.
  await firstPaint(page);
  await shoot('first paint');
  await loading;
  await shoot('loaded');
}

async function firstPaint(page: Page): Promise<void> {
  for (let waitedMs = 0; waitedMs < loadTimeoutMs; waitedMs += pollMs) {
    if (await hasPainted(page)) return;
    await new Promise((done) => setTimeout(done, pollMs));
  }
  throw new Error('the page painted nothing');
}

/** While a navigation is under way there is no page to ask. */
async function hasPainted(page: Page): Promise<boolean> {
  try {
    return await page.evaluate(() => performance.getEntriesByName('first-contentful-paint').length > 0);
  } catch {
    return false;
  }
}

function tooLong(): Promise<never> {
  return new Promise((_, failed) => setTimeout(() => failed(new Error('no picture came')), shotTimeoutMs));
}
