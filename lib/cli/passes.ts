/** `audit` and `reconcile`: one pass in each region, one report. */
import { access, constants, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Report } from '../report/report';
import type { RunSettings } from '../stages';
import { selectionRequests } from '../trigger/selection';
import { exitCode, type ExitCode } from './exit-code';
import { UsageError } from './failure';
import { mergeReports } from './merge-reports';
import { checkFound } from './named';
import type { RunOptions } from './options';
import { readPolicyFile, type PolicyFile } from './policy-file';
import { toLocalSeed } from './seed';
import { openSession } from './session';
import { toTable } from './table';

export interface Passes {
  readonly options: RunOptions;
  readonly settings: Pick<RunSettings, 'dryRun' | 'modeCeiling'>;
  readonly state: string | undefined;
  /** Where the report goes without --output. */
  readonly print: (text: string) => void;
}

export async function runPasses({ options, settings, state, print }: Passes): Promise<ExitCode> {
  const seed = toLocalSeed(options);
  const policy = options.policy === undefined ? undefined : await readPolicyFile(options.policy);
  if (options.output !== undefined) await checkOutput(options.output);
  // loaded only when asked for: everything else runs without the simulated account
  const local = seed && (await (await import('./local')).startLocal({ seed, port: 0 }));
  try {
    // a seed may span regions: one report speaks of all of them
    const [first, ...rest] = options.region ?? local?.regions ?? [undefined];
    const reports: [Report, ...Report[]] = [await runPass(first, { options, settings, state, policy })];
    for (const region of rest) reports.push(await runPass(region, { options, settings, state, policy }));
    const report = mergeReports(reports);
    checkFound(options, report);
    await put(report, options, print);
    return exitCode(report, options.failOn);
  } finally {
    await local?.account.stop();
  }
}

async function put(report: Report, { format, output }: RunOptions, print: Passes['print']): Promise<void> {
  const text = format === 'json' ? JSON.stringify(report, null, 2) : toTable(report);
  if (output === undefined) print(text);
  else await writeFile(output, `${text}\n`);
}

/** Before anything is read or done: a report that can not be written would be lost. */
async function checkOutput(file: string): Promise<void> {
  if (file === '') throw new UsageError('--output: name a file');
  const found = await stat(file).catch(() => undefined);
  if (found?.isDirectory()) throw new UsageError(`--output ${file}: is a folder; name a file`);
  const [place, name] = found ? [file, 'it'] : [path.dirname(file), `the folder ${path.dirname(file)}`];
  await access(place, constants.W_OK).catch((error: unknown) => {
    throw new UsageError(`--output ${file}: ${name} is not there or can not be written to`, { cause: error });
  });
}

type PassOptions = Omit<Passes, 'print'> & { readonly policy: PolicyFile | undefined };

async function runPass(region: string | undefined, run: PassOptions): Promise<Report> {
  const { options, settings, state, policy } = run;
  const session = await openSession({ region, policy, state });
  try {
    const requests = selectionRequests(options, session.caller);
    const origin = { requestedBy: session.caller.arn };
    const whole = { ...settings, onlyRules: options.rule, withSurroundings: true, origin };
    const { report } = await session.controller.reconcile(requests, whole);
    return report;
  } finally {
    await session.close();
  }
}
