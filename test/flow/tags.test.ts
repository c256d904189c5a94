/** The controller's own tags, where they could do harm: as events, beside fifty others, and copied to tasks. */
import { DescribeTaskDefinitionCommand, ListTagsForResourceCommand, UntagResourceCommand } from '@aws-sdk/client-ecs';
import { GetQueueUrlCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, it } from '@jest/globals';
import type { Report } from '../../lib/report/report';
import { aDefinition, aService, describeService, describeTasks, type Site } from '../infra/local/services/ecs/a-site';
import { SETTLE_MS } from '../snapshot/a-workload';
import { clientSettings } from '../support/local-account';
import { aDeployedStack, policyText, type DeployedStack } from './a-deployed-stack';
import { EXEC, onlyExec } from './exec-services';
import { subscribed } from './subscribers';

const DIGEST_SECONDS = 320;
const OURS = ['ecs-ipv6:rules', 'ecs-ipv6:since', 'ecs-ipv6:status'];

const policy = policyText('tag', onlyExec('high').replace(' }\n', ', task-exec-enabled: off }\n'));

const deployed = (furnish: (site: Site) => Promise<unknown>, text = policy): Promise<DeployedStack> =>
  aDeployedStack({
    policy: text,
    parameters: { Permissions: 'tag', SweepMinutes: '1440' },
    async furnish(site) {
      await furnish(site);
      await site.clock.advance(SETTLE_MS);
      return undefined;
    },
  });

const definition = { taskRoleArn: 'arn:aws:iam::111122223333:role/task' };

async function ask(stack: DeployedStack): Promise<readonly string[]> {
  const { answer } = await stack.ask({});
  const { actions, gaps } = answer as Report;
  expect(gaps).toEqual([]);
  return actions.map(
    ({ action, status, code }) =>
      `${status} ${action.kind} of ${action.resourceKind}${code === undefined ? '' : `: ${code}`}`,
  );
}

const keysOf = (tags: readonly { readonly key?: string }[] = []): readonly string[] =>
  tags.flatMap(({ key }) => key ?? []).sort();
const tagWrites = ({ account }: DeployedStack): number =>
  account.calls
    .list()
    .filter(
      ({ roleArn, operation }) =>
        roleArn !== undefined && operation.includes('Tag') && !/^(List|Describe)/.test(operation),
    ).length;
const passes = ({ lines }: DeployedStack): number => lines.filter((line) => line.includes('"reconciled"')).length;

it('are written where they differ, and nothing that they cause leads to another look', async () => {
  const stack = await deployed(async (site) => {
    await aDefinition(site, definition);
    await aService(site, { enableExecuteCommand: true });
  });
  expect(await ask(stack)).toEqual(['applied tag of service']);
  expect(keysOf((await describeService(stack)).tags)).toEqual(OURS);
  const [written, looked] = [tagWrites(stack), passes(stack)];
  await stack.letPass(600);
  expect(passes(stack)).toBe(looked);
  expect(await ask(stack)).toEqual([]);
  expect(tagWrites(stack)).toBe(written);
});

it("have their own call's record dropped, which is looked at when somebody else made it", async () => {
  const stack = await deployed(async (site) => {
    await aDefinition(site, definition);
    await aService(site);
  });
  const sqs = new SQSClient(clientSettings(stack.account));
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: 'ecs-ipv6-TaskQueue' }));
  const record = (role: string) => ({
    ...{ version: '0', source: 'aws.ecs', 'detail-type': 'AWS API Call via CloudTrail', resources: [] },
    ...{ account: '111122223333', region: 'eu-west-2' },
    detail: {
      ...{ eventSource: 'ecs.amazonaws.com', eventName: 'UpdateService', awsRegion: 'eu-west-2' },
      userIdentity: { type: 'AssumedRole', arn: `arn:aws:sts::111122223333:assumed-role/${role}/session` },
      requestParameters: { cluster: 'prod', service: 'web' },
    },
  });
  for (const [role, more] of [
    ['ecs-ipv6-eu-west-2-reconcile', 0],
    ['people', 1],
  ] as const) {
    const before = passes(stack);
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(record(role)) }));
    await stack.letPass(60);
    expect({ role, looks: passes(stack) - before }).toEqual({ role, looks: more });
  }
});

