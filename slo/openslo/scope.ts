/** What several measures have in common, from the spec of a metric source. */

export function scopeOf(spec: { atLeastMultiplier?: number | undefined }): { atLeastMultiplier?: number } {
  return spec.atLeastMultiplier === undefined ? {} : { atLeastMultiplier: spec.atLeastMultiplier };
}

export function limitOf({ underMs }: { underMs?: number | undefined }): { underMs?: number } {
  return underMs === undefined ? {} : { underMs };
}
