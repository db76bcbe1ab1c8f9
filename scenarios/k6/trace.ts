/**
 * The trace of an iteration (PEAKPROOF_TRACE=1): which requests it sent, with which bodies. Values that
 * came out of the system's own answers (an id, a token) differ between two runs; they are written as
 * where they came from, `{payment.authorize.id}`. Secrets are written by name.
 */

export class Trace {
  private readonly labels = new Map<string, string>();

  constructor(secrets: Readonly<Record<string, string>>) {
    for (const [name, value] of Object.entries(secrets)) this.labels.set(value, `{secret.${name}}`);
  }

  /** Remembers that `value` is the answer's field, so that later requests show its origin instead. */
  learn(value: string, origin: string): void {
    if (value.length > 0 && !this.labels.has(value)) this.labels.set(value, `{${origin}}`);
  }

  /** `text` with every learnt value replaced by its origin, the longest values first. */
  veil(text: string): string {
    const values = [...this.labels.keys()].sort((a, b) => b.length - a.length);
    return values.reduce((veiled, value) => veiled.replaceAll(value, this.labels.get(value) ?? ''), text);
  }
}
