/** `history` and `undo`, from their words to their exit codes, against an account in which something was removed. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  DeregisterTargetsCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { ApiError } from '../../infra/local/kernel/api-error';
import { pointAt, startLocal } from '../../lib/cli/local';
import { run } from '../../lib/cli/run';
import type { Report } from '../../lib/report/report';
import { openBreaker } from '../../lib/state/breaker';
import { openFileStore } from '../../lib/state/file-store';
import { createLedger, type LedgerEntry } from '../../lib/state/ledger';
import type { Breaker } from '../../lib/state/memory';
import { aTargetRemoval } from '../support/action-builders';
import { clientSettings } from '../support/local-account';

/** Longer than the usual deregistration delay. */
const DRAINED_MS = 301_000;
/** Long enough for health checks to fail. */
const CHECKED_MS = 180_000;
const POLICY = `version: 1
mode: enforce
scopes: [{ name: all, posture: any }]
guard: { deregister: { orphanMinutes: 0 } }
`;
const before = { ...process.env };
let account: Awaited<ReturnType<typeof startLocal>>['account'];
let folder: string;
let state: string;
let policy: string;

async function cli(...words: readonly string[]) {
  const stdout: string[] = [];
  const stderr: string[] = [];
  const code = await run(words, { print: (line) => stdout.push(line), complain: (line) => stderr.push(line) });
  return { code, stdout: stdout.join('\n'), stderr: stderr.join('\n') };
}

async function entries(...words: readonly string[]): Promise<readonly LedgerEntry[]> {
  const { code, stdout } = await cli('history', ...words, '--state', state, '--format', 'json');
  expect(code).toBe(0);
  const document = JSON.parse(stdout) as { readonly schema: string; readonly entries: readonly LedgerEntry[] };
  expect(document).toMatchObject({ schema: 'ecs-ipv6/history/v1', account: account.account, region: account.region });
  return document.entries;
}

const reconcile = () =>
  cli('reconcile', '--policy', policy, '--state', state, '--rule', 'target-orphaned', '--format', 'json');

beforeAll(async () => {
  ({ account } = await startLocal({ seed: { name: 'demo' }, port: 0, throttling: 'off' }));
  pointAt(account);
  folder = await mkdtemp(path.join(tmpdir(), 'undo-'));
  state = path.join(folder, 'state.json');
  policy = path.join(folder, 'policy.yaml');
  await writeFile(policy, POLICY);
  const ssm = new SSMClient(clientSettings(account));
  await ssm.send(
    new PutParameterCommand({ Name: '/ecs-ipv6/enforcement', Value: 'on', Type: 'String', Overwrite: true }),
  );
});

afterAll(async () => {
  await account.stop();
  await rm(folder, { recursive: true, force: true });
  process.env = { ...before };
});

describe('a removal', () => {
  it('is in the history, can be taken back once, and is not repeated while the hold lasts', async () => {
    await reconcile();
    await reconcile();
    const [removed, ...others] = await entries();
    expect(others).toEqual([]);
    expect(removed).toMatchObject({
      action: { kind: 'deregister-target', rules: ['target-orphaned'] },
      origin: { requestedBy: 'arn:aws:iam::111122223333:root' },
      outcome: { status: 'applied' },
    });
    const { id = '', action } = removed ?? {};
    const { resource = '' } = action ?? {};
    // drained by then
    await account.world.clock.advance(DRAINED_MS);

    const undone = await cli('undo', id, '--hold', '2', '--state', state, '--format', 'json');
    expect({ ...undone, stdout: JSON.parse(undone.stdout) as unknown }).toEqual({
      ...{ code: 0, stderr: '' },
      stdout: {
        ...{ schema: 'ecs-ipv6/undo/v1', id, resource, status: 'restored', reason: 'initial when read back' },
        heldUntil: expect.any(String),
      },
    });
    const again = await cli('undo', id, '--state', state);
    expect(again).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/^refused {2}\S+\n {4}it was undone already, by /),
    });

    const { code, stdout } = await cli('history', '::dead', '--state', state);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /applied {4}register-target[\s\S]*takes \S+ back\n[\s\S]*applied {4}deregister-target[\s\S]*taken back by/,
    );
    expect((await entries(resource)).map((one) => one.action.kind)).toEqual(['register-target', 'deregister-target']);
    expect(await entries('another')).toEqual([]);
    await account.world.clock.advance(CHECKED_MS);
    const { actions } = JSON.parse((await reconcile()).stdout) as Report;
    expect(actions).toMatchObject([{ status: 'withheld', code: 'held' }]);
  });
});

const stateOfItsOwn = (): string => path.join(folder, 'exit.json');

/** An address that nobody has, in an IPv6 group of a service. */
async function strangeTarget(elb: ElasticLoadBalancingV2Client, address: string) {
  const { TargetGroups = [] } = await elb.send(new DescribeTargetGroupsCommand({ Names: ['web-v6'] }));
  const { TargetGroupArn = '' } = TargetGroups[0] ?? {};
  const { TargetHealthDescriptions = [] } = await elb.send(new DescribeTargetHealthCommand({ TargetGroupArn }));
  const { Id = '', Port: port = 0 } = TargetHealthDescriptions[0]?.Target ?? {};
  return { targetGroupArn: TargetGroupArn, targetId: Id.replace(/:[^:]+$/, `:${address}`), port };
}

