/** What visitors hold in their hands, as far as it changes how long a page takes. */
import type { NetworkProfile, NewBrowserContextOptions } from 'k6/browser';

export type DeviceName = 'desktop' | 'phone';

export interface Device {
  readonly name: DeviceName;
  readonly context: NewBrowserContextOptions;
  /** How many times slower its processor is than this machine's. */
  readonly cpuSlowdown: number;
  /** Unlimited if absent. */
  readonly network?: NetworkProfile;
}

const kilobit = 1024 / 8;

/** The phone is Lighthouse's: a mid-range one on a slow 4G connection, with a slowdown of 4 for its processor. */
export const devices: Readonly<Record<DeviceName, Device>> = {
  desktop: { name: 'desktop', context: { viewport: { width: 1280, height: 800 } }, cpuSlowdown: 1 },
  phone: {
    name: 'phone',
    context: { viewport: { width: 412, height: 823 }, isMobile: true, hasTouch: true },
    cpuSlowdown: 4,
    network: { latency: 150, download: 1638.4 * kilobit, upload: 750 * kilobit },
  },
};
