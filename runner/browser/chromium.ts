/** Where Chromium is on this machine. */
import which from 'which';

const names = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'Google Chrome',
];
const places = ['/Applications/Google Chrome.app/Contents/MacOS', '/usr/bin', '/snap/bin'];

export type ChromiumFound = { readonly path: string } | { readonly missing: string };

/** PEAKPROOF_CHROMIUM if it is set, else PATH and the usual places; or why there is none. */
export async function findChromium(env: NodeJS.ProcessEnv): Promise<ChromiumFound> {
  const path = [env.PATH, ...places].join(process.platform === 'win32' ? ';' : ':');
  const named = env.PEAKPROOF_CHROMIUM;
  for (const name of named ? [named] : names) {
    const found = await which(name, { nothrow: true, path });
    if (found !== null) return { path: found };
  }
  const missing = named
    ? `PEAKPROOF_CHROMIUM names ${named}, which is no program`
    : 'there is no Chromium on this machine';
  return { missing };
}
