/**
 * What `npm install` gives a user: the files that the package names, a link in `.bin`, and any folder to run it from, in
 * which nothing stays. The whole demo by such a program: .ci/steps/demo.sh.
 */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline/promises';
import { promisify } from 'node:util';
import { build } from '../support/build';

const root = path.join(import.meta.dirname, '..', '..');
const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
  readonly files: readonly string[];
  readonly bin: Readonly<Record<string, string>>;
};
const TIMEOUT_MS = 120_000;

let folder = '';
let program = '';
let elsewhere = '';

function environment(): Record<string, string> {
  const { PATH = '' } = process.env;
  return { PATH, HOME: elsewhere };
}

async function run(...args: readonly string[]): Promise<string> {
  // 1 says that violations were found
  const options = { cwd: elsewhere, env: environment(), timeout: TIMEOUT_MS, maxBuffer: 2 ** 26 };
  const ended = await promisify(execFile)(program, args, options).catch((error: unknown) => error);
  const { code = 0, stdout, stderr } = ended as { code?: number; stdout: string; stderr: string };
  expect({ args, stderr, ok: code < 2 }).toEqual({ args, stderr: '', ok: true });
  return stdout;
}

beforeAll(async () => {
  await build();
  folder = mkdtempSync(path.join(tmpdir(), 'published-'));
  elsewhere = path.join(folder, 'elsewhere');
  const installed = path.join(folder, 'node_modules', 'ecs-ipv6-controller');
  const bin = path.join(folder, 'node_modules', '.bin');
  for (const made of [elsewhere, installed, bin]) mkdirSync(made, { recursive: true });
  for (const file of ['package.json', ...manifest.files]) {
    cpSync(path.join(root, file), path.join(installed, file), { recursive: true });
  }
  program = path.join(bin, 'ecs-ipv6');
  symlinkSync(path.join(installed, manifest.bin['ecs-ipv6'] ?? ''), program);
}, TIMEOUT_MS);

afterAll(() => rmSync(folder, { recursive: true }));

afterEach(() => expect(readdirSync(elsewhere)).toEqual([]));

describe('the published program', () => {
  it.each(['audit', 'reconcile', 'invoke'])('has its own account for %s', async (command) => {
    const report: unknown = JSON.parse(await run(command, '--local', '--format', 'json'));
    expect(report).toMatchObject({
      ...{ schema: 'ecs-ipv6/report/v1', account: '111122223333' },
      findings: expect.arrayContaining([expect.objectContaining({ rule: 'task-without-ipv6', status: 'open' })]),
    });
  });

  it('explains rules and errors, with nothing but itself', async () => {
    expect(await run('explain', 'task-without-ipv6')).toMatch(/^Why\n\n\S/m);
    expect(await run('explain', '--error', 'missing primary IPv6 addresses')).toMatch(/^Why {5}A target group/m);
  });

  it('serves an account until it is told to end', async () => {
    const server = spawn(program, ['local', '--seed', 'demo'], {
      ...{ cwd: elsewhere, env: environment() },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(createInterface(server.stdout), 'line')) as [string];
    const { endpoint } = JSON.parse(line) as { endpoint: string };
    expect((await fetch(endpoint)).status).toBeGreaterThanOrEqual(400);
    server.kill('SIGTERM');
    expect(await once(server, 'exit')).toEqual([0, null]);
  });
});
