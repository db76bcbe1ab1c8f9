/** Pictures of a page at milestones of its load. */
import type { Page } from 'k6/browser';
import encoding from 'k6/encoding';
import { ledger } from '../k6/ledger.ts';

const loadTimeoutMs = 15_000;
/** A picture that a throttled browser does not finish is not worth waiting for. */
const shotTimeoutMs = 3000;

function tooLong(): Promise<never> {
  return new Promise((_, failed) => setTimeout(() => failed(new Error('no picture came')), shotTimeoutMs));
}

const jpegQuality = 40;

export async function recordFrames(
  page: Page,
  address: string,
  whose: { readonly page: string; readonly device: string },
): Promise<void> {
  const startedAtMs = Date.now();
  const shoot = async (milestone: string): Promise<void> => {
    const atMs = Date.now() - startedAtMs;
    const jpeg = await Promise.race([page.screenshot({ type: 'jpeg', quality: jpegQuality }), tooLong()]);
    ledger('frame', { ...whose, milestone, atMs, jpegBase64: encoding.b64encode(jpeg) });
  };
  await page.goto(address, { waitUntil: 'domcontentloaded', timeout: loadTimeoutMs });
  await shoot('content');
  await page.waitForLoadState('load', { timeout: loadTimeoutMs });
  await shoot('loaded');
}
