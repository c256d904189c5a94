import { InvalidArgumentError, Option, type Command } from 'commander';
import { toRegion } from './options';
import { withSeedOptions, type SeedOptions } from './seed';

/** Flags of `history` and `undo`: where the ledger lies, and how to tell of it. */
export interface LedgerOptions extends SeedOptions {
  readonly region?: string;
  readonly state?: string;
  readonly format: 'text' | 'json';
  readonly local: boolean;
}

export function withLedgerOptions(command: Command): Command {
  const where = command
    .option('--state <place>', 'file, dynamodb:TABLE or memory (default: a file for each account)')
    .option('--region <region>', 'region (default: as the AWS SDK finds it)', toRegion)
    .addOption(new Option('--format <format>', 'output format').choices(['text', 'json']).default('text'))
    .option('--local', 'of a local account, without AWS; what it remembers is in --state FILE', false);
  return withSeedOptions(where, 'demo');
}

/** Time for a person to find out, or to write an exemption. */
export const HOLD_HOURS = 24;
/** Half a year: a hold that nobody remembers is an exemption that nobody wrote down. */
const MAX_HOLD_HOURS = 24 * 180;

export function toHours(text: string): number {
  const hours = /^\d+$/.test(text) ? Number(text) : NaN;
  if (hours >= 1 && hours <= MAX_HOLD_HOURS) return hours;
  throw new InvalidArgumentError(`A whole number of hours from 1 to ${String(MAX_HOLD_HOURS)}.`);
}
