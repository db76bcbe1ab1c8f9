/** Writes options back as a command line, for the reproduction that a report ends with. */

/** `peakproof rehearse --profile smoke --seed 42`, quoted for a POSIX shell. */
export function commandLine(options: object, seed: number): string {
  const given: [string, unknown][] = Object.entries({ ...options, seed });
  const parts = given
    // Commander sets what a `--no-…` takes away.
    .filter(([name, value]) => !leftOut.has(name) && !(name === 'browser' && value === true))
    .flatMap(([name, value]) => {
      const flag = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
      if (value === true) return [flag];
      if (value === false) return [flag.replace('--', '--no-')];
      return [flag, ...[value].flat().map((item) => quote(String(item)))];
    });
  return ['peakproof', 'rehearse', ...parts].join(' ');
}

/** They say how the run was shown and where it was kept, not what it did. */
const leftOut: ReadonlySet<string> = new Set([
  'out',
  'tag',
  'quiet',
  'json',
  'color',
  'metricsPort',
  'faroPort',
]);

function quote(text: string): string {
  return /^[\w./:=%@,+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
