import { defineConfig } from 'vitest/config';

/** Tests that send so little load, to so small a system, that they may do so two at a time, with nothing else beside. */
const withLittleLoad = [
  'test/contract/runner/{compare,disk-full,drills,rehearse,server-side}.test.ts',
  'test/e2e/{other-suite,toxiproxy}.test.ts',
];

/** Tests of the whole program in which no verdict depends on how busy the machine is: they mostly wait. */
const withoutVerdict = [
  'test/e2e/{bad-input,documented-commands,interruption,no-chromium,prometheus,report-in-browser,seed,slo,usage,waivers}.test.ts',
];

/** Tests that send load, and judge it: side by side they would measure each other. */
const withLoad = ['test/e2e/**/*.test.ts', 'test/contract/runner/{profile,profile-service}.test.ts'];

const real = { globalSetup: ['test/setup/build.ts'], testTimeout: 120_000, hookTimeout: 300_000 };

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts', 'test/golden/**/*.test.ts'],
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          ...real,
          name: 'contract',
          include: ['test/contract/**/*.test.ts'],
          exclude: [...withLittleLoad, ...withLoad],
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          ...real,
          name: 'little load',
          include: withLittleLoad,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          ...real,
          name: 'no verdict',
          include: withoutVerdict,
          maxWorkers: 3,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          ...real,
          name: 'load',
          include: withLoad,
          exclude: [...withLittleLoad, ...withoutVerdict],
          fileParallelism: false,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
