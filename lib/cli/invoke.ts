import * as v from 'valibot';
import { invokeFunction, whoAmI } from '../composition';
import type { Report } from '../report/report';
import { exitCode, type ExitCode } from './exit-code';
import { UsageError } from './failure';
import { toTable } from './table';

export interface InvokeOptions {
  readonly function: string;
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
  const { function: name, region, format, ...selection } = options;
  const caller = await whoAmI({ region });
  const { payload, failed } = await invokeFunction(
    caller.region,
    name,
    JSON.stringify({ ...selection, requestedBy: caller.arn }),
  );
  const answer: unknown = JSON.parse(payload);
  if (failed || !isReport(answer)) throw new UsageError(`${name} failed: ${messageOf(answer)}`);
  print(format === 'json' ? JSON.stringify(answer, null, 2) : toTable(answer));
  return exitCode(answer, 'low');
}

function messageOf(answer: unknown): string {
  const parsed = v.safeParse(v.looseObject({ errorMessage: v.string() }), answer);
  return parsed.success ? parsed.output.errorMessage : JSON.stringify(answer);
}
