/** What people get wrong: one clear message with the fix, exit code 2, and nothing written anywhere. */
import { beforeAll, afterAll, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pMap from 'p-map';
import { startLocalAccount, type LocalAccount } from '../../infra/local/local-account';
import { services } from '../../infra/local/services';

const root = path.join(import.meta.dirname, '..', '..');
const CLI = 'lib/cli/main.ts';
/** A run is over well within: the SDK's retries against a dead endpoint included. */
const TIMEOUT_MS = 30_000;
const AT_ONCE = 3;

type Environment = Readonly<Record<string, string>>;

interface Ended {
  readonly code: unknown;
  readonly stdout: string;
  readonly stderr: string;
}

function run(script: string, args: readonly string[], environment: Environment): Promise<Ended> {
  const { PATH = '' } = process.env;
  // a home of its own: what the SDK and the state file would look for there is not there
  const env = { PATH, HOME: home, AWS_EC2_METADATA_DISABLED: 'true', ...environment };
  const options = { cwd: root, env, timeout: TIMEOUT_MS };
  return new Promise((resolve) => {
    execFile(process.execPath, ['--import', 'tsx', script, ...args], options, (error, stdout, stderr) => {
      resolve({ code: error?.code ?? 0, stdout, stderr });
    });
  });
}

const region: Environment = { AWS_REGION: 'eu-west-2' };
const credentials: Environment = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };

const POLICIES = {
  'key.yaml': 'version: 1\nmoed: observe\nscopes:\n  - { name: all, posture: any }\n',
  'date.yaml':
    'version: 1\nscopes:\n  - { name: all, posture: any }\nexemptions:\n' +
    '  - { rule: task-without-ipv6, resource: "*", reason: old, owner: me, until: 31.12.2026 }\n',
  'empty.yaml': '',
  'binary.yaml': '\0\x01\x02',
  'garbage.json': '{"a":1',
  'broken.yaml': 'version: 1\nscopes: [\n',
};

let home = '';
let account: LocalAccount;
const ended = new Map<string, Ended>();

interface BadInput {
  readonly name: string;
  readonly args: readonly string[];
  /** With region, credentials and an account unless it says otherwise. */
  readonly environment?: Environment;
  /** What the message says; the first part is where it begins. */
  readonly says: RegExp;
  readonly script?: string;
}

