/** A person asks the deployed function, by the API and by the command line. */
import { CreateClusterCommand, ListTasksCommand } from '@aws-sdk/client-ecs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from '@jest/globals';
import { createDynamodbStore } from '../../lib/aws/dynamodb-store';
import type { Report } from '../../lib/report/report';
import { createLedger } from '../../lib/state/ledger';
import { findingPartition } from '../../lib/state/records';
import type { CallRule } from '../../infra/local/weather/call-rule';
import { aDefinition, aHost, aService, describeService, type Site } from '../infra/local/services/ecs/a-site';
import { SETTLE_MS } from '../snapshot/a-workload';
import { place } from '../support/action-builders';
import { clientSettings } from '../support/local-account';
import { aCommandLine } from './a-command-line';
import { aDeployedStack, policyText, type DeployedStack } from './a-deployed-stack';

const EXEC = 'service-exec-enabled';
const AUTO = `rules: { ${EXEC}: { remedy: auto } }\n`;

/** `prod/web` and `shop/till` with ECS Exec, and a host of `prod` without a primary IPv6 address. */
async function furnish(site: Site): Promise<undefined> {
  await aDefinition(site, { taskRoleArn: 'arn:aws:iam::111122223333:role/task' });
  await site.ecs.send(new CreateClusterCommand({ clusterName: 'shop' }));
  await aService(site, { enableExecuteCommand: true });
  await aService(site, { cluster: 'shop', serviceName: 'till', enableExecuteCommand: true });
  await aHost(site, { subnet: site.dualA });
  await site.clock.advance(SETTLE_MS);
}

const deployed = (policy: string, parameters?: Readonly<Record<string, string>>) =>
  aDeployedStack({ policy, furnish, parameters });

async function reportOf(stack: Pick<DeployedStack, 'ask'>, payload: unknown): Promise<Report> {
  const { failed, answer } = await stack.ask(payload);
  expect({ failed, answer }).toMatchObject({ failed: false, answer: { schema: 'ecs-ipv6/report/v1' } });
  return answer as Report;
}

/** What the controller's roles were seen to write. */
const writesOf = ({ account }: DeployedStack): readonly string[] =>
  account.calls
    .list()
    .filter(({ roleArn, readOnly }) => roleArn !== undefined && !readOnly)
    .map(({ service, operation }) => `${service}:${operation}`);

const storeOf = ({ account, clock, output }: DeployedStack) =>
  createDynamodbStore(new DynamoDBClient(clientSettings(account)), output('StateTableName'), () => clock.now());

const tagsOf = async (stack: DeployedStack): Promise<readonly (string | undefined)[]> =>
  ((await describeService(stack)).tags ?? []).map(({ key }) => key);

/** Services, tasks and hosts that were judged. */
function lookedAt({ scanned, findings }: Report) {
  const { service = 0, task = 0, instance = 0 } = scanned;
  const exec = findings.filter(({ rule }) => rule === EXEC).map(({ resource }) => resource.split('/').slice(1).join('/')); // prettier-ignore
  return { service, task, instance, exec };
}

