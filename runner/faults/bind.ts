/** A driver together with its settings: what a target file names, ready to be asked. */
import type { z } from 'zod';
import type { FaultKind, PlannedFault } from '../../profiles/faults.ts';
import type { Problem } from '../../scenarios/problem.ts';
import type { DriverContext, FaultDriver, FaultProcedure, FaultTarget, PreparedDriver } from './types.ts';

export interface BoundDriver {
  readonly name: string;
  readonly kinds: readonly FaultKind[];
  readonly check: (faults: readonly PlannedFault[], target: FaultTarget) => Promise<readonly Problem[]>;
  readonly describe: (faults: readonly PlannedFault[], target: FaultTarget) => readonly FaultProcedure[];
  readonly prepare: (faults: readonly PlannedFault[], context: DriverContext) => Promise<PreparedDriver>;
}

/** A row of the registry of drivers: settings are only known to the driver itself. */
export interface DriverRow {
  readonly name: string;
  readonly bind: (
    settings: unknown,
  ) => { readonly driver: BoundDriver } | { readonly issues: readonly z.core.$ZodIssue[] };
}

export function driverRow<Settings>(driver: FaultDriver<Settings>): DriverRow {
  const { name, kinds } = driver;
  return {
    name,
    bind: (settings) => {
      const read = driver.settings.safeParse(settings);
      if (!read.success) return { issues: read.error.issues };
      return {
        driver: {
          name,
          kinds,
          check: (faults, target) => driver.check(read.data, faults, target),
          describe: (faults, target) => driver.describe(read.data, faults, target),
          prepare: (faults, context) => driver.prepare(read.data, faults, context),
        },
      };
    },
  };
}
