/** The name under which a service's memory is read, in bytes: written by the runner, read by trends. */
const prefix = 'memory-bytes:';

export const memoryReading = {
  of: (service: string): string => prefix + service,
  /** Undefined for any other reading. */
  serviceOf: (reading: string): string | undefined =>
    reading.startsWith(prefix) ? reading.slice(prefix.length) : undefined,
} as const;
