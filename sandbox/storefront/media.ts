/** What only browsers load: pictures and the beacon scripts, as from a content delivery network beside the shop. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';

interface Medium {
  readonly type: string;
  readonly body: string | Buffer;
  /** Of the body; every browser takes gzip. */
  readonly encoding?: 'gzip';
}

/** A network answers from an edge near the customer, without the shop's servers. */
const edgeDelayMs = 10;
const cacheControl = 'public, max-age=3600, immutable';

const svg = (width: number, height: number, content: string): Medium => ({
  type: 'image/svg+xml',
  body: `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${content}</svg>`,
});

const text = (x: number, y: number, size: number, words: string) =>
  `<text x="${x}" y="${y}" font-family="sans-serif" font-weight="700" font-size="${size}" fill="#fff">${words}</text>`;

const banner = svg(
  960,
  240,
  `<rect width="960" height="240" fill="#1f2a44"/><circle cx="820" cy="120" r="150" fill="#c2410c"/>${text(48, 120, 56, 'Half price')}${text(48, 176, 32, 'until midnight')}`,
);
const seal = svg(
  96,
  32,
  `<rect width="96" height="32" rx="8" fill="#166534"/>${text(12, 21, 14, 'Trusted')}`,
);

const picture = (number: number): Medium =>
  svg(
    160,
    100,
    `<rect width="160" height="100" fill="hsl(${number * 45} 45% 40%)"/><circle cx="${40 + number * 10}" cy="50" r="28" fill="hsl(${number * 45 + 40} 60% 65%)"/>`,
  );

/** Starts the SDK with what the page's own tag says. */
const beaconScript = `const {url,key,page}=document.currentScript.dataset;
GrafanaFaroWebSdk.initializeFaro({url,apiKey:key,app:{name:'retailpulse',version:'1.0.0',environment:'sandbox'},
pageTracking:{page:{id:page}}});`;

/** The SDK's own bundle, which the build lays beside the compiled sandbox. */
let sdk: Buffer | undefined;
function faroSdk(folder: string): Buffer {
  sdk ??= gzipSync(readFileSync(join(folder, 'faro-web-sdk.iife.js')));
  return sdk;
}

function mediumOf(file: string, folder: string): Medium | undefined {
  const number = /^picture-(\d{1,2})\.svg$/.exec(file)?.[1];
  if (number !== undefined) return picture(Number(number));
  switch (file) {
    case 'banner.svg':
      return banner;
    case 'seal.svg':
      return seal;
    case 'beacons.js':
      return { type: 'text/javascript', body: beaconScript };
    case 'faro.js':
      return { type: 'text/javascript', body: faroSdk(folder), encoding: 'gzip' };
    default:
      return undefined;
  }
}

/**
 * Adds `/media/:file`.
 * @param folder of the files that are served as they are.
 * @param slowMs how much longer the seal in the footer takes, which its issuer lets nobody keep: it holds back the
 *   end of each page load, and nothing else.
 */
export function addMedia(
  app: FastifyInstance,
  folder: string,
  { slowMs }: { readonly slowMs: number },
): void {
  app.get('/media/:file', async (request, reply) => {
    const { file } = request.params as { readonly file: string };
    const medium = mediumOf(file, folder);
    if (medium === undefined) return reply.code(404).send({ error: `there is no ${file}` });
    const isSeal = file === 'seal.svg';
    await sleep(edgeDelayMs + (isSeal ? slowMs : 0));
    if (medium.encoding !== undefined) reply.header('content-encoding', medium.encoding);
    return reply
      .type(medium.type)
      .header('cache-control', isSeal ? 'no-store' : cacheControl)
      .send(medium.body);
  });
}
