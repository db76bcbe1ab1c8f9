/** The registry of ways to break a system: a new one is one file and one row. */
import { type DriverRow, driverRow } from '../bind.ts';
import { fisDriver } from './fis.ts';
import { hookDriver } from './hook.ts';
import { kubernetesDriver } from './kubernetes.ts';
import { processDriver } from './process.ts';
import { sandboxDriver } from './sandbox.ts';
import { toxiproxyDriver } from './toxiproxy.ts';

export const faultDrivers: readonly DriverRow[] = [
  driverRow(sandboxDriver),
  driverRow(hookDriver),
  driverRow(processDriver),
  driverRow(toxiproxyDriver),
  driverRow(kubernetesDriver),
  driverRow(fisDriver),
];
