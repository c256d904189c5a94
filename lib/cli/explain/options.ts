import { Option, type Command } from 'commander';
import { formats, toRegion } from '../options';
import type { Console } from '../program';
import { withSeedOptions } from '../seed';
import { explain, type ExplainOptions } from './command';

export function addExplain(program: Command, console: Console): void {
  const command = program
    .command('explain')
    .description('why something is wrong, and what to do; never writes')
    .argument('[rule]', 'id of a rule')
    .option('--error <text>', 'a stopped reason, service event, API error or log line; - reads it from stdin')
    .option('--task <id>', 'every condition of this task: cluster/id, ARN, or an id with --cluster')
    .option('--service <name>', 'of this service: cluster/name, ARN, or a name with --cluster')
    .option('--instance <id>', 'of this EC2 instance: id or ARN')
    .option('--target <key>', 'of this target: <target-group-arn>#<target-id>:<port>')
    .option('--cluster <name>', 'cluster of the task or service: name or ARN')
    .option('--policy <file>', 'policy file (default: Parameter Store /ecs-ipv6/policy, else the built-in policy)')
    .option(
      '--region <region>',
      'region (default: as the AWS SDK finds it); of a rule: what is deployed there says',
      toRegion,
    )
    .addOption(new Option('--format <format>', 'output format').choices(formats).default('table'))
    .option('--local', 'against a local account, without AWS', false);
  withSeedOptions(command, 'demo').action(async (rule: string | undefined, options: ExplainOptions) => {
    console.exit(await explain(rule, options, console));
  });
}