describe('the deployed function', () => {
  it('looks at what is named, alone and together, and at everything if nothing is', async () => {
    const stack = await deployed(policyText('observe'));
    const everything = await reportOf(stack, {});
    const arnOf = (kind: string): string => everything.findings.find((one) => one.kind === kind)?.resource ?? '';
    const [web, host] = ['arn:aws:ecs:eu-west-2:111122223333:service/prod/web', arnOf('instance')];
    const both = ['prod/web', 'shop/till'];
    expect(lookedAt(everything)).toEqual({ service: 2, task: 2, instance: 1, exec: both });
    expect(lookedAt(await reportOf(stack, null))).toEqual(lookedAt(everything));
    const one = { service: 1, task: 1, instance: 0, exec: ['prod/web'] };
    const whole = { ...one, instance: 1 };
    const table: readonly (readonly [object, object])[] = [
      [{ cluster: 'prod' }, whole],
      [{ cluster: 'arn:aws:ecs:eu-west-2:111122223333:cluster/shop' }, { ...one, exec: ['shop/till'] }],
      [{ cluster: 'prod', service: 'web' }, one],
      [{ service: 'prod/web' }, one],
      [{ service: web }, one],
      [{ cluster: 'prod', service: web }, one],
      [{ instance: host }, { service: 0, task: 0, instance: 1, exec: [] }],
      [{ instance: host.slice(host.indexOf('/') + 1) }, { service: 0, task: 0, instance: 1, exec: [] }],
      [{ service: web, instance: host }, whole],
      [{ cluster: 'prod', service: 'web', instance: host }, whole],
      [{ service: 'shop/none' }, { service: 0, task: 0, instance: 0, exec: [] }],
    ];
    for (const [payload, seen] of table) {
      expect({ payload, ...lookedAt(await reportOf(stack, payload)) }).toEqual({ payload, ...seen });
    }
  });

  it('looks at a task, by its ARN, by its id, and beside other things', async () => {
    const stack = await deployed(policyText('observe'));
    const [task = ''] = (await stack.ecs.send(new ListTasksCommand({ cluster: 'prod' }))).taskArns ?? [];
    const id = task.slice(task.lastIndexOf('/') + 1);
    for (const payload of [{ task }, { task: `prod/${id}` }, { cluster: 'prod', task: id }]) {
      expect(lookedAt(await reportOf(stack, payload))).toEqual({ service: 0, task: 1, instance: 0, exec: [] });
    }
    const more = await reportOf(stack, { task, service: 'shop/till' });
    expect(lookedAt(more)).toEqual({ service: 1, task: 2, instance: 0, exec: ['shop/till'] });
  });

  it('says what is wrong with a request, and does nothing', async () => {
    const stack = await deployed(policyText('observe'));
    const here = 'arn:aws:ecs:eu-west-2:111122223333:';
    const table: readonly (readonly [unknown, string])[] = [
      [{ cluster: 'shop', service: 'prod/web' }, 'service prod/web names cluster prod, and --cluster shop'],
      [{ service: 'web' }, 'write cluster/name, its ARN, or add --cluster'],
      [{ clusters: ['prod'] }, 'payload: clusters: '],
      [{ service: 'prod/web', dry_run: true }, 'payload: dry_run: '],
      [{ cluster: 7 }, 'payload: cluster: '],
      [{ cluster: '' }, 'payload: cluster: '],
      [{ dryRun: 'yes' }, 'payload: dryRun: '],
      [{ mode: 'write' }, 'payload: mode: '],
      [[], 'payload: '],
      ['prod', 'payload: '],
      [
        { service: `${here.replace('eu-west-2', 'us-east-1')}service/prod/web` },
        'lies in account 111122223333, region us-east-1',
      ],
      [
        { cluster: `${here.replace('111122223333', '999999999999')}cluster/prod` },
        'lies in account 999999999999, region eu-west-2',
      ],
      [{ instance: 'arn:aws-cn:ec2:eu-west-2:111122223333:instance/i-0abc1234' }, 'partition aws-cn'],
      [{ task: `${here}service/prod/web` }, 'it names a service of ecs'],
    ];
    for (const [payload, message] of table) {
      const { failed, answer } = await stack.ask(payload);
      const errorMessage = expect.stringContaining(message);
      expect({ payload, failed, answer }).toMatchObject({
        payload,
        failed: true,
        answer: { errorType: 'SelectionError', errorMessage },
      });
    }
    expect(stack.account.calls.list().filter(({ roleArn }) => roleArn !== undefined)).toEqual([]);
  });

  it('takes a lower mode, and no higher one', async () => {
    const stack = await deployed(policyText('tag'), { Permissions: 'enforce' });
    expect(await reportOf(stack, { service: 'prod/web', mode: 'observe' })).toMatchObject({
      mode: 'observe',
      actions: [],
    });
    expect(await tagsOf(stack)).toEqual([]);
    expect(await reportOf(stack, { service: 'prod/web', mode: 'enforce' })).toMatchObject({ mode: 'tag' });
    expect(await tagsOf(stack)).toContain('ecs-ipv6:status');
    expect((await describeService(stack)).enableExecuteCommand).toBe(true);
  });

  it('has no say over a policy that only looks, whatever IAM allows', async () => {
    const stack = await deployed(policyText('observe', AUTO), { Permissions: 'enforce' });
    await stack.put('enforcement', 'on');
    expect(await reportOf(stack, { mode: 'enforce' })).toMatchObject({ mode: 'observe', actions: [] });
    expect(await tagsOf(stack)).toEqual([]);
    expect((await describeService(stack)).enableExecuteCommand).toBe(true);
  });

  it('writes nothing at all on a dry run: no tag, no event, no item of its table', async () => {
    const stack = await deployed(policyText('enforce', AUTO), { Permissions: 'enforce' });
    await stack.put('enforcement', 'on');
    for (const payload of [{ dryRun: true }, { cluster: 'prod', dryRun: true }]) {
      const { actions } = await reportOf(stack, payload);
      expect(new Set(actions.map(({ status }) => status))).toEqual(new Set(['planned']));
      expect(new Set(actions.map(({ action }) => action.kind))).toEqual(new Set(['tag', 'disable-exec']));
    }
    expect(writesOf(stack)).toEqual([]);
    expect(await storeOf(stack).list(findingPartition(place))).toEqual([]);
  });

  it('says who asked and which invocation it was: in the answer, in its log and in the ledger', async () => {
    const stack = await deployed(policyText('enforce', AUTO), { Permissions: 'enforce' });
    await stack.put('enforcement', 'on');
    const requestedBy = 'arn:aws:iam::111122223333:user/ada';
    const { origin } = await reportOf(stack, { service: 'prod/web', requestedBy });
    expect(origin).toEqual({ requestedBy, requestId: expect.stringMatching(/^[\da-f-]{36}$/) });
    const logged = stack.lines.filter((line) => line.includes('"reconciled"') && line.includes(requestedBy));
    expect(logged).toEqual([expect.stringContaining(origin?.requestId ?? '?')]);
    const entries = await createLedger({ store: storeOf(stack), place, now: () => stack.clock.now() }).list();
    expect(entries).toMatchObject([{ action: { kind: 'disable-exec' }, origin, outcome: { status: 'applied' } }]);
  });
});

