/** What a local account is filled with, as `--seed` and `--tasks` say. */
import { InvalidArgumentError, Option, type Command } from 'commander';
import { FLEET_TASKS, seedNames, type Seed, type SeedName } from '../../infra/local/seed/seed-names';
import { UsageError } from './failure';

export interface SeedOptions {
  readonly seed?: SeedName;
  readonly tasks?: number;
}

const { default: usual, max } = FLEET_TASKS;

function toTasks(text: string): number {
  const tasks = /^\d+$/.test(text) ? Number(text) : NaN;
  if (tasks >= 1 && tasks <= max) return tasks;
  throw new InvalidArgumentError(`A whole number from 1 to ${String(max)}.`);
}

export function withSeedOptions(command: Command, fallback: SeedName): Command {
  return command
    .addOption(new Option('--seed <name>', `what is in the local account (default: ${fallback})`).choices(seedNames))
    .option('--tasks <number>', `tasks of the fleet, 1 to ${String(max)} (default: ${String(usual)})`, toTasks);
}

/** @throws UsageError where an option would have no effect */
export function toSeed({ seed, tasks }: SeedOptions, fallback: SeedName): Seed {
  const name = seed ?? fallback;
  if (tasks !== undefined && name !== 'fleet') throw new UsageError('--tasks: only with --seed fleet');
  return { name, tasks };
}

/** For `--local`; undefined without it. @throws UsageError where an option would have no effect */
export function toLocalSeed({ local, seed, tasks }: SeedOptions & { readonly local: boolean }): Seed | undefined {
  if (local) return toSeed({ seed, tasks }, 'demo');
  if (seed !== undefined) throw new UsageError('--seed: only with --local');
  if (tasks !== undefined) throw new UsageError('--tasks: only with --local');
  return undefined;
}
