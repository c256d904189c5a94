import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import * as v from 'valibot';

/** The last line that runs on Node 20. */
const STRYKER = '9.6.1';

const home = path.join(tmpdir(), `ecs-ipv6-controller-${userInfo().username}`, 'mutation');
const core = path.join(home, 'node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js');

const positionSchema = v.object({ line: v.number(), column: v.number() });
const mutantSchema = v.object({
  mutatorName: v.string(),
  replacement: v.optional(v.string()),
  location: v.object({ start: positionSchema, end: positionSchema }),
  status: v.picklist(['Killed', 'Survived', 'NoCoverage', 'Timeout', 'RuntimeError', 'Ignored']),
});
const reportSchema = v.object({
  files: v.record(v.string(), v.object({ source: v.string(), mutants: v.array(mutantSchema) })),
});

/** A change of one place, and whether a test failed by it. Lines count from 1, columns too. */
export type Mutant = v.InferOutput<typeof mutantSchema>;

/** Source file -> its text, and what was done to it. */
export type MutatedFiles = v.InferOutput<typeof reportSchema>['files'];

function run(args: readonly string[], command = process.execPath): void {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit' });
  if (error) throw new Error(`${command} did not start`, { cause: error });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${String(status)}.`);
}

/** Stryker brings as many packages as all that we install otherwise, so it goes into a folder of its own. */
function install(): void {
  mkdirSync(home, { recursive: true });
  writeFileSync(path.join(home, 'package.json'), '{ "private": true }');
  const options = ['--prefix', home, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  run(['install', ...options, `@stryker-mutator/core@${STRYKER}`], 'npm');
}

/** Breaks these files, one place at a time, and runs the tests that reach the place. */
export function mutate(sources: readonly string[]): MutatedFiles {
  install();
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  // several runs may be under way
  const own = path.join(home, String(process.pid));
  const report = path.join(own, 'report.json');
  const settings = {
    plugins: [path.join(import.meta.dirname, 'runner.ts')],
    testRunner: 'in-process',
    testRunnerNodeArgs: ['--import', tsx],
    // it starts one even if there is nothing to check
    checkerNodeArgs: ['--import', tsx],
    mutate: sources,
    tempDirName: path.join(own, 'sandbox'),
    // it would look for a compiler beside itself
    tsconfigFile: 'none',
    concurrency: 1,
    reporters: ['json', 'progress-append-only'],
    jsonReporter: { fileName: report },
    coverageAnalysis: 'perTest',
    ignorePatterns: ['dist', 'coverage', 'infra/local'],
    allowEmpty: true,
    // a loop without end is told by its rounds; a busy machine is no fault of the tests
    timeoutMS: 60_000,
    warnings: { slow: false },
  };
  const file = path.join(own, 'stryker.json');
  mkdirSync(own, { recursive: true });
  writeFileSync(file, JSON.stringify(settings));
  run(['--import', tsx, core, 'run', file]);
  const { files } = v.parse(reportSchema, JSON.parse(readFileSync(report, 'utf8')));
  rmSync(own, { recursive: true });
  return files;
}
