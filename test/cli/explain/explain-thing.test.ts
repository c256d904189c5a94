/** `explain --service` and the like, from its words to its exit code, against the demo's account. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startLocal, pointAt } from '../../../lib/cli/local';
import { run } from '../../../lib/cli/run';
import type { Checklist } from '../../../lib/explain/checklist';
import type { Report } from '../../../lib/report/report';

type Account = Awaited<ReturnType<typeof startLocal>>['account'];

const before = { ...process.env };
let account: Account;
let report: Report;
let seeded = 0;

async function cli(...words: readonly string[]) {
  const stdout: string[] = [];
  const stderr: string[] = [];
  const code = await run(words, { print: (line) => stdout.push(line), complain: (line) => stderr.push(line) });
  return { code, stdout: stdout.join('\n'), stderr: stderr.join('\n') };
}

beforeAll(async () => {
  ({ account } = await startLocal({ seed: { name: 'demo' }, port: 0, throttling: 'off' }));
  pointAt(account);
  seeded = account.calls.list().length;
  report = JSON.parse((await cli('audit', '--format', 'json')).stdout) as Report;
});

afterAll(async () => {
  // by now everything was looked at
  expect(
    account.calls
      .list()
      .slice(seeded)
      .filter(({ readOnly }) => !readOnly),
  ).toEqual([]);
  await account.stop();
  process.env = { ...before };
});

const FLAGS: Readonly<Record<string, string>> = {
  service: '--service',
  task: '--task',
  instance: '--instance',
  target: '--target',
};

it('shows red whatever an audit finds on it, and what to do', async () => {
  const found = report.findings.filter(
    ({ kind, status, severity }) => kind in FLAGS && status === 'open' && severity !== 'info',
  );
  expect(found.length).toBeGreaterThan(3);
  for (const { kind, resource, rule, fix } of found) {
    const { code, stdout } = await cli('explain', FLAGS[kind] ?? '', resource, '--format', 'json');
    const list = JSON.parse(stdout) as Checklist;
    const condition = list.conditions.find(({ id }) => id === rule);
    const verdict = condition?.verdicts.find((one) => one.resource === resource);
    expect({ rule, code, status: verdict?.status, fix: verdict?.fix }).toEqual({ rule, code: 1, status: 'red', fix });
  }
});

it('leads with the first that fails', async () => {
  const { code, stdout, stderr } = await cli('explain', '--service', 'shop/legacy');
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
  expect(stdout).toMatch(/^service\/shop\/legacy: something on its way fails\n/);
  expect(stdout.indexOf('First to mend: ')).toBeLessThan(stdout.indexOf('RED '));
});

it('explains a rule as the policy that is deployed in a region has it', async () => {
  const { stdout } = await cli('explain', 'target-orphaned', '--region', 'eu-west-2', '--format', 'json');
  expect(JSON.parse(stdout)).toMatchObject({ policy: '/ecs-ipv6/policy of account 111122223333, eu-west-2' });
  expect((await cli('explain', 'target-orphaned')).stdout).not.toMatch(/^Policy/m);
});

it.each([
  ['without its port', (key: string) => key.replace(/:\d+$/, '')],
  ['in brackets', (key: string) => key.replace(/#(.*)(:\d+)$/, '#[$1]$2')],
  ['in brackets, without its port', (key: string) => key.replace(/#(.*):\d+$/, '#[$1]')],
  ['in capitals', (key: string) => key.replace(/#.*/, (address) => address.toUpperCase())],
])('takes an address %s', async (_, spelt) => {
  const target = report.findings.find(({ kind }) => kind === 'target')?.resource ?? '';
  const { stdout } = await cli('explain', '--target', spelt(target), '--format', 'json');
  expect((JSON.parse(stdout) as Checklist).subject).toEqual({ kind: 'target', key: target });
});

it('takes the ARN of a service in either format', async () => {
  const arn = 'arn:aws:ecs:eu-west-2:111122223333:service/shop/legacy';
  for (const words of [[arn], [arn.replace('shop/', ''), '--cluster', 'shop']]) {
    const { stdout } = await cli('explain', '--service', ...words, '--format', 'json');
    expect((JSON.parse(stdout) as Checklist).subject).toEqual({ kind: 'service', key: arn });
  }
});

it('names what is registered where a target is not', async () => {
  const target = report.findings.find(({ kind }) => kind === 'target')?.resource ?? '';
  const [group = '', known] = target.split('#');
  const { code, stderr } = await cli('explain', '--target', `${group}#2600:1f00::1:80`);
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('it is not registered in its target') });
  expect(stderr).toContain(known);
  const none = group.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
  expect((await cli('explain', '--target', `${none}#2600:1f00::1:80`)).stderr).toMatch(/there is no target group arn:/);
  const other = group.replace('eu-west-2', 'eu-west-1');
  expect((await cli('explain', '--target', `${other}#2600:1f00::1:80`)).stderr).toMatch(/lies in account 111122223333/);
});

it.each([
  [['--task', `shop/${'0'.repeat(32)}`], /: ECS knows no such task in account 111122223333, eu-west-2/],
  [
    ['--service', 'shop/none'],
    /nothing of that name runs in account 111122223333, eu-west-2; check the name, the cluster/,
  ],
  [['--instance', 'i-0123456789abcdef0'], /nothing of that name runs in .*; check the id and the region/],
  [['--task', 'shop/0123'], /no id of a task; write all of its 32 characters/],
  [['--service', 'shop/web', '--cluster', 'depot'], /names cluster shop, and --cluster depot/],
  [['--instance', 'i-0123456789abcdef0', '--cluster', 'shop'], /--cluster: only with --task or --service/],
  [['task-without-ipv6', '--cluster', 'shop'], /--cluster: only with --task or --service/],
  [['--cluster', 'shop'], /name what to explain/],
  [[''], /name what to explain/],
  [['--target', 'web'], /--target web: write <target-group-arn>#<target-id>:<port>/],
  [['--service', 'shop/web', '--instance', 'i-0123456789abcdef0'], /one thing at a time/],
  [['--service', 'shop/web', '--seed', 'demo'], /--seed: only with --local/],
  [['--error', 'x', '--local'], /--local: has no effect with --error; leave it out/],
  [['--error', 'x', '--policy', 'a.yaml'], /--policy: has no effect with --error/],
])('refuses %j', async (words, says) => {
  expect(await cli('explain', ...words)).toEqual({ code: 2, stdout: '', stderr: expect.stringMatching(says) });
});
