/** Settings that hold for some services and kinds of fault only: a list of rules, of which the first that fits counts. */
import { z } from 'zod';
import { type FaultKind, faultKinds, type PlannedFault } from '../../../profiles/faults.ts';

export const kindNames = Object.keys(faultKinds) as [FaultKind, ...FaultKind[]];

/** The fields of a rule that say what it is for; absent means all. */
export const ruleScope = {
  services: z.array(z.string().min(1)).min(1).optional(),
  kinds: z.array(z.enum(kindNames)).min(1).optional(),
};

interface Rule {
  readonly services?: readonly string[] | undefined;
  readonly kinds?: readonly FaultKind[] | undefined;
}

export function ruleFor<R extends Rule>(rules: readonly R[], fault: PlannedFault): R | undefined {
  return rules.find(
    ({ services, kinds }) =>
      (services?.includes(fault.service) ?? true) && (kinds?.includes(fault.kind) ?? true),
  );
}
