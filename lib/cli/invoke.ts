import * as v from 'valibot';
import { invokeFunction, whoAmI } from '../composition';
import type { Report } from '../report/report';
import { exitCode, type ExitCode } from './exit-code';
import { UsageError } from './failure';
import { checkFound } from './named';
import { ownTemplate } from './own-template';
import { toTable } from './table';

export interface InvokeOptions {
  readonly function?: string;
  /** Deploy the stack in a local account with the demo seed, and ask that one. */
  readonly local: boolean;
  readonly cluster?: string;
  readonly service?: string;
  readonly task?: string;
  readonly instance?: string;
  readonly mode?: string;
  readonly dryRun: boolean;
  readonly region?: string;
  readonly format: 'table' | 'json';
}

const isReport = (value: unknown): value is Report =>
  v.is(v.looseObject({ schema: v.literal('ecs-ipv6/report/v1'), findings: v.array(v.unknown()) }), value);

/** Asks the deployed function, and prints its answer as any other report. */
export async function invokeDeployed(options: InvokeOptions, print: (text: string) => void): Promise<ExitCode> {
  const { function: given, local, ...rest } = options;
  if (local) return await invokeLocally(rest, print);
  if (given === undefined) throw new UsageError('name the deployed function with --function, or add --local');
  return await ask(given, rest, print);
}

async function invokeLocally(options: Asked, print: (text: string) => void): Promise<ExitCode> {
  const { createDemoWorld } = await import('./demo/world');
  const { pointAt } = await import('./local');
  const world = await createDemoWorld({ templateFile: ownTemplate(), log: () => undefined });
  try {
    pointAt(world.account);
    return await ask(world.stack.outputs()['InvokeFunctionName'] ?? '', options, print);
  } finally {
    await world.stop();
  }
}

type Asked = Omit<InvokeOptions, 'function' | 'local'>;

async function ask(name: string, options: Asked, print: (text: string) => void): Promise<ExitCode> {
  const { region, format, ...selection } = options;
  const caller = await whoAmI({ region });
  const { payload, failed } = await invokeFunction(
    caller.region,
    name,
    JSON.stringify({ ...selection, requestedBy: caller.arn }),
  );
  const answer: unknown = JSON.parse(payload);
  if (failed || !isReport(answer)) throw new UsageError(`${name} failed: ${messageOf(answer)}`);
  checkFound(selection, answer);
  print(format === 'json' ? JSON.stringify(answer, null, 2) : toTable(answer));
  return exitCode(answer, 'low');
}

function messageOf(answer: unknown): string {
  const parsed = v.safeParse(v.looseObject({ errorMessage: v.string() }), answer);
  return parsed.success ? parsed.output.errorMessage : JSON.stringify(answer);
}
