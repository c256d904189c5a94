import { Command, InvalidArgumentError, Option } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { modes, type Mode } from '../policy/policy';
import type { DemoOptions } from './demo/command';
import type { ExitCode } from './exit-code';
import { addExplain } from './explain/options';
import { history } from './history';
import { addIam } from './iam/options';
import { invokeDeployed, type InvokeOptions } from './invoke';
import { HOLD_HOURS, toHours, withLedgerOptions, type LedgerOptions } from './ledger-options';
import { toRegion, withRunOptions, type RunOptions } from './options';
import { runPasses } from './passes';
import { addPolicy } from './policy/command';
import { withSeedOptions } from './seed';
import type { Terminal } from './terminal';
import type { ServeOptions } from './serve-local';
import { undoRemoval, type UndoCommandOptions } from './undo';
import { throttlingModes } from '../../infra/local/throttling/throttling-modes';

export interface Console extends Terminal {
  readonly exit: (code: ExitCode) => void;
}

interface AuditOptions extends RunOptions {
  readonly state: string;
}

interface ReconcileOptions extends RunOptions {
  readonly dryRun: boolean;
  readonly mode?: Mode;
  readonly state?: string;
}

const NOTES = `
Credentials, region and endpoint are read as the AWS SDK reads them (AWS_PROFILE, AWS_REGION, AWS_ENDPOINT_URL).
Exit: 0 compliant, 1 violations, 2 usage, policy or credentials, 3 something could not be read.
The AWS SDK asks for Node 22 from January 2027 on; Node 20.19 works until then.`;

/** The whole command line; nothing runs before `parseAsync`. */
export function createProgram(console: Console): Command {
  const program = new Command('ecs-ipv6')
    .description('Keeps Amazon ECS workloads true to a written IPv6 policy')
    .version(packageJson.version)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => {
        console.print(text.trimEnd());
      },
      writeErr: (text) => {
        console.complain(text.trimEnd());
      },
    })
    .configureHelp({ optionDescription })
    .addHelpText('after', NOTES);
  addAudit(program, console);
  addReconcile(program, console);
  addExplain(program, console);
  addPolicy(program, console);
  addHistory(program, console);
  addUndo(program, console);
  addInvoke(program, console);
  addIam(program, console);
  addLocal(program, console);
  addDemo(program, console);
  return program;
}

const MAX_PORT = 65_535;

function toPort(text: string): number {
  const port = /^\d+$/.test(text) ? Number(text) : NaN;
  if (port <= MAX_PORT) return port;
  throw new InvalidArgumentError(`A number from 0 to ${String(MAX_PORT)}.`);
}

/** What may be written and what holds if nothing is; that a switch is off by default goes without saying. */
function optionDescription({ description, argChoices, defaultValue }: Option): string {
  const isTold = typeof defaultValue === 'string' || typeof defaultValue === 'number';
  const notes = [
    ...(argChoices ? [argChoices.join(', ')] : []),
    ...(isTold ? [`default: ${String(defaultValue)}`] : []),
  ];
  return notes.length === 0 ? description : `${description} (${notes.join('; ')})`;
}

function addAudit(program: Command, { print, exit }: Console): void {
  const audit = program.command('audit').description('look at everything, or at what is named; never writes');
  withRunOptions(audit)
    .option('--state <place>', 'what earlier runs remember: file, dynamodb:TABLE or memory', 'memory')
    .action(async ({ state, ...options }: AuditOptions) => {
      const settings = { dryRun: true, modeCeiling: 'observe' } as const;
      exit(await runPasses({ options, settings, state, print }));
    });
}

function addReconcile(program: Command, { print, exit }: Console): void {
  const reconcile = program.command('reconcile').description('look, and do what the policy allows');
  withRunOptions(reconcile)
    .option('--dry-run', 'show the plan, write nothing', false)
    .addOption(new Option('--mode <mode>', 'lower the mode of the policy for this run').choices(modes))
    .option('--state <place>', 'file, dynamodb:TABLE or memory (default: a file for each account)')
    .action(async ({ dryRun, mode, state, ...options }: ReconcileOptions) => {
      // a local account is gone after the run: what was found in it is not remembered
      const memory = state ?? (options.local ? 'memory' : undefined);
      exit(await runPasses({ options, settings: { dryRun, modeCeiling: mode }, state: memory, print }));
    });
}

function addHistory(program: Command, { exit, ...terminal }: Console): void {
  const command = program
    .command('history')
    .description('what was written to the workload, newest first: why, by whom, and what became of it; never writes')
    .argument('[resource]', 'only this one: its name or ARN, or a part of it');
  withLedgerOptions(command).action(async (resource: string | undefined, options: LedgerOptions) => {
    exit(await history(resource, options, terminal));
  });
}

function addUndo(program: Command, { exit, ...terminal }: Console): void {
  const command = program
    .command('undo')
    .description(
      'register again what was removed, and keep it from being removed for a while; exit 1 if it must not be',
    )
    .argument('<id>', 'of the removal, as history lists it')
    .option('--hold <hours>', 'how long it is not removed again', toHours, HOLD_HOURS);
  withLedgerOptions(command).action(async (id: string, options: UndoCommandOptions) => {
    exit(await undoRemoval(id, options, terminal));
  });
}

function addInvoke(program: Command, { print, exit }: Console): void {
  program
    .command('invoke')
    .description('have the deployed controller look at something now, and print its report')
    .option('--function <name>', 'name or ARN of the deployed function (output InvokeFunctionName)')
    .option('--local', 'deploy in a local account with the demo seed, without AWS', false)
    .option('--cluster <name>', 'cluster: name or ARN')
    .option('--service <name>', 'service: cluster/name, ARN, or a name with --cluster')
    .option('--task <id>', 'task: cluster/id, ARN, or an id with --cluster')
    .option('--instance <id>', 'EC2 instance')
    .addOption(new Option('--mode <mode>', 'lower the mode of the policy for this run').choices(modes))
    .option('--dry-run', 'show the plan, write nothing', false)
    .option('--region <region>', 'region of the stack', toRegion)
    .addOption(new Option('--format <format>', 'output format').choices(['table', 'json']).default('table'))
    .action(async (options: InvokeOptions) => {
      exit(await invokeDeployed(options, print));
    });
}

function addLocal(program: Command, { print }: Console): void {
  const local = program.command('local').description('serve a simulated AWS account on 127.0.0.1 until interrupted');
  withSeedOptions(local, 'empty')
    .option('--port <number>', 'port; 0: any free one', toPort, 0)
    .addOption(new Option('--throttling <mode>', 'request rates').choices(throttlingModes).default('published'))
    .option('--weather <file>', 'faults of calls, events and pages (docs/local-account.md)')
    .action(async (options: ServeOptions) => {
      const { serveLocal } = await import('./serve-local');
      await serveLocal(options, print);
    });
}

function addDemo(program: Command, { print, exit }: Console): void {
  program
    .command('demo')
    .description('the main job on this machine: events, findings, actions and alerts in a local account')
    .option('--json', 'one JSON document instead of the story', false)
    .option('--template <file>', 'template to execute (default: infra/template.yaml)')
    .action(async (options: DemoOptions) => {
      const { demo } = await import('./demo/command');
      exit(await demo(options, print));
    });
}
