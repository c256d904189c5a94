/**
 * `npm run mutation [-- guard plan rules]`: breaks the code of these stages in hundreds of small ways and runs their
 * tests against each; what no test notices is listed. Before a release; it takes minutes for each stage.
 *
 * Stryker brings as many packages as all that we install otherwise, so it goes into a folder of its own, at one version.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';

/** The last line that runs on Node 20. */
const STRYKER = '9.6.1';
const STAGES = ['rules', 'plan', 'guard'];

const home = path.join(tmpdir(), `ecs-ipv6-controller-${userInfo().username}`, 'mutation');
const packages = path.join(home, 'node_modules', '@stryker-mutator');

function run(command: string, args: readonly string[], cwd: string): void {
  const { status, error } = spawnSync(command, args, { cwd, stdio: 'inherit' });
  if (error) throw new Error(`${command} did not start`, { cause: error });
  if (status !== 0) process.exit(status ?? 1);
}

function install(): void {
  mkdirSync(home, { recursive: true });
  writeFileSync(path.join(home, 'package.json'), '{ "private": true }');
  const wanted = ['core', 'jest-runner'].map((name) => `@stryker-mutator/${name}@${STRYKER}`);
  run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', ...wanted], home);
}

function settings(stages: readonly string[]): string {
  const config = {
    plugins: [path.join(packages, 'jest-runner', 'dist', 'src', 'index.js')],
    testRunner: 'jest',
    mutate: stages.map((stage) => `lib/${stage}/**/*.ts`),
    tempDirName: path.join(home, 'sandbox'),
    // it would look for a compiler beside itself
    tsconfigFile: 'none',
    reporters: ['clear-text', 'progress'],
    clearTextReporter: { logTests: false },
    coverageAnalysis: 'perTest',
    ignorePatterns: ['dist', 'coverage', 'docs'],
    jest: {
      projectType: 'custom',
      configFile: 'jest.config.js',
      enableFindRelatedTests: false,
      config: { testMatch: stages.map((stage) => `**/test/${stage}/**/*.test.ts`) },
    },
  };
  const file = path.join(home, 'stryker.json');
  writeFileSync(file, JSON.stringify(config));
  return file;
}

const asked = process.argv.slice(2);
const unknown = asked.filter((stage) => !STAGES.includes(stage));
if (unknown.length > 0) {
  console.error(`no such stage: ${unknown.join(', ')}; there are ${STAGES.join(', ')}`);
  process.exit(2);
}
install();
const stryker = path.join(packages, 'core', 'bin', 'stryker.js');
run(process.execPath, [stryker, 'run', settings(asked.length > 0 ? asked : STAGES)], process.cwd());
