/** The registry of ways to break a system: a new one is one file and one row. */
import type { DriverRow } from '../bind.ts';

export const faultDrivers: readonly DriverRow[] = [];
