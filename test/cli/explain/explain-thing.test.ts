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

const idOf = (resource: string): string =>
  resource.includes(':instance/') ? (resource.split('/').at(-1) ?? '') : resource;

it('shows red whatever an audit finds on it, and what to do', async () => {
  const found = report.findings.filter(
    ({ kind, status, severity }) => kind in FLAGS && status === 'open' && severity !== 'info',
  );
  expect(found.length).toBeGreaterThan(3);
  for (const { kind, resource, rule, fix } of found) {
    const { code, stdout } = await cli('explain', FLAGS[kind] ?? '', idOf(resource), '--format', 'json');
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

it('takes an address without its port', async () => {
  const target = report.findings.find(({ kind }) => kind === 'target')?.resource ?? '';
  const { stdout } = await cli('explain', '--target', target.replace(/:\d+$/, ''), '--format', 'json');
  expect((JSON.parse(stdout) as Checklist).subject).toEqual({ kind: 'target', key: target });
});

it.each([
  [['--task', `shop/${'0'.repeat(32)}`], /: ECS knows no such task in account 111122223333, eu-west-2/],
  [['--service', 'shop/none'], /nothing of that name runs in account 111122223333, eu-west-2/],
  [['--instance', 'i-0123456789abcdef0'], /nothing of that name runs in/],
  [['--target', 'web'], /--target web: write <target-group-arn>#<target-id>:<port>/],
  [['--service', 'shop/web', '--instance', 'i-0123456789abcdef0'], /one thing at a time/],
  [['--service', 'shop/web', '--seed', 'demo'], /--seed: only with --local/],
  [['--error', 'x', '--local'], /--local: has no effect with --error; leave it out/],
  [['--error', 'x', '--policy', 'a.yaml'], /--policy: has no effect with --error/],
])('refuses %j', async (words, says) => {
  expect(await cli('explain', ...words)).toEqual({ code: 2, stdout: '', stderr: expect.stringMatching(says) });
});
