import { InvalidArgumentError, Option, type Command } from 'commander';
import { severities, type Severity } from '../evaluate/finding';
import { rules } from '../rules/registry';
import { isRegionName } from '../trigger/region';
import { withSeedOptions, type SeedOptions } from './seed';

export const formats = ['table', 'json'] as const;

/** Flags of `audit` and `reconcile`. */
export interface RunOptions extends SeedOptions {
  readonly cluster?: string;
  readonly service?: string;
  readonly task?: string;
  readonly instance?: string;
  readonly policy?: string;
  readonly rule?: readonly string[];
  readonly region?: readonly string[];
  readonly failOn: Severity;
  readonly format: (typeof formats)[number];
  readonly output?: string;
  readonly local: boolean;
}

const collect = (value: string, before: readonly string[] | undefined): readonly string[] => [...(before ?? []), value];

function collectRule(value: string, before: readonly string[] | undefined): readonly string[] {
  const known = rules.map((rule) => rule.meta.id);
  if (!known.includes(value)) throw new InvalidArgumentError(`The rules are ${known.join(', ')}.`);
  return collect(value, before);
}

function collectRegion(value: string, before: readonly string[] | undefined): readonly string[] {
  const region = toRegion(value);
  return before?.includes(region) ? before : collect(region, before);
}

/** One of several wrong regions stops the run before the first is looked at. */
export function toRegion(value: string): string {
  if (!isRegionName(value)) throw new InvalidArgumentError('Name a region such as eu-west-2.');
  return value;
}

export function withRunOptions(command: Command): Command {
  const run = command
    .option('--cluster <name>', 'only this cluster: name or ARN')
    .option('--service <name>', 'only this service: cluster/name, ARN, or a name with --cluster')
    .option('--task <id>', 'only this task: cluster/id, ARN, or an id with --cluster')
    .option('--instance <id>', 'only this EC2 instance: id or ARN')
    .option('--policy <file>', 'policy file (default: Parameter Store /ecs-ipv6/policy, else the built-in policy)')
    .option('--rule <id>', 'only this rule (repeatable)', collectRule)
    .option('--region <region>', 'region (repeatable; default: as the AWS SDK finds it)', collectRegion)
    .addOption(new Option('--fail-on <severity>', 'exit 1 from this severity on').choices(severities).default('low'))
    .addOption(new Option('--format <format>', 'output format').choices(formats).default('table'))
    .option('--output <file>', 'write the report to a file')
    .option('--local', 'against a local account, without AWS', false);
  return withSeedOptions(run, 'demo');
}
