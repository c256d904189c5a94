import * as v from 'valibot';
import { invokeFunction, whoAmI } from '../composition';
import type { Report } from '../report/report';
import type { SelectionError } from '../trigger/selection';
import { exitCode, type ExitCode } from './exit-code';
import { UnfinishedError, UsageError } from './failure';
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

const REFUSAL: SelectionError['name'] = 'SelectionError';
/** Of an answer that is none, in a message. */
const MAX_SHOWN = 200;

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
  if (failed || !isReport(answer)) throw failureOf(name, answer);
  checkFound(selection, answer);
  print(format === 'json' ? JSON.stringify(answer, null, 2) : toTable(answer));
  return exitCode(answer, 'low');
}

const failureSchema = v.looseObject({ errorType: v.optional(v.string(), ''), errorMessage: v.string() });

/** What the function refuses, the person can write in another way; all else happened while it looked. */
function failureOf(name: string, answer: unknown): Error {
  const parsed = v.safeParse(failureSchema, answer);
  if (!parsed.success) {
    const text = JSON.stringify(answer).slice(0, MAX_SHOWN);
    return new UsageError(`${name} answers with no report: ${text}; name the output InvokeFunctionName of the stack`);
  }
  const { errorType, errorMessage } = parsed.output;
  if (errorType === REFUSAL) return new UsageError(errorMessage);
  return new UnfinishedError(`${name} failed: ${errorMessage}${hintFor(errorType)}`);
}

/** https://docs.aws.amazon.com/lambda/latest/dg/nodejs-exceptions.html and the runtime's own types */
function hintFor(errorType: string): string {
  const isTooMuch = /Timedout|OutOfMemory|ExitError|ResponseSizeTooLarge/.test(errorType);
  return isTooMuch ? '; ask about less: name a cluster or a service' : '; its log says more';
}
