import { defineConfig } from 'vitest/config';

/** Tests that send load, and judge it: side by side they would measure each other. */
const withLoad = [
  'test/e2e/**/*.test.ts',
  'test/contract/runner/{compare,disk-full,drills,profile,profile-service,rehearse,server-side}.test.ts',
];

const real = { globalSetup: ['test/setup/build.ts'], testTimeout: 120_000, hookTimeout: 300_000 };

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts', 'test/golden/**/*.test.ts'],
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          ...real,
          name: 'contract',
          include: ['test/contract/**/*.test.ts'],
          exclude: withLoad,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          ...real,
          name: 'load',
          include: withLoad,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
