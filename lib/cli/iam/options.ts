import { InvalidArgumentError, Option, type Command } from 'commander';
import { modes } from '../../policy/policy';
import { isRegionName } from '../../trigger/region';
import type { Console } from '../program';
import { PARAMETER_PREFIX } from '../session';
import { printIam, type IamOptions } from './command';

const ANY = '*';

/** A reader of an option that takes `*` for any, and otherwise what fits. */
const anyOr = (fits: (text: string) => boolean, advice: string) => (text: string) => {
  if (text === ANY || fits(text)) return text;
  throw new InvalidArgumentError(advice);
};

const toPartition = anyOr(
  (text) => /^aws(-[a-z]+)*$/.test(text),
  'Name a partition such as aws, aws-us-gov or aws-cn, or *.',
);
const toRegionOrAny = anyOr(isRegionName, 'Name a region such as eu-west-2, or *.');
const toAccount = anyOr((text) => /^\d{12}$/.test(text), 'Name an account by its 12 digits, or *.');

/** As the template's parameter PolicyPrefix. */
function toPrefix(text: string): string {
  if (/^(\/[a-zA-Z0-9_.-]+)+$/.test(text)) return text;
  throw new InvalidArgumentError('Name a Parameter Store path such as /ecs-ipv6, without a slash at the end.');
}

export function addIam(program: Command, console: Console): void {
  program
    .command('iam')
    .description('the IAM policy that the controller needs, as JSON; asks nobody and writes nothing')
    .addOption(
      new Option(
        '--permissions <level>',
        'the most that it may allow (default: observe; with --policy, its mode)',
      ).choices(modes),
    )
    .option('--policy <file>', 'no more than the rules that this policy has on need, in its mode')
    .option('--partition <name>', 'of the ARNs (default: that of --region, else *)', toPartition)
    .option('--region <region>', 'of the ARNs', toRegionOrAny, ANY)
    .option('--account <id>', 'of the ARNs', toAccount, ANY)
    .option('--policy-prefix <path>', 'where policy and kill switch are in Parameter Store', toPrefix, PARAMETER_PREFIX)
    .action(async (options: IamOptions) => {
      await printIam(options, console);
    });
}
