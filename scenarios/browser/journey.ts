/**
 * A browser's journey through a few pages, for k6's browser module: desktop and phone in turns, each page cold and
 * then with a warm cache, through the whole plan. A process of its own beside the HTTP load.
 */
import { type BrowserContext, browser, type Page } from 'k6/browser';
import exec from 'k6/execution';
import type { Options } from 'k6/options';
import { ledger } from '../k6/ledger.ts';
import { createRandom, hashText, type Random } from '../k6/random.ts';
import { baseUrlOf, plan, seed } from '../k6/run.ts';
import { type Device, type DeviceName, devices } from './devices.ts';
import { recordFrames } from './film.ts';
import { timingOf } from './timing.ts';

export interface BrowserPage {
  /** As the page's own beacons call it. */
  readonly name: string;
  readonly service: string;
  readonly path: (random: Random) => string;
  /** What a visitor clicks on there, as a CSS selector. */
  readonly click?: string;
}

/** A page that is not there by then is a failed load. */
const loadTimeoutMs = 15_000;
/** A visitor looks before and after a click. */
const lookMs = 400;
/** Until beacons that a page sends when it is left are on their way. */
const flushMs = 250;
/** Between two pages. A browser shares its machine with generator and system: what it costs is in docs/page-load.md. */
const pauseMs = 2500;

/**
 * k6 starts a Chromium for each iteration. One lasts the whole plan, as starting more would cost the machine what
 * pages do; after a failure the next one brings a new browser.
 */
export function defineBrowserJourney(pages: readonly BrowserPage[]) {
  const random = createRandom();
  const filmed = new Set<DeviceName>();
  let visits = 0;
  const visitOnce = async (): Promise<void> => {
    random.start(hashText(`browser ${seed} ${exec.vu.idInTest}`), visits);
    const device = visits % 2 === 0 ? devices.phone : devices.desktop;
    visits += 1;
    await inContext(device, (page) => browse(page, pages, device, random));
    if (filmed.has(device.name) || !isBusiest()) return;
    filmed.add(device.name);
    await inContext(device, (page) => film(page, pages, device, random));
  };
  const visit = async (): Promise<void> => {
    try {
      while (!isOver()) await visitOnce();
    } catch (error) {
      ledger('browser-failure', { cause: String(error) });
      await pause(pauseMs);
    }
  };
  return { options: optionsOf(), visit };
}

function optionsOf(): Options {
  if (plan === undefined) throw new Error('PEAKPROOF_PLAN is not set: use `peakproof rehearse`');
  return {
    scenarios: {
      browser: {
        executor: 'constant-vus',
        exec: 'visit',
        vus: plan.browsers ?? 1,
        duration: `${Math.round(plan.durationSeconds * 1000)}ms`,
        gracefulStop: '2s',
        options: { browser: { type: 'chromium' } },
      },
    },
  };
}

/** Each visit begins as a stranger: no cache, no storage. */
async function inContext(device: Device, work: (page: Page) => Promise<void>): Promise<void> {
  const context: BrowserContext = await browser.newContext(device.context);
  try {
    const page = await context.newPage();
    if (device.network !== undefined) await page.throttleNetwork(device.network);
    await work(page);
    await page.close();
  } finally {
    await context.close();
  }
}

async function browse(
  page: Page,
  pages: readonly BrowserPage[],
  device: Device,
  random: Random,
): Promise<void> {
  for (const cache of ['cold', 'warm'] as const) {
    for (const target of pages) {
      await page.throttleCPU({ rate: device.cpuSlowdown });
      await page.goto(addressOf(target, random), { timeout: loadTimeoutMs });
      ledger('page-view', { page: target.name, device: device.name, cache, ...(await timingOf(page)) });
      await pause(lookMs);
      if (target.click !== undefined)
        await page.locator(target.click).first().click({ timeout: loadTimeoutMs });
      await pause(lookMs);
      // Chromium slows a processor by keeping it busy, also where the page has nothing to do.
      await page.throttleCPU({ rate: 1 });
      await pause(pauseMs);
    }
  }
  // Leaving a page is what makes it report its vitals.
  await page.goto('about:blank');
  await pause(flushMs);
}

/** Pictures of each page; such a visit is no measurement, so that its beacons are kept back. */
async function film(
  page: Page,
  pages: readonly BrowserPage[],
  device: Device,
  random: Random,
): Promise<void> {
  const collector = __ENV.PEAKPROOF_COLLECTOR;
  if (collector) await page.route(collector, (route) => route.abort('blockedbyclient'));
  for (const target of pages) {
    await recordFrames(page, addressOf(target, random), { page: target.name, device: device.name });
  }
}

function addressOf({ service, path }: BrowserPage, random: Random): string {
  return `${baseUrlOf(service)}${path(random)}`;
}

function isOver(): boolean {
  return exec.instance.currentTestRunDuration >= (plan?.durationSeconds ?? 0) * 1000;
}

/** Whether the highest load that the plan holds is on. */
function isBusiest(): boolean {
  const holds = (plan?.phases ?? []).filter(({ kind }) => kind === 'hold');
  const highest = Math.max(...holds.map(({ toMultiplier }) => toMultiplier));
  const second = exec.instance.currentTestRunDuration / 1000;
  return holds.some(
    (phase) => phase.toMultiplier === highest && second >= phase.startSecond && second < phase.endSecond - 1,
  );
}

function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
