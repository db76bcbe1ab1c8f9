import { describe, expect, it } from 'vitest';
import { commandLine } from '../../../../runner/cli/command-line.ts';
import { chooseLists, listAsJson, listAsText } from '../../../../runner/cli/lists.ts';
import { table } from '../../../../runner/cli/table.ts';
import { parseMultiple, parsePort, parseSeconds } from '../../../../runner/cli/values.ts';
import { loadedSuite } from '../suite-fixture.ts';

describe('table', () => {
  const columns = [{ title: 'name' }, { title: 'count', align: 'right' as const }, { title: 'why' }];

  it('aligns columns and leaves no blanks at the ends of lines', () => {
    const text = table(columns, [
      ['payment', '7', 'because'],
      ['a', '1,000', ''],
    ]);
    expect(text).toBe(['name     count  why', 'payment      7  because', 'a        1,000'].join('\n'));
  });

  it('cuts the last text column where the terminal ends, and numbers never', () => {
    const text = table(columns, [['payment', '7', 'because of a long story']], 24);
    expect(text.split('\n')[1]).toBe('payment      7  because…');
    expect(table(columns, [['payment', '1,234,567', 'x']], 5)).toContain('1,234,567');
  });
});

describe('commandLine', () => {
  it('repeats what was done, with the seed, without how it was shown', () => {
    const options = {
      profile: 'smoke',
      service: ['a', 'b'],
      quiet: true,
      out: 'x',
      color: false,
      trace: true,
    };
    expect(commandLine(options, 42)).toBe(
      'peakproof rehearse --profile smoke --service a b --trace --seed 42',
    );
  });

  it('says what was left out, and not that nothing was', () => {
    expect(commandLine({ browser: false }, 1)).toBe('peakproof rehearse --no-browser --seed 1');
    expect(commandLine({ browser: true }, 1)).toBe('peakproof rehearse --seed 1');
  });

  it('quotes for a shell, and has one seed', () => {
    const line = commandLine(
      { target: "my 'shop'.yaml", sandboxImpair: ['payment:errors=20%'], seed: '7' },
      7,
    );
    expect(line).toBe(
      "peakproof rehearse --target 'my '\\''shop'\\''.yaml' --sandbox-impair payment:errors=20% --seed 7",
    );
  });
});

describe('values', () => {
  it.each([
    ['90', 90],
    ['90s', 90],
    ['2.5m', 150],
    ['1h', 3600],
    [' 5m ', 300],
  ])('duration %s is %d s', (text, seconds) => {
    expect(parseSeconds('--duration', text)).toBe(seconds);
  });

  it.each(['', '5d', '-5s', 's', '1e3', '5 m x'])('duration "%s" is refused', (text) => {
    expect(() => parseSeconds('--duration', text)).toThrow(/INVALID_OPTION: --duration cannot be/);
  });

  it('multiples may carry their x', () => {
    expect([parseMultiple('--load', '10'), parseMultiple('--load', '2.5x')]).toEqual([10, 2.5]);
    expect(() => parseMultiple('--load', 'ten')).toThrow(/--load cannot be "ten"/);
  });

  it('ports are whole numbers up to 65535', () => {
    expect(parsePort('--port', '0')).toBe(0);
    for (const text of ['65536', '80.5', '-1', 'http'])
      expect(() => parsePort('--port', text)).toThrow(/--port/);
  });
});

describe('lists', () => {
  it('shows one list plainly, several with headings', () => {
    expect(listAsText(loadedSuite, ['policies'])).toBe(
      [
        'policy     inconclusive  partial  description',
        'release    tolerate      hold     for release',
        'rehearsal  tolerate      hold     for rehearsal',
      ].join('\n'),
    );
    const all = listAsText(loadedSuite, chooseLists(undefined));
    expect(all.match(/^\w+ \(\d+\)$/gm)).toEqual([
      'services (2)',
      'scenarios (3)',
      'journeys (1)',
      'profiles (2)',
      'objectives (1)',
      'policies (2)',
      'faults (18)',
      'defects (7)',
    ]);
  });

  it('gives programs the same rows', () => {
    expect(listAsJson(loadedSuite, ['objectives'])).toEqual({
      objectives: [
        {
          objective: 'payment-availability',
          service: 'payment',
          promise: '99 % of requests succeed',
          file: 'objectives/payment.yaml:3',
        },
      ],
    });
  });

  it('knows what can be listed', () => {
    expect(chooseLists('profiles')).toEqual(['profiles']);
    expect(() => chooseLists('servces')).toThrow(/"servces" cannot be listed/);
  });
});
