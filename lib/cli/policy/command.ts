/** `policy`: what is wrong with one, what it means, what a change of it changes. It never writes. */
import { Option, type Command } from 'commander';
import { policyJsonSchema } from '../../policy/policy-json-schema';
import { rules } from '../../rules/registry';
import type { ExitCode } from '../exit-code';
import { UsageError } from '../failure';
import { toRegion } from '../options';
import { withSeedOptions } from '../seed';
import type { Terminal } from '../terminal';
import { withLocal } from '../with-local';
import { policyDifference } from './diff';
import { readDeployed, readFiles, readParts } from './read-policy';
import { readSides, type NamedSides, type WhereOptions } from './sides';
import { showPolicy } from './show';
import { validatePolicy } from './validate';

interface PolicyConsole extends Pick<Terminal, 'print'> {
  readonly exit: (code: ExitCode) => void;
}

const textOrJson = (): Option =>
  new Option('--format <format>', 'output format').choices(['text', 'json']).default('text');

function withWhere(command: Command): Command {
  const where = command
    .option('--region <region>', 'region of the parameters (default: as the AWS SDK finds it)', toRegion)
    .option('--local', 'of a local account, without AWS', false);
  return withSeedOptions(where, 'demo');
}

export function addPolicy(program: Command, console: PolicyConsole): void {
  const policy = program.command('policy').description('check, show and compare policies; never writes');
  addValidate(policy, console);
  addSchema(policy, console);
  addShow(policy, console);
  addDiff(policy, console);
}

function addValidate(policy: Command, { print, exit }: PolicyConsole): void {
  policy
    .command('validate')
    .description('every fault of a policy; several files are parts of one')
    .argument('<file...>', 'policy files; - for stdin')
    .addOption(textOrJson())
    .action(async (files: readonly string[], { format }: { readonly format: 'text' | 'json' }) => {
      const { text, code } = validatePolicy(await readParts(files), format, new Date());
      print(text);
      exit(code);
    });
}

function addSchema(policy: Command, { print }: PolicyConsole): void {
  policy
    .command('schema')
    .description('the JSON Schema of policies, for editors')
    .option('--part', 'of one of several parts: no key has to be there', false)
    .action(({ part }: { readonly part: boolean }) => {
      print(JSON.stringify(policyJsonSchema(rules, { isPart: part }), null, 2));
    });
}

interface ShowOptions extends WhereOptions {
  readonly policy?: readonly string[];
  readonly format: 'yaml' | 'json';
}

function addShow(policy: Command, { print }: PolicyConsole): void {
  const show = policy
    .command('show')
    .description('the policy that holds, with what it leaves out, and where each value comes from')
    .option('--policy <file...>', 'policy files, parts of one (default: Parameter Store)')
    .addOption(new Option('--format <format>', 'output format').choices(['yaml', 'json']).default('yaml'));
  withWhere(show).action(async ({ policy: files, format, ...where }: ShowOptions) => {
    if (files && where.local) throw new UsageError('--policy and --local: name one of the two');
    print(showPolicy(await withLocal(where, () => (files ? readFiles(files) : readDeployed(where.region))), format));
  });
}

interface DiffOptions extends WhereOptions, NamedSides {
  readonly format: 'text' | 'json';
}

const DIFF =
  'what changes from what is deployed to FILE, or from FILE to another; --from and --to take several files; exit 1 if anything does';

function addDiff(policy: Command, { print, exit }: PolicyConsole): void {
  const diff = policy
    .command('diff')
    .description(DIFF)
    .argument('[file]', 'policy file; - for stdin')
    .argument('[other]', 'what takes its place (default: FILE takes the place of what is deployed)')
    .option('--from <file...>', 'policy files, parts of what is there (default: what is deployed)')
    .option('--to <file...>', 'policy files, parts of what takes its place (default: what is deployed)')
    .addOption(textOrJson());
  withWhere(diff).action(async (file: string | undefined, other: string | undefined, options: DiffOptions) => {
    const { before, after } = await readSides({ file, other, ...options });
    const { text, code } = policyDifference(before, after, options.format);
    print(text);
    exit(code);
  });
}
