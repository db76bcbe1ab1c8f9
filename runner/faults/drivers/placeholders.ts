/** Placeholders such as `{service}` or `{latencyMs}` in a user's own settings, filled in from the fault at hand. */
import type { PlannedFault } from '../../../profiles/faults.ts';

const placeholder = /\{([A-Za-z]+)\}/g;

/** What may stand in braces: `id`, `service`, `kind`, `seconds` (how long it lasts) and the fault's parameters. */
export function placeholdersOf(fault: PlannedFault): Readonly<Record<string, string | number>> {
  const { id, service, kind, startSecond, endSecond, parameters } = fault;
  return { ...parameters, id, service, kind, seconds: endSecond - startSecond };
}

/** Placeholders of a value that the fault has nothing for, each once. */
export function unknownPlaceholders(value: unknown, fault: PlannedFault): string[] {
  const known = placeholdersOf(fault);
  const names = textsOf(value).flatMap((text) =>
    [...text.matchAll(placeholder)].map(([, name = '']) => name),
  );
  return [...new Set(names)].filter((name) => !Object.hasOwn(known, name));
}

/** A URL with its placeholders filled in, each encoded for a part of a path or query. */
export function fillUrl(url: string, fault: PlannedFault): string {
  const known = placeholdersOf(fault);
  return url.replace(placeholder, (whole, name: string) =>
    Object.hasOwn(known, name) ? encodeURIComponent(known[name] ?? '') : whole,
  );
}

/** A JSON value with its texts filled in. A text that is one placeholder becomes its value: a number stays one. */
export function fillValue(value: unknown, fault: PlannedFault): unknown {
  const known = placeholdersOf(fault);
  if (typeof value === 'string') {
    const whole = /^\{([A-Za-z]+)\}$/.exec(value)?.[1];
    if (whole !== undefined && Object.hasOwn(known, whole)) return known[whole];
    return value.replace(placeholder, (text, name: string) =>
      Object.hasOwn(known, name) ? String(known[name]) : text,
    );
  }
  if (Array.isArray(value)) return value.map((item) => fillValue(item, fault));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fillValue(inner, fault)]));
}

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
}
