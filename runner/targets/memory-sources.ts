/** Where a target's services tell their memory, and how much each may use: the part `memory` of a target file. */
import { z } from 'zod';

export const memorySchema = z
  .record(
    z.string(),
    z.strictObject({
      /** Address of a page in Prometheus' text format that has `process_resident_memory_bytes`. */
      metrics: z.string(),
      limitMb: z.number().positive('must be above 0').optional(),
    }),
  )
  .default({});

export type MemoryPart = z.infer<typeof memorySchema>;

/** Limits of the services that state one, in MB. */
export function memoryLimitsOf(memory: MemoryPart): Record<string, number> {
  return Object.fromEntries(
    Object.entries(memory).flatMap(([service, { limitMb }]) =>
      limitMb === undefined ? [] : [[service, limitMb]],
    ),
  );
}