/** The ledger of a removal of such an address. */
async function removed(address: string): Promise<string> {
  const target = await strangeTarget(new ElasticLoadBalancingV2Client(clientSettings(account)), address);
  const { targetGroupArn, targetId, port } = target;
  const action = aTargetRemoval({ ...target, resource: `${targetGroupArn}#${targetId}:${String(port)}` });
  const store = await openFileStore(stateOfItsOwn(), () => new Date());
  const ledger = createLedger({ store, place: account, now: () => new Date() });
  const entry = await ledger.intend({ action, policyVersion: 'v1', nonce: randomUUID() });
  await ledger.conclude(entry, { status: 'applied', reason: 'absent when read back' });
  await store.close();
  return entry.id;
}

/** What was registered here would be in the way of the other tests, whichever comes next. */
async function deregister(address: string): Promise<void> {
  const elb = new ElasticLoadBalancingV2Client(clientSettings(account));
  const { targetGroupArn, targetId, port } = await strangeTarget(elb, address);
  const Targets = [{ Id: targetId, Port: port }];
  await elb.send(new DeregisterTargetsCommand({ TargetGroupArn: targetGroupArn, Targets }));
  await account.world.clock.advance(DRAINED_MS);
}

/** Calls that are refused while something else runs. */
async function withoutPermission<Answer>(operation: string, run: () => Promise<Answer>): Promise<Answer> {
  account.interceptors.push((call) => {
    if (call.operation === operation)
      throw new ApiError('AccessDenied', `not authorized to perform: ${operation}`, 403);
  });
  try {
    return await run();
  } finally {
    account.interceptors.pop();
  }
}

describe('the exit code of an undo', () => {
  it.each([
    ['ListTasks', 'unknown', /^ecs:ListTasks/],
    ['RegisterTargets', 'failed', /not authorized/],
  ])('is 3 where %s is refused: %s', async (operation, status, reason) => {
    const id = await removed(operation === 'ListTasks' ? 'beef' : 'cafe');
    const { code, stdout } = await withoutPermission(operation, () =>
      cli('undo', id, '--state', stateOfItsOwn(), '--format', 'json'),
    );
    expect({ code, ...JSON.parse(stdout) }).toMatchObject({ code: 3, status, reason: expect.stringMatching(reason) });
  });

  it('is 0 where it is there already', async () => {
    const id = await removed('feed');
    expect(await cli('undo', id, '--state', stateOfItsOwn())).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^restored/),
    });
    const again = await removed('feed');
    const { code, stdout } = await cli('undo', again, '--state', stateOfItsOwn());
    expect({ code, stdout }).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^back-already[\s\S]*not removed again/),
    });
    await deregister('feed');
  });
});

describe('what is no removal', () => {
  it('has no history', async () => {
    const empty = path.join(folder, 'empty.json');
    expect(await cli('history', 'shop', '--state', empty)).toEqual({
      ...{ code: 0, stderr: '' },
      stdout: 'the ledger of account 111122223333, eu-west-2 has no entry about shop',
    });
  });

  it('is in the history while it stops one', async () => {
    const file = path.join(folder, 'stopped.json');
    const store = await openFileStore(file, () => new Date());
    const until = new Date(Date.now() + 3_600_000).toISOString();
    const breaker: Breaker = {
      ...{ key: 'tags|arn:shop', resource: 'arn:shop', kind: 'service', counter: 'tags', rules: ['task-with-ipv4'] },
      ...{ since: '2026-11-22T10:00:00.000Z', until, reason: 'somebody takes them away' },
    };
    await openBreaker(store, account, breaker);
    await store.close();
    expect(await cli('history', '--state', file)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(
        `stopped until ${until}  tags  arn:shop\n    since 2026-11-22T10:00:00.000Z: somebody takes them away\n`,
      ),
    });
    const { stdout } = await cli('history', 'shop', '--state', file, '--format', 'json');
    expect(JSON.parse(stdout)).toMatchObject({ breakers: [breaker], entries: [] });
    expect((await cli('history', 'other', '--state', file)).stdout).not.toContain('stopped');
  });

  it.each([
    [['undo'], /missing required argument 'id'/],
    [['undo', 'x', '--hold', '0'], /A whole number of hours from 1 to 4320/],
    [['undo', 'x', '--state', ''], /--state: name a file/],
    [['history', '--seed', 'demo'], /--seed: only with --local/],
  ])('is refused: %j', async (words, message) => {
    const { code, stdout, stderr } = await cli(...words);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });

  it('of an unknown id is refused, and nothing is held', async () => {
    const { code, stderr } = await cli('undo', '20260101T000000000Z-nothing', '--state', state);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'ecs-ipv6: the ledger has no entry 20260101T000000000Z-nothing; ecs-ipv6 history lists what there is',
    });
  });
});
