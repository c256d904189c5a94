import {
  DeleteServiceCommand,
  DescribeTasksCommand,
  DescribeServicesCommand,
  ListServicesCommand,
  ListTagsForResourceCommand,
  ListTasksCommand,
  RunTaskCommand,
  StopTaskCommand,
  TagResourceCommand,
  UpdateContainerInstancesStateCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';
import { DescribeTargetHealthCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { expect, test } from '@jest/globals';
import { aBalancedGroup, elbOf } from './a-load-balancer';
import type { Site } from './a-site';
import { aDefinition, aHost, aService, aSite, containerInstances, describeService, describeTasks } from './a-site';
import { one } from './one';

const WINDOW_MS = 10_000;
/** What a Fargate task needs to come up, and more. */
const SETTLE_MS = 60_000;

async function aLateSite(): Promise<Site> {
  const site = await aSite();
  await aDefinition(site);
  site.account.delay({ seconds: WINDOW_MS / 1_000 });
  return site;
}

async function runOne({ ecs, ipv6A }: Site): Promise<string> {
  const { tasks } = await ecs.send(
    new RunTaskCommand({
      ...{ cluster: 'prod', taskDefinition: 'web', launchType: 'FARGATE' },
      networkConfiguration: { awsvpcConfiguration: { subnets: [ipv6A.id] } },
    }),
  );
  return one(tasks).taskArn ?? '';
}

test('a task just started is missing from lists and descriptions, and each of its steps is seen late', async () => {
  const site = await aLateSite();
  const { ecs, clock } = site;
  const task = await runOne(site);
  const described = async () => ecs.send(new DescribeTasksCommand({ cluster: 'prod', tasks: [task] }));
  expect((await ecs.send(new ListTasksCommand({ cluster: 'prod' }))).taskArns).toEqual([]);
  expect(await described()).toMatchObject({ tasks: [], failures: [{ arn: task, reason: 'MISSING' }] });
  await clock.advance(WINDOW_MS - 1);
  expect((await described()).tasks).toEqual([]);
  await clock.advance(1);
  expect((await described()).tasks).toMatchObject([{ taskArn: task, lastStatus: 'PROVISIONING' }]);
  expect((await ecs.send(new ListTasksCommand({ cluster: 'prod' }))).taskArns).toEqual([task]);
  await clock.advance(SETTLE_MS);
  expect((await described()).tasks).toMatchObject([{ lastStatus: 'RUNNING' }]);
});

test('a task just stopped still shows as running, though it has been stopped', async () => {
  const site = await aLateSite();
  const { ecs, clock } = site;
  const task = await runOne(site);
  await clock.advance(SETTLE_MS);
  const stopped = await ecs.send(new StopTaskCommand({ cluster: 'prod', task }));
  expect(stopped.task).toMatchObject({ desiredStatus: 'STOPPED', lastStatus: 'DEACTIVATING' });
  expect(await describeTasks(site)).toMatchObject([{ taskArn: task, desiredStatus: 'RUNNING', lastStatus: 'RUNNING' }]);
  expect(await describeTasks(site, 'STOPPED')).toEqual([]);
  await clock.advance(WINDOW_MS);
  expect(await describeTasks(site)).toEqual([]);
  expect(await describeTasks(site, 'STOPPED')).toMatchObject([{ taskArn: task, stopCode: 'UserInitiated' }]);
});

test('services: made, changed, tagged and deleted, each seen late; calls that act find what is', async () => {
  const site = await aLateSite();
  const { ecs, clock } = site;
  const { serviceArn: arn = '' } = await aService(site);
  const named = { cluster: 'prod', service: 'web' };
  const listed = async () => (await ecs.send(new ListServicesCommand({ cluster: 'prod' }))).serviceArns;
  const { failures } = await ecs.send(new DescribeServicesCommand({ cluster: 'prod', services: ['web'] }));
  expect([await listed(), one(failures).reason]).toEqual([[], 'MISSING']);
  const updated = await ecs.send(new UpdateServiceCommand({ ...named, desiredCount: 2 }));
  expect(updated.service).toMatchObject({ desiredCount: 2 });
  await clock.advance(SETTLE_MS);
  expect(await describeService(site)).toMatchObject({ desiredCount: 2, runningCount: 2 });

  await ecs.send(new UpdateServiceCommand({ ...named, desiredCount: 0 }));
  await ecs.send(new TagResourceCommand({ resourceArn: arn, tags: [{ key: 'team', value: 'x' }] }));
  const tags = async () => (await ecs.send(new ListTagsForResourceCommand({ resourceArn: arn }))).tags;
  expect(await describeService(site)).toMatchObject({ desiredCount: 2, runningCount: 2, tags: [] });
  expect(await tags()).toEqual([]);
  await clock.advance(SETTLE_MS);
  expect(await describeService(site)).toMatchObject({ desiredCount: 0, tags: [{ key: 'team', value: 'x' }] });
  expect(await tags()).toHaveLength(1);

  await ecs.send(new DeleteServiceCommand(named));
  expect([await listed(), (await describeService(site)).status]).toEqual([[arn], 'ACTIVE']);
  const update = ecs.send(new UpdateServiceCommand({ ...named, desiredCount: 1 }));
  await expect(update).rejects.toThrow(/^Service was not/);
  await clock.advance(SETTLE_MS);
  expect(await listed()).toEqual([]);
});

test('a host that is drained still shows as active', async () => {
  const site = await aLateSite();
  const { arn } = await aHost(site, { subnet: site.ipv6A });
  await site.clock.advance(WINDOW_MS);
  const containerInstanceIds = [arn];
  await site.ecs.send(
    new UpdateContainerInstancesStateCommand({
      cluster: 'prod',
      containerInstances: containerInstanceIds,
      status: 'DRAINING',
    }),
  );
  expect(await containerInstances(site)).toMatchObject([{ status: 'ACTIVE' }]);
  await site.clock.advance(WINDOW_MS);
  expect(await containerInstances(site)).toMatchObject([{ status: 'DRAINING' }]);
});

test('what ECS registers elsewhere is there before the task is: load balancers are never late', async () => {
  const site = await aLateSite();
  const group = await aBalancedGroup(site);
  site.account.delay({ seconds: SETTLE_MS / 1_000 });
  await aService(site, { loadBalancers: [{ targetGroupArn: group, containerName: 'app', containerPort: 80 }] });
  await site.clock.advance(SETTLE_MS - 1);
  const health = await elbOf(site).send(new DescribeTargetHealthCommand({ TargetGroupArn: group }));
  expect(health.TargetHealthDescriptions).toHaveLength(1);
  expect((await site.ecs.send(new ListTasksCommand({ cluster: 'prod' }))).taskArns).toEqual([]);
});
