/** `ecs-ipv6 policy`: what people type, and what they read. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { once } from 'node:events';
import { startLocalAccount, type LocalAccount } from '../../infra/local/local-account';
import { services } from '../../infra/local/services';
import { pointAt } from '../../lib/cli/local';
import { validatePolicy } from '../../lib/cli/policy/validate';
import { run } from '../../lib/cli/run';
import { comparePolicies } from '../../lib/policy/compare-policies';
import { parsePolicy } from '../../lib/policy/parse-policy';
import { rules } from '../../lib/rules/registry';

let home = '';
let account: LocalAccount;
const before = { ...process.env };

const FILES: Readonly<Record<string, string>> = {
  'base.yaml': 'version: 1\nscopes:\n  - { name: all, posture: any }\n',
  'guard.yaml': 'guard:\n  deregister: { perRun: 2 }\n',
  'guard2.yaml': 'guard:\n  deregister: { perRun: 3 }\n',
  'enforce.yaml': 'version: 1\nmode: enforce\nscopes:\n  - { name: all, posture: any }\n',
  'faulty.yaml': 'version: 1\nmoed: tag\nscopes:\n  - { name: all, posture: odd }\nrules: { target-orphand: off }\n',
  'facts.yaml':
    'version: 1\nscopes: [{ name: all, posture: any, match: { clusters: ["*"] } }]\nrules: { target-orphaned: off }\n' +
    'exemptions: [{ rule: "*", resource: "arn:*", reason: "yes: no # maybe", owner: o, until: 2027-01-31 }]\n' +
    'facts:\n  ipv6-only-regions: { add: [eu-west-1], checked: 2026-11-01 }\n  ecr-private-hosts: { add: [{ ipv4: a.eu, dualStack: b.eu }], checked: 2026-11-01, recheck: 2027-01-01 }\n',
};
const file = (name: string): string => path.join(home, name);

async function policy(...words: readonly string[]) {
  const [stdout, stderr]: [string[], string[]] = [[], []];
  const print = (line: string): number => stdout.push(line);
  const code = await run(['policy', ...words], { print, complain: (line) => stderr.push(line) });
  return {
    code,
    stdout: stdout.join('\n').replaceAll(`${home}/`, ''),
    stderr: stderr.join('\n').replaceAll(`${home}/`, ''),
  };
}

async function deploy(name: string, value: string): Promise<void> {
  await new SSMClient({}).send(new PutParameterCommand({ Name: name, Value: value, Type: 'String', Overwrite: true }));
}

beforeAll(async () => {
  home = mkdtempSync(path.join(tmpdir(), 'policy-'));
  for (const [name, content] of Object.entries(FILES)) writeFileSync(file(name), content);
  account = await startLocalAccount({ services });
  pointAt(account);
});

afterAll(async () => {
  const writes = account.calls.list().filter(({ readOnly, operation }) => !readOnly && operation !== 'PutParameter');
  expect(writes).toEqual([]);
  await account.stop();
  rmSync(home, { recursive: true });
  for (const name of Object.keys(process.env)) Reflect.deleteProperty(process.env, name);
  Object.assign(process.env, before);
});

describe('policy validate', () => {
  it('says that a policy is valid', async () => {
    expect(await policy('validate', file('base.yaml'))).toEqual({
      ...{ code: 0, stderr: '' },
      stdout: 'valid: mode observe, 1 scope, 0 rule settings, 0 exemptions, 0 facts',
    });
  });

  it('names every fault with its place, what is allowed and what was meant', async () => {
    const { code, stdout } = await policy('validate', file('faulty.yaml'));
    expect(code).toBe(2);
    expect(stdout.split('\n')).toEqual([
      expect.stringMatching(
        /^faulty\.yaml:2:1: moed unknown key "moed" \(did you mean mode\?\); allowed here: version,/,
      ),
      'faulty.yaml:4:18: scopes[0].posture must be one of ipv6-only, dual-stack, any; found "odd"',
      expect.stringMatching(/^faulty\.yaml:5:10: rules\.target-orphand is no rule \(did you mean target-orphaned\?\);/),
      'invalid: 3 faults',
    ]);
  });

  it('takes several files for parts of one', async () => {
    expect(await policy('validate', file('guard.yaml'), file('base.yaml'))).toMatchObject({ code: 0 });
    expect(await policy('validate', file('guard.yaml'), file('guard2.yaml'), file('base.yaml'))).toMatchObject({
      code: 2,
      stdout: expect.stringMatching(
        /^guard2\.yaml:2:17: guard\.deregister\.perRun is written in guard\.yaml already$/m,
      ),
    });
    expect(await policy('validate', file('base.yaml'), file('base.yaml'))).toMatchObject({ code: 2, stdout: '' });
  });

  it('prints JSON', async () => {
    const { code, stdout } = await policy('validate', file('faulty.yaml'), '--format', 'json');
    expect({ code, answer: JSON.parse(stdout) as unknown }).toMatchObject({
      code: 2,
      answer: { valid: false, warnings: [], problems: [{ line: 2, column: 1, path: 'moed' }, {}, {}] },
    });
  });

  it('warns with place and day', () => {
    const part = { place: 'facts.yaml', text: FILES['facts.yaml'] ?? '' };
    const { text: told, code } = validatePolicy([part], 'text', new Date('2027-01-25T00:00:00Z'));
    expect(code).toBe(0);
    expect(told.split('\n')).toEqual([
      'warning: facts.yaml:3:10: rules.target-orphaned is off: nothing is found by this rule',
      'warning: facts.yaml:4:83: exemptions[0].until ends in 6 days (2027-01-31)',
      expect.stringMatching(/^warning: facts\.yaml:7:3: facts\.ecr-private-hosts is stale since 2027-01-01:/),
      'valid: mode observe, 1 scope, 1 rule setting, 1 exemption, 2 facts',
    ]);
  });

  it('reads stdin', async () => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'lib/cli/main.ts', 'policy', 'validate', '-']);
    child.stdin.end(FILES['faulty.yaml']);
    const [stdout] = await Promise.all([text(child.stdout), once(child, 'exit')]);
    expect({ code: child.exitCode, stdout }).toMatchObject({
      code: 2,
      stdout: expect.stringMatching(/^stdin:2:1: moed /),
    });
  });

  it('says that a file is not there', async () => {
    const { code, stdout, stderr } = await policy('validate', file('none.yaml'));
    expect({ code, stdout, stderr }).toEqual({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(/none\.yaml: is not there/),
    });
  });
});

describe('policy schema', () => {
  it('prints the schema that lies beside the examples', async () => {
    const { code, stdout } = await policy('schema');
    expect({ code, schema: JSON.parse(stdout) as unknown }).toMatchObject({
      code: 0,
      schema: { required: ['version', 'scopes'] },
    });
    expect(JSON.parse((await policy('schema', '--part')).stdout)).not.toHaveProperty('required');
  });
});

describe('policy show', () => {
  const meaning = (content: string) => {
    const { policy: parsed, problems } = parsePolicy([{ place: 'p', text: content }], rules);
    if (!parsed) throw new Error(JSON.stringify(problems));
    return parsed;
  };

  it.each(['base.yaml', 'enforce.yaml', 'facts.yaml'])('prints a policy that means the same as %s', async (name) => {
    const { code, stdout } = await policy('show', '--policy', file(name));
    expect(code).toBe(0);
    const { facts: written, ...shown } = meaning(stdout);
    const { facts, ...given } = meaning(FILES[name] ?? '');
    expect(comparePolicies({ ...given, facts: {} }, { ...shown, facts: {} }, rules)).toEqual([]);
    expect(Object.keys(written).sort()).toEqual(Object.keys(facts).sort());
  });

  it('says where each value comes from', async () => {
    const { stdout } = await policy('show', '--policy', file('facts.yaml'));
    expect(stdout).toMatch(/^# facts that are not the built-in ones: ecr-private-hosts, ipv6-only-regions$/m);
    expect(stdout).toMatch(/^mode: observe +# built-in$/m);
    expect(stdout).toMatch(/^ {2}target-orphaned: off +# facts\.yaml:3:10$/m);
    expect(stdout).toMatch(/^ {4}value: \[ eu-west-1, us-east-1, .* # facts\.yaml:6:24$/m);
    const { stdout: enforced } = await policy('show', '--policy', file('enforce.yaml'), '--format', 'json');
    expect(JSON.parse(enforced)).toMatchObject({
      policy: { scopes: [{ mode: 'enforce' }] },
      origins: { mode: 'enforce.yaml:2:1', 'scopes.0.mode': 'enforce.yaml:2:1', 'guard.deregister.perRun': 'built-in' },
    });
  });

  it('reads the parts of Parameter Store, or says that there are none', async () => {
    expect((await policy('show', '--region', 'us-east-1')).stdout).toMatch(
      /^# the built-in policy \(account 111122223333, us-east-1 has no parameter/,
    );
    await deploy('/ecs-ipv6/policy', FILES['base.yaml'] ?? '');
    await deploy('/ecs-ipv6/policy/guard', FILES['guard.yaml'] ?? '');
    const { stdout } = await policy('show');
    expect(stdout).toMatch(/^ {4}perRun: 2 +# \/ecs-ipv6\/policy\/guard:2:17$/m);
  });
});

describe('policy diff', () => {
  it('between two files, 1 if they differ', async () => {
    expect(await policy('diff', file('base.yaml'), file('enforce.yaml'))).toEqual({
      code: 1,
      stderr: '',
      stdout: [
        'What changes from base.yaml to enforce.yaml',
        'riskier  policy: mode raised from observe to enforce',
        'riskier  scope all: mode raised from observe to enforce',
      ].join('\n'),
    });
    expect(await policy('diff', file('base.yaml'), file('base.yaml'))).toMatchObject({
      code: 0,
      stdout: 'The same is meant by both: base.yaml and base.yaml',
    });
  });

  it('from what is deployed', async () => {
    await deploy('/ecs-ipv6/policy', FILES['base.yaml'] ?? '');
    await deploy('/ecs-ipv6/policy/guard', FILES['guard.yaml'] ?? '');
    const { code, stdout } = await policy('diff', file('base.yaml'), '--format', 'json');
    expect({ code, answer: JSON.parse(stdout) as unknown }).toMatchObject({
      code: 1,
      answer: {
        from: '/ecs-ipv6/policy, /ecs-ipv6/policy/guard of account 111122223333, eu-west-2',
        changes: [{ danger: 'guard', what: 'guard.deregister.perRun', message: 'loosened from 2 to 5' }],
      },
    });
  });

  it('between the parts of two policies', async () => {
    const [base, guard, guard2] = [file('base.yaml'), file('guard.yaml'), file('guard2.yaml')];
    expect(await policy('diff', '--from', base, guard, '--to', guard2, base)).toEqual({
      code: 1,
      stderr: '',
      stdout: [
        'What changes from base.yaml, guard.yaml to guard2.yaml, base.yaml',
        'riskier  guard.deregister.perRun: loosened from 2 to 3',
      ].join('\n'),
    });
    expect(await policy('diff', '--from', base, guard, '--to', guard, base)).toMatchObject({ code: 0 });
  });

  it('from or to what is deployed, whichever side has no files', async () => {
    await deploy('/ecs-ipv6/policy', FILES['base.yaml'] ?? '');
    await deploy('/ecs-ipv6/policy/guard', FILES['guard.yaml'] ?? '');
    const files = [file('base.yaml'), file('guard2.yaml')];
    const place = '/ecs-ipv6/policy, /ecs-ipv6/policy/guard of account 111122223333, eu-west-2';
    expect((await policy('diff', '--to', ...files)).stdout.split('\n')).toEqual([
      `What changes from ${place} to base.yaml, guard2.yaml`,
      'riskier  guard.deregister.perRun: loosened from 2 to 3',
    ]);
    expect((await policy('diff', '--from', ...files)).stdout.split('\n')).toEqual([
      `What changes from base.yaml, guard2.yaml to ${place}`,
      'safer    guard.deregister.perRun: tightened from 3 to 2',
    ]);
  });

  it.each<[readonly string[], RegExp]>([
    [[], /^ecs-ipv6: name what to compare: FILE, FILE and OTHER, or --from and --to/],
    [['base.yaml', '--to', 'base.yaml'], /base\.yaml: name files by --from and --to, or without either, not both/],
    [['-', '-'], /-: stdin can be read for one of the two only/],
    [['base.yaml', 'enforce.yaml', '--local'], /--local: has no effect, since both sides are files/],
    [['--from', 'base.yaml', '--to', 'enforce.yaml', '--region', 'eu-west-1'], /--region: has no effect/],
    [['--to', 'base.yaml', 'base.yaml'], /base\.yaml: is named twice/],
    [['--to', 'guard.yaml'], /policy .*guard\.yaml: version is missing\n.*guard\.yaml: scopes is missing/],
    [['--from', 'base.yaml', 'guard.yaml', 'guard2.yaml'], /guard2\.yaml:2:17: .* is written in guard\.yaml already/],
    [['--from', 'none.yaml'], /none\.yaml: is not there/],
    [['--to'], /option '--to <file\.\.\.>' argument missing/],
  ])('refuses %j', async (words, says) => {
    const placed = words.map((word) => (word.endsWith('.yaml') ? file(word) : word));
    expect(await policy('diff', ...placed)).toEqual({ code: 2, stdout: '', stderr: expect.stringMatching(says) });
  });

  it('refuses what is broken, wherever it is', async () => {
    expect(await policy('diff', file('faulty.yaml'), file('base.yaml'))).toMatchObject({ code: 2, stdout: '' });
    await deploy('/ecs-ipv6/policy', 'version: 2');
    expect(await policy('diff', file('base.yaml'))).toMatchObject({
      ...{ code: 2, stdout: '' },
      stderr: expect.stringMatching(/policy \/ecs-ipv6\/policy:1:1: version must be 1/),
    });
  });
});
