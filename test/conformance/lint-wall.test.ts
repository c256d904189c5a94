import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { plantedCode } from './lint-wall/planted-code';
import { plantedImports, surroundings } from './lint-wall/planted-imports';

interface FileReport {
  readonly filePath: string;
  readonly messages: readonly { readonly ruleId: string | null; readonly message: string }[];
}

type Sources = Readonly<Record<string, string>>;

const plantedFaults = [...plantedCode, ...plantedImports];

/** The cycle's other half is part of the planted fault: it is reported there too. */
const PARTNERS = new Set(['lib/report/cycle-other.ts']);

/** Beside the fault, so that the same walls surround it. */
function twinOf(file: string): string {
  return file.replace(/(\.test)?\.ts$/, '-twin$&');
}

let root = '';
let reports: ReadonlyMap<string, readonly string[]>;

/** Lints these files as if they were the project: same configuration, same compiler options, same packages. */
async function lint(sources: Sources): Promise<ReadonlyMap<string, readonly string[]>> {
  await cp('tsconfig.json', join(root, 'tsconfig.json'));
  await symlink(resolve('node_modules'), join(root, 'node_modules'));
  for (const [file, source] of Object.entries(sources)) {
    await mkdir(dirname(join(root, file)), { recursive: true });
    await writeFile(join(root, file), source);
  }
  const files = JSON.parse(await runEslint()) as readonly FileReport[];
  return new Map(
    files.map(({ filePath, messages }) => [
      relative(root, filePath),
      messages.map(({ ruleId, message }) => ruleId ?? message),
    ]),
  );
}

async function runEslint(): Promise<string> {
  const args = [
    resolve('node_modules/eslint/bin/eslint.js'),
    '-c',
    resolve('eslint.config.js'),
    '--format',
    'json',
    '.',
  ];
  try {
    return (await promisify(execFile)(process.execPath, args, { cwd: root, maxBuffer: 2 ** 26 })).stdout;
  } catch (error) {
    // exit code 1: there are findings; anything else is no answer
    if (error instanceof Error && 'code' in error && error.code === 1 && 'stdout' in error) return String(error.stdout);
    throw error;
  }
}

beforeAll(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'lint-wall-')));
  reports = await lint({
    ...surroundings,
    ...Object.fromEntries(plantedFaults.map(({ file, fault }) => [file, fault])),
    ...Object.fromEntries(plantedFaults.map(({ file, twin }) => [twinOf(file), twin])),
  });
});

afterAll(async () => {
  await rm(root, { recursive: true });
});

describe('a planted fault', () => {
  it.each(plantedFaults)('is caught once: $wall', ({ file, rule }) => {
    expect(reports.get(file)).toEqual([rule]);
  });
});

describe('the twin that does it properly', () => {
  it.each(plantedFaults)('is not reported: $wall', ({ file }) => {
    expect(reports.get(twinOf(file))).toEqual([]);
  });

  it.each(Object.keys(surroundings).filter((file) => !PARTNERS.has(file)))('%s passes', (file) => {
    expect(reports.get(file)).toEqual([]);
  });
});