it('find no room beside fifty others: that is told once, and no call fails again and again', async () => {
  const own = Array.from({ length: 50 }, (_, index) => ({ key: `own-${String(index)}`, value: 'x' }));
  const stack = await deployed(async (site) => {
    await aDefinition(site, definition);
    await aService(site, { enableExecuteCommand: true, tags: own });
  });
  const read = await subscribed(stack, stack.output('AlertTopicArn'), { state: ['withheld'] });
  for (let look = 0; look < 3; look++) expect(await ask(stack)).toEqual(['withheld tag of service: too-many-tags']);
  await stack.letPass(DIGEST_SECONDS);
  expect((await read()).map(({ text }) => /^- .*$/m.exec(text)?.[0])).toEqual([
    `- tag of service/prod/web, for ${EXEC}, is withheld: it would have 53 tags, and AWS allows 50: take 3 of its own away.`,
  ]);
  expect(tagWrites(stack)).toBe(0);
  const { serviceArn: resourceArn } = await describeService(stack);
  await stack.ecs.send(new UntagResourceCommand({ resourceArn, tagKeys: ['own-1', 'own-2', 'own-3'] }));
  expect(await ask(stack)).toEqual(['applied tag of service']);
  const tags = keysOf((await describeService(stack)).tags);
  expect([tags.length, ...tags.filter((key) => OURS.includes(key))]).toEqual([50, ...OURS]);
  await stack.letPass(DIGEST_SECONDS);
  expect(await read()).toEqual([]);
});

it('that a service copied to its tasks are taken from those that comply, and none are added to the service', async () => {
  const copied = { key: 'ecs-ipv6:status', value: 'violation' };
  const stack = await deployed(async (site) => {
    await aDefinition(site, definition);
    const tags = [copied, { key: 'team', value: 'payments' }];
    await aService(site, { enableExecuteCommand: true, propagateTags: 'SERVICE', tags });
  });
  expect((await describeTasks(stack)).map(({ tags }) => keysOf(tags))).toEqual([['ecs-ipv6:status', 'team']]);
  expect([...(await ask(stack))].sort()).toEqual(['applied untag of task', 'withheld tag of service: propagates-tags']);
  expect((await describeTasks(stack)).map(({ tags }) => keysOf(tags))).toEqual([['team']]);
  expect(keysOf((await describeService(stack)).tags)).toEqual(['ecs-ipv6:status', 'team']);
  expect(await ask(stack)).toEqual(['withheld tag of service: propagates-tags']);
});

it('are not put on a task definition that is copied to tasks, and are on one that is not', async () => {
  const image = '111122223333.dkr.ecr.eu-west-2.amazonaws.com/web:1';
  const containerDefinitions = [{ name: 'app', image, portMappings: [{ containerPort: 80 }] }];
  const stack = await deployed(
    async (site) => {
      await aDefinition(site, { ...definition, containerDefinitions });
      await aDefinition(site, { ...definition, containerDefinitions, family: 'plain' });
      await aService(site, { propagateTags: 'TASK_DEFINITION' });
      await aService(site, { serviceName: 'plain', taskDefinition: 'plain' });
    },
    policy.replace('image-not-dual-stack: off, ', ''),
  );
  const tagsOf = async (family: string): Promise<readonly string[]> => {
    const { taskDefinition } = await stack.ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: family }));
    const { tags } = await stack.ecs.send(
      new ListTagsForResourceCommand({ resourceArn: taskDefinition?.taskDefinitionArn }),
    );
    return keysOf(tags);
  };
  expect([...(await ask(stack))].sort()).toEqual([
    'applied tag of task-definition',
    'withheld tag of task-definition: propagates-tags',
  ]);
  expect({ copied: await tagsOf('web'), plain: await tagsOf('plain') }).toEqual({ copied: [], plain: OURS });
});
