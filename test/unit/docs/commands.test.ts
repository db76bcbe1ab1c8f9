import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { createProgram } from '../../../runner/cli/program.ts';
import {
  type Documented,
  documentedCommands,
  documentedOptions,
  exampleCommands,
  root,
} from '../../fixtures/documented.ts';

const commands = documentedCommands();
const of = (program: string): Documented[] => commands.filter(({ words }) => words[0] === program);
const titled = (list: readonly Documented[]) =>
  list.map(({ where, words }) => [where, words.join(' '), words] as const);

/** Those below others too, such as `slo list`. */
function allCommands(command: Command): Command[] {
  return command.commands.flatMap((child) => [child, ...allCommands(child)]);
}

/** The whole program, with commands that do nothing. */
function parse(words: readonly string[]): Promise<unknown> {
  const program = createProgram();
  for (const command of allCommands(program)) {
    command.exitOverride().configureOutput({ writeErr: () => {}, writeOut: () => {} });
    command.action(() => {});
  }
  return program.parseAsync(words.slice(1), { from: 'user' });
}

describe('what the documents tell people to type', () => {
  it('is found, with all four users of the README', () => {
    expect(of('peakproof').length).toBeGreaterThan(10);
    const typed = of('peakproof').map(({ words }) => words.join(' '));
    expect(typed).toContain('peakproof rehearse --target shop.yaml --policy release --quiet');
    expect(typed).toContain('peakproof rehearse --profile smoke --service payment --load 10');
    expect(exampleCommands().length).toBeGreaterThan(15);
  });

  it.each(titled([...of('peakproof'), ...exampleCommands(allCommands(createProgram()))]))(
    '%s: %s',
    async (_, __, words) => {
      await expect(parse(words)).resolves.toBeDefined();
    },
  );

  it('is refused where it is wrong', async () => {
    await expect(parse(['peakproof', 'plan', '--profle', 'smoke'])).rejects.toThrow('unknown option');
    await expect(parse(['peakproof', 'plann'])).rejects.toThrow('unknown command');
    await expect(parse(['peakproof', 'gate'])).rejects.toThrow('missing required argument');
  });

  it.each(titled(of('npm')))('%s: %s', (_, __, [, verb = '', name = '']) => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    if (verb === 'install') return;
    expect(Object.keys(scripts)).toContain(verb === 'run' ? name : verb);
  });

  it.each(titled([...of('node'), ...of('vitest')]))('%s: %s', (_, __, words) => {
    const paths = words.filter((word) => word.includes('/'));
    expect(paths.length).toBeGreaterThan(0);
    for (const path of paths) expect(existsSync(join(root, path)), path).toBe(true);
  });
});

describe('options that the documents name', () => {
  const known = [
    '--help',
    ...allCommands(createProgram()).flatMap((command) => command.options.map(({ long }) => long)),
  ];

  it.each(titled(documentedOptions()))('%s: %s', (_, option) => expect(known).toContain(option));
});