const inputs: readonly BadInput[] = [
  {
    name: 'no credentials',
    args: ['audit'],
    environment: region,
    says: /^ecs-ipv6: AWS credentials: .*set AWS_PROFILE/,
  },
  {
    name: 'no region',
    args: ['audit'],
    environment: credentials,
    says: /^ecs-ipv6: no region: set AWS_REGION, or add --region$/,
  },
  {
    name: 'unreachable endpoint',
    args: ['audit'],
    environment: { ...region, ...credentials, AWS_ENDPOINT_URL: 'http://127.0.0.1:1' },
    says: /^ecs-ipv6: cannot reach AWS_ENDPOINT_URL http:\/\/127\.0\.0\.1:1: .*check the endpoint/,
  },
  {
    name: 'policy with an unknown key',
    args: ['audit', '--policy', 'key.yaml'],
    says: /key\.yaml:2: moed unknown key "moed" \(did you mean mode\?\); allowed here: version, mode/,
  },
  {
    name: 'policy with a malformed date',
    args: ['audit', '--policy', 'date.yaml'],
    says: /date\.yaml:5: exemptions\[0\]\.until must be a day, written YYYY-MM-DD/,
  },
  {
    name: 'policy that is no YAML',
    args: ['reconcile', '--policy', 'broken.yaml'],
    says: /policy .*broken\.yaml:\d+: /,
  },
  {
    name: 'policy file that is not there',
    args: ['audit', '--policy', 'none.yaml'],
    says: /--policy .*none\.yaml: the file can not be read \(ENOENT/,
  },
  {
    name: 'event that is not JSON',
    args: ['key.yaml'],
    script: 'scripts/replay.ts',
    says: /key\.yaml: not JSON: line 1, column 1/,
  },
  { name: 'unknown flag', args: ['audit', '--fast'], says: /^error: unknown option '--fast'/ },
  { name: 'unknown command', args: ['adit'], says: /^error: unknown command 'adit'/ },
  {
    name: 'unknown rule',
    args: ['audit', '--rule', 'no-such-rule'],
    says: /'no-such-rule' is invalid\. The rules are .*task-without-ipv6/,
  },
  {
    name: 'instance that is none',
    args: ['audit', '--instance', 'web-1'],
    says: /^ecs-ipv6: instance web-1: name an EC2 instance id such as i-/,
  },
  {
    name: 'service without its cluster',
    args: ['audit', '--service', 'web'],
    says: /^ecs-ipv6: service web: write cluster\/name, its ARN, or add --cluster/,
  },
  { name: 'empty policy', args: ['audit', '--policy', 'empty.yaml'], says: /empty\.yaml:1: must be a map that begins/ },
  {
    name: 'binary policy',
    args: ['reconcile', '--policy', 'binary.yaml'],
    says: /^ecs-ipv6: --policy .*binary\.yaml: is no text file/,
  },
  {
    name: 'format that there is not',
    args: ['audit', '--format', 'nonsense'],
    says: /'nonsense' is invalid\. Allowed choices are table, json/,
  },
  {
    name: 'state that is garbage',
    args: ['reconcile', '--state', 'garbage.json'],
    says: /garbage\.json is no state file of ecs-ipv6; name another with --state/,
  },
  {
    name: 'state below a file',
    args: ['reconcile', '--state', 'garbage.json/state.json'],
    says: /^ecs-ipv6: cannot make the folder .*garbage\.json of the state file; name another/,
  },
  {
    name: 'state without a table',
    args: ['reconcile', '--state', 'dynamodb:'],
    says: /^ecs-ipv6: --state: name a file/,
  },
  {
    name: 'output into nowhere',
    args: ['reconcile', '--output', 'nowhere.json/x.json'],
    says: /^ecs-ipv6: --output .*: the folder .* is not there/,
  },
  {
    name: 'function that there is not',
    args: ['invoke', '--function', 'none'],
    says: /^ecs-ipv6: Function not found/,
  },
  { name: 'port that is none', args: ['local', '--port', 'x'], says: /^ecs-ipv6: --port: a number from 0 to 65535/ },
  { name: 'unknown flag of demo', args: ['demo', '--fast'], says: /^error: unknown option '--fast'/ },
  {
    name: 'state file in use',
    args: ['reconcile', '--state', 'used.json'],
    says: /^ecs-ipv6: the state file .*used\.json is in use by another run; .*--state/,
  },
];

const inHome = (word: string): string => (/\.(yaml|json)$/.test(word) ? path.join(home, word) : word);

beforeAll(async () => {
  home = mkdtempSync(path.join(tmpdir(), 'bad-input-'));
  for (const [name, text] of Object.entries(POLICIES)) writeFileSync(path.join(home, name), text);
  writeFileSync(path.join(home, 'used.json.lock'), String(process.pid));
  account = await startLocalAccount({ services });
  const usual: Environment = { ...region, ...credentials, AWS_ENDPOINT_URL: account.endpoint };
  const runOne = async ({ name, args, environment = usual, script = CLI }: BadInput) => {
    ended.set(name, await run(script, args.map(inHome), environment));
  };
  await pMap(inputs, runOne, { concurrency: AT_ONCE });
}, 180_000);

afterAll(async () => {
  await account.stop();
  rmSync(home, { recursive: true });
});

it.each(inputs)('$name', ({ name, says, script }) => {
  const { code, stdout, stderr } = ended.get(name) ?? { code: undefined, stdout: '', stderr: '' };
  expect({ code, stderr: stderr.trim() }).toEqual({ code: 2, stderr: expect.stringMatching(says) });
  expect(stderr).not.toMatch(/^ {4}at /m);
  // one message: commander adds the name that it takes for meant
  expect(stderr.trim().split('\n').length).toBeLessThanOrEqual(2);
  // replay answers for each file, also for one that it cannot read
  if (script === undefined) expect(stdout).toBe('');
});

it('writes nothing: neither a file nor to the account', () => {
  expect(readdirSync(home).sort()).toEqual([...Object.keys(POLICIES), 'used.json.lock'].sort());
  expect(account.calls.list().filter(({ readOnly, status }) => !readOnly && status < 400)).toEqual([]);
  expect(account.calls.list().map(({ operation }) => operation)).toContain('GetCallerIdentity');
});