describe('ecs-ipv6 invoke', () => {
  const invoke = (stack: DeployedStack, ...words: readonly string[]) =>
    aCommandLine(stack.account, 'invoke', '--function', stack.output('InvokeFunctionName'), ...words);

  it('prints the report of the function, as a table or as JSON, and fills in who asks', async () => {
    const stack = await deployed(policyText('observe'));
    const table = await invoke(stack, '--service', 'prod/web', '--dry-run');
    expect(table).toMatchObject({ code: 1, stderr: '', stdout: expect.stringContaining(EXEC) });
    const { code, stdout } = await invoke(stack, '--cluster', 'shop', '--format', 'json');
    const report = JSON.parse(stdout) as Report;
    expect({ code, ...lookedAt(report) }).toMatchObject({ code: 1, service: 1, exec: ['shop/till'] });
    expect(report.origin?.requestedBy).toMatch(/^arn:aws:.*:111122223333:/);
  });

  it('answers what cannot be asked with one message and exit code 2', async () => {
    const stack = await deployed(policyText('observe'));
    const elsewhere = 'arn:aws:ecs:us-east-1:111122223333:service/prod/web';
    const table: readonly (readonly [readonly string[], RegExp])[] = [
      [
        ['--cluster', 'shop', '--service', 'prod/web'],
        /^ecs-ipv6: service prod\/web names cluster prod, and --cluster/,
      ],
      [['--service', 'web'], /^ecs-ipv6: service web: write cluster\/name/],
      [['--service', elsewhere], /^ecs-ipv6: \S+ lies in account 111122223333, region us-east-1; /],
      [['--cluster', 'prdo'], /^ecs-ipv6: --cluster prdo: nothing of that name runs/],
    ];
    for (const [words, says] of table) {
      expect(await invoke(stack, ...words)).toEqual({ code: 2, stdout: '', stderr: expect.stringMatching(says) });
    }
  });

  it('says in one line why the function failed, with exit code 3', async () => {
    const stack = await deployed(policyText('observe'));
    const table: readonly (readonly [CallRule, RegExp])[] = [
      [
        { match: 'ecs:ListClusters', fault: 'kill' },
        /failed: RequestId: \S+ Error: Runtime exited .*; ask about less: /,
      ],
      [{ match: 'dynamodb:*', fault: 'error', caller: '*/*-Invoke*' }, /failed: .+; its log says more$/],
    ];
    for (const [weather, says] of table) {
      const spell = stack.account.weather.calls(weather);
      expect(await invoke(stack)).toEqual({ code: 3, stdout: '', stderr: expect.stringMatching(says) });
      spell.clear();
    }
  });
});
