/** What people get wrong: one clear message with the fix, exit code 2, and nothing written anywhere. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { startLocalAccount, type LocalAccount } from '../../infra/local/local-account';
import { services } from '../../infra/local/services';
import { run } from '../../lib/cli/run';
import { credentials, FILES, FOLDER, inputs, region, type Environment } from './bad-inputs';

const root = path.join(import.meta.dirname, '..', '..');

interface Ended {
  readonly code: unknown;
  readonly stdout: string;
  readonly stderr: string;
}

/** In this process, with nothing else of AWS in its environment. */
async function runHere(args: readonly string[], environment: Environment): Promise<Ended> {
  const before = { ...process.env };
  const stdout: string[] = [];
  const stderr: string[] = [];
  Object.assign(process.env, { XDG_STATE_HOME: home }, environment);
  try {
    const code = await run(args, { print: (text) => stdout.push(text), complain: (text) => stderr.push(text) });
    return { code, stdout: stdout.join('\n'), stderr: stderr.join('\n') };
  } finally {
    for (const name of Object.keys(process.env)) Reflect.deleteProperty(process.env, name);
    Object.assign(process.env, before);
  }
}

/** As a person starts it. */
function runApart(script: string, args: readonly string[], environment: Environment): Promise<Ended> {
  const { PATH = '' } = process.env;
  // a home of its own: what the SDK and the state file would look for there is not there
  const env = { PATH, HOME: home, AWS_EC2_METADATA_DISABLED: 'true', ...environment };
  return new Promise((resolve) => {
    execFile(process.execPath, ['--import', 'tsx', script, ...args], { cwd: root, env }, (error, stdout, stderr) => {
      resolve({ code: error?.code ?? 0, stdout: stdout.trim(), stderr: stderr.trim() });
    });
  });
}

let home = '';
let account: LocalAccount;

const inHome = (word: string): string => (/\.(yaml|json)$/.test(word) ? path.join(home, word) : word);

/** One message, and nothing else. */
function expectRefusal({ code, stdout, stderr }: Ended, says: RegExp): void {
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(says) });
  expect(stderr).not.toMatch(/^ {4}at /m);
  // commander adds the name that it takes for meant
  expect(stderr.split('\n').length).toBeLessThanOrEqual(2);
  expect(stdout).toBe('');
}

beforeAll(async () => {
  home = mkdtempSync(path.join(tmpdir(), 'bad-input-'));
  for (const [name, text] of Object.entries(FILES)) writeFileSync(path.join(home, name), text);
  mkdirSync(path.join(home, FOLDER));
  writeFileSync(path.join(home, 'used.json.lock'), String(process.pid));
  account = await startLocalAccount({ services });
});

afterAll(async () => {
  // by now everything was tried
  const lasting = [...Object.keys(FILES), FOLDER, 'used.json.lock'];
  expect(readdirSync(home).sort()).toEqual(lasting.sort());
  expect(account.calls.list().filter(({ readOnly, status }) => !readOnly && status < 400)).toEqual([]);
  expect(account.calls.list().map(({ operation }) => operation)).toContain('GetCallerIdentity');
  await account.stop();
  rmSync(home, { recursive: true });
});

const usual = (): Environment => ({ ...region, ...credentials, AWS_ENDPOINT_URL: account.endpoint });

it.each(inputs)('$name', async ({ args, environment = usual(), says }) => {
  expectRefusal(await runHere(args.map(inHome), environment), says);
});

it('a port that is taken', async () => {
  const other = createServer();
  const port = await new Promise<number>((resolve) => {
    other.listen(0, '127.0.0.1', () => {
      resolve((other.address() as AddressInfo).port);
    });
  });
  const ended = await runHere(['local', '--port', String(port)], usual());
  other.close();
  expectRefusal(
    ended,
    /^ecs-ipv6: The local account cannot listen on port \d+ \(.*in use.*\); name another, or 0 for any/,
  );
});

describe('as a process of its own', () => {
  const CLI = 'lib/cli/main.ts';

  it('says what is wrong with a file, and nothing of the SDK', async () => {
    const ended = await runApart(CLI, ['audit', '--policy', inHome('key.yaml')], usual());
    expectRefusal(ended, /key\.yaml:2:1: moed unknown key/);
  });

  it('says that there are no credentials, and nothing of the SDK', async () => {
    expectRefusal(await runApart(CLI, ['reconcile'], region), /^ecs-ipv6: AWS credentials: .*set AWS_PROFILE/);
  });

  it.each([
    ['the command line', CLI, ['--help']],
    ['replay', 'scripts/replay.ts', ['test/fixtures/events']],
  ])('%s says nothing of a reader that has seen enough', async (_name, script, args) => {
    const stdio = ['ignore', 'pipe', 'pipe'] as const;
    const child = spawn(process.execPath, ['--import', 'tsx', script, ...args], { cwd: root, stdio: [...stdio] });
    child.stdout.destroy();
    const [stderr, ended] = await Promise.all([text(child.stderr), once(child, 'exit')]);
    expect({ ended, stderr }).toEqual({ ended: [141, null], stderr: '' });
  });

  it('replays what can be replayed, and says what can not', async () => {
    const paths = ['key.yaml', 'none.json', 'binary.yaml', 'empty.yaml', FOLDER].map(inHome);
    const { code, stdout, stderr } = await runApart('scripts/replay.ts', paths, {});
    expect({ code, entries: (JSON.parse(stdout) as readonly unknown[]).length }).toEqual({ code: 2, entries: 5 });
    expect(stderr.split('\n')).toEqual([
      expect.stringMatching(/key\.yaml: not JSON: line 1, column 1/),
      expect.stringMatching(/none\.json: ENOENT: no such file or directory, stat/),
      expect.stringMatching(/binary\.yaml: not JSON/),
      expect.stringMatching(/empty\.yaml: /),
      expect.stringMatching(/folder\.yaml: no \*\.json file below this folder/),
    ]);
  });
});
