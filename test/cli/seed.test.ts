import { describe, expect, it } from '@jest/globals';
import { Command } from 'commander';
import { EXIT } from '../../lib/cli/exit-code';
import { run } from '../../lib/cli/run';
import { toLocalSeed, toSeed, withSeedOptions, type SeedOptions } from '../../lib/cli/seed';

/** What the words of a person come to, or what is complained of. */
function parse(...words: readonly string[]): SeedOptions | string {
  const complaints: string[] = [];
  const command = withSeedOptions(new Command(), 'demo')
    .exitOverride()
    .configureOutput({ writeErr: (text) => complaints.push(text) });
  try {
    return command.parse(words, { from: 'user' }).opts<SeedOptions>();
  } catch {
    return complaints.join('');
  }
}

describe('--tasks', () => {
  it.each([
    ['1', 1],
    ['200000', 200_000],
    ['007', 7],
  ])('takes %s', (text, tasks) => {
    expect(parse('--tasks', text)).toEqual({ tasks });
  });

  it.each(['0', '-1', 'abc', '', ' ', '1.5', '1e3', '1e99', '0x10', '200001', 'Infinity', '１'])(
    'refuses %j',
    (text) => {
      const complaint = `error: option '--tasks <number>' argument '${text}' is invalid. A whole number from 1 to 200000.\n`;
      expect(parse('--tasks', text)).toBe(complaint);
    },
  );
});

describe('the seed', () => {
  it.each<[SeedOptions, string, number | undefined]>([
    [{}, 'empty', undefined],
    [{ seed: 'demo' }, 'demo', undefined],
    [{ seed: 'fleet' }, 'fleet', undefined],
    [{ seed: 'fleet', tasks: 7 }, 'fleet', 7],
  ])('of %j is %s', (options, name, tasks) => {
    expect(toSeed(options, 'empty')).toEqual({ name, tasks });
  });

  it('has tasks only as a fleet', () => {
    const message = '--tasks: only with --seed fleet';
    expect(() => toSeed({ tasks: 7 }, 'empty')).toThrow(message);
    expect(() => toSeed({ seed: 'demo', tasks: 7 }, 'empty')).toThrow(message);
  });

  it('is that of the demo with --local alone, and none without it', () => {
    expect(toLocalSeed({ local: true })).toEqual({ name: 'demo', tasks: undefined });
    expect(toLocalSeed({ local: true, seed: 'fleet', tasks: 7 })).toEqual({ name: 'fleet', tasks: 7 });
    expect(toLocalSeed({ local: false })).toBeUndefined();
    expect(() => toLocalSeed({ local: false, seed: 'fleet' })).toThrow('--seed: only with --local');
    expect(() => toLocalSeed({ local: false, tasks: 7 })).toThrow('--tasks: only with --local');
  });
});

it.each([
  ['local --seed fleet --tasks 0', /'--tasks <number>' argument '0' is invalid\. A whole number from 1 to 200000\.$/],
  ['reconcile --local --seed fleet --tasks -1', /argument '-1' is invalid/],
  ['local --tasks 5', /^ecs-ipv6: --tasks: only with --seed fleet$/],
  ['audit --local --tasks 5', /^ecs-ipv6: --tasks: only with --seed fleet$/],
  ['audit --seed fleet', /^ecs-ipv6: --seed: only with --local$/],
  ['local --seed flet', /argument 'flet' is invalid\. Allowed choices are empty, demo, fleet\.$/],
])('%s is refused in one line, with exit code 2', async (words, line) => {
  const [printed, complaints]: [string[], string[]] = [[], []];
  const terminal = { print: (text: string) => printed.push(text), complain: (text: string) => complaints.push(text) };
  expect(await run(words.split(' '), terminal)).toBe(EXIT.error);
  expect([printed, complaints]).toEqual([[], [expect.stringMatching(line)]]);
});
