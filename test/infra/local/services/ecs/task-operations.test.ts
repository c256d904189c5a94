import type { ListTasksCommandInput, RunTaskCommandInput } from '@aws-sdk/client-ecs';
import {
  CreateClusterCommand,
  DescribeTasksCommand,
  ListTasksCommand,
  paginateListTasks,
  RunTaskCommand,
  StartTaskCommand,
  StopTaskCommand,
} from '@aws-sdk/client-ecs';
import { describe, expect, it } from '@jest/globals';
import type { Site } from './a-site';
import { aBridgeDefinition, aDefinition, aHost, aService, aSite, describeTasks } from './a-site';
import { one } from './one';

function run(site: Site, changes: Partial<RunTaskCommandInput> = {}) {
  return site.ecs.send(
    new RunTaskCommand({
      ...{ cluster: 'prod', taskDefinition: 'web', launchType: 'FARGATE' },
      networkConfiguration: { awsvpcConfiguration: { subnets: [site.ipv6A.id] } },
      ...changes,
    }),
  );
}

describe('RunTask', () => {
  it('gives the same tasks for the same token, and refuses another request with it', async () => {
    const site = await aSite();
    await aDefinition(site);
    const first = await run(site, { clientToken: 'once', count: 2 });
    const again = await run(site, { clientToken: 'once', count: 2 });
    expect(again.tasks?.map(({ taskArn }) => taskArn)).toEqual(first.tasks?.map(({ taskArn }) => taskArn));
    expect(await describeTasks(site)).toHaveLength(2);
    await expect(run(site, { clientToken: 'once', count: 1 })).rejects.toMatchObject({
      name: 'ConflictException',
      resourceIds: first.tasks?.map(({ taskArn }) => taskArn),
    });
  });

  it('takes a capacity provider strategy', async () => {
    const site = await aSite();
    await aDefinition(site);
    const capacityProviderStrategy = [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }];
    const { tasks } = await run(site, { launchType: undefined, capacityProviderStrategy });
    expect(one(tasks)).toMatchObject({ launchType: 'FARGATE', capacityProviderName: 'FARGATE_SPOT' });
  });

  it.each<{ fault: string; changes: Partial<RunTaskCommandInput>; name: string; message: RegExp }>([
    {
      fault: 'no network',
      changes: { networkConfiguration: undefined },
      name: 'InvalidParameterException',
      message: /Network Configuration must be provided/,
    },
    {
      fault: 'a subnet that is not there',
      changes: { networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-0123456789abcdef0'] } } },
      name: 'InvalidParameterException',
      message: /InvalidSubnetID.NotFound/,
    },
    { fault: 'eleven tasks', changes: { count: 11 }, name: 'InvalidParameterException', message: /count/ },
    {
      fault: 'an unknown cluster',
      changes: { cluster: 'none' },
      name: 'ClusterNotFoundException',
      message: /Cluster not found/,
    },
    {
      fault: 'an unknown platform',
      changes: { platformVersion: '9.9.9' },
      name: 'PlatformUnknownException',
      message: /platform/,
    },
    {
      fault: 'the group of a service',
      changes: { group: 'service:web' },
      name: 'InvalidParameterException',
      message: /reserved/,
    },
    {
      fault: 'launch type and strategy',
      changes: { capacityProviderStrategy: [{ capacityProvider: 'FARGATE' }] },
      name: 'InvalidParameterException',
      message: /both a launch type and capacity provider strategy/,
    },
    {
      fault: 'Exec without a task role',
      changes: { enableExecuteCommand: true },
      name: 'InvalidParameterException',
      message: /taskRoleArn/,
    },
  ])('refuses $fault', async ({ changes, name, message }) => {
    const site = await aSite();
    await aDefinition(site);
    const refusal = await run(site, changes).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ name, message: expect.stringMatching(message) });
    expect(await describeTasks(site)).toEqual([]);
  });

  it('answers a failure where no instance has room', async () => {
    const site = await aSite();
    await aBridgeDefinition(site, { containerDefinitions: [{ name: 'app', image: 'nginx', memory: 6_000 }] });
    const settings = { launchType: 'EC2', networkConfiguration: undefined } as const;
    await expect(run(site, settings)).rejects.toThrow(/No Container Instances were found/);
    const host = await aHost(site, { subnet: site.dualA });
    const answer = await run(site, { ...settings, count: 2 });
    expect(answer.tasks).toHaveLength(1);
    expect(answer.failures).toEqual([{ arn: host.arn, reason: 'RESOURCE:MEMORY' }]);
  });

  it('gives an awsvpc task on an instance an interface in the instance’s zone, as many as the type has', async () => {
    const site = await aSite();
    await aDefinition(site, { requiresCompatibilities: ['EC2'] });
    const host = await aHost(site, { subnet: site.dualA });
    const networkConfiguration = { awsvpcConfiguration: { subnets: [site.ipv6B.id, site.ipv6A.id] } };
    const { tasks, failures } = await run(site, { launchType: 'EC2', networkConfiguration, count: 3 });
    expect(tasks).toHaveLength(2);
    expect(failures).toEqual([{ arn: host.arn, reason: 'RESOURCE:ENI' }]);
    await site.clock.advance(3_000);
    const [task] = await describeTasks(site);
    expect(task?.attachments?.[0]?.details).toContainEqual({ name: 'subnetId', value: site.ipv6A.id });
    expect(task).toMatchObject({ containerInstanceArn: host.arn, lastStatus: 'RUNNING' });
    expect(task).not.toHaveProperty('platformVersion');
  });
});

describe('StartTask', () => {
  it('runs on the instances that are named', async () => {
    const site = await aSite();
    await aBridgeDefinition(site);
    await aHost(site, { subnet: site.dualA });
    const chosen = await aHost(site, { subnet: site.dualB });
    const { tasks, failures } = await site.ecs.send(
      new StartTaskCommand({ cluster: 'prod', taskDefinition: 'web', containerInstances: [chosen.id, 'unknown'] }),
    );
    expect(one(tasks)).toMatchObject({ containerInstanceArn: chosen.arn, lastStatus: 'PENDING' });
    expect(one(failures)).toMatchObject({ reason: 'MISSING' });
  });
});

describe('DescribeTasks', () => {
  it('takes a hundred tasks and no more', async () => {
    const site = await aSite();
    const id = (index: number): string => index.toString(16).padStart(32, '0');
    const ask = (count: number) =>
      site.ecs.send(
        new DescribeTasksCommand({ cluster: 'prod', tasks: Array.from({ length: count }, (_, i) => id(i)) }),
      );
    const { failures = [] } = await ask(100);
    expect(failures).toHaveLength(100);
    expect(failures[0]).toEqual({
      arn: `arn:aws:ecs:eu-west-2:111122223333:task/prod/${id(0)}`,
      reason: 'MISSING',
    });
    await expect(ask(101)).rejects.toMatchObject({ name: 'InvalidParameterException' });
    await expect(ask(0)).rejects.toThrow(/Tasks cannot be empty/);
  });

  it('does not find a task in another cluster', async () => {
    const site = await aSite();
    await aDefinition(site);
    await site.ecs.send(new CreateClusterCommand({ clusterName: 'other' }));
    const { taskArn = '' } = one((await run(site)).tasks);
    const answer = await site.ecs.send(new DescribeTasksCommand({ cluster: 'other', tasks: [taskArn] }));
    expect([answer.tasks?.length, answer.failures?.length]).toEqual([0, 1]);
    await expect(site.ecs.send(new DescribeTasksCommand({ cluster: 'prod', tasks: ['short'] }))).rejects.toThrow(
      /taskId length should be one of \[32,36\]/,
    );
    await expect(site.ecs.send(new StopTaskCommand({ cluster: 'other', task: taskArn }))).rejects.toThrow(
      /referenced task was not found/,
    );
  });
});

describe('ListTasks', () => {
  async function aBusyCluster(): Promise<Site> {
    const site = await aSite();
    await aDefinition(site);
    await aBridgeDefinition(site, { family: 'job' });
    await aHost(site, { subnet: site.dualA });
    await aService(site, { desiredCount: 2 });
    await run(site, { startedBy: 'ops' });
    const { tasks } = await run(site, { taskDefinition: 'job', launchType: 'EC2', networkConfiguration: undefined });
    await site.clock.advance(3_000);
    await site.ecs.send(new StopTaskCommand({ cluster: 'prod', task: one(tasks).taskArn }));
    await run(site, { taskDefinition: 'job', launchType: 'EC2', networkConfiguration: undefined, count: 2 });
    return site;
  }

  const list = async ({ ecs }: Site, filter: Partial<ListTasksCommandInput>) =>
    (await ecs.send(new ListTasksCommand({ cluster: 'prod', ...filter }))).taskArns?.length;

  it.each<{ filter: Partial<ListTasksCommandInput>; count: number }>([
    { filter: {}, count: 5 },
    { filter: { desiredStatus: 'STOPPED' }, count: 1 },
    { filter: { desiredStatus: 'PENDING' }, count: 0 },
    { filter: { serviceName: 'web' }, count: 2 },
    { filter: { family: 'web' }, count: 3 },
    { filter: { family: 'job' }, count: 2 },
    { filter: { startedBy: 'ops' }, count: 1 },
    { filter: { launchType: 'EC2' }, count: 2 },
    { filter: { launchType: 'FARGATE', family: 'web' }, count: 3 },
  ])('by $filter finds $count', async ({ filter, count }) => {
    expect(await list(await aBusyCluster(), filter)).toBe(count);
  });

  it('finds the tasks of a container instance', async () => {
    const site = await aBusyCluster();
    const { containerInstanceArn } = (await describeTasks(site)).find((task) => task.containerInstanceArn) ?? {};
    expect(await list(site, { containerInstance: containerInstanceArn })).toBe(2);
  });

  it('refuses a service that is not there, and other filters beside startedBy', async () => {
    const site = await aSite();
    await expect(list(site, { serviceName: 'none' })).rejects.toMatchObject({ name: 'ServiceNotFoundException' });
    await expect(list(site, { startedBy: 'ops', family: 'web' })).rejects.toThrow(/only filter/);
    await expect(list(site, { maxResults: 101 })).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });

  it('passes no task over when others go between two pages', async () => {
    const site = await aSite();
    await aDefinition(site);
    const { tasks = [] } = await run(site, { count: 6 });
    const arns = tasks.map(({ taskArn }) => taskArn);
    const first = await site.ecs.send(new ListTasksCommand({ cluster: 'prod', maxResults: 3 }));
    for (const task of first.taskArns ?? []) await site.ecs.send(new StopTaskCommand({ cluster: 'prod', task }));
    const second = await site.ecs.send(new ListTasksCommand({ cluster: 'prod', nextToken: first.nextToken }));
    expect([...(first.taskArns ?? []), ...(second.taskArns ?? [])]).toEqual(arns);
    expect(second.nextToken).toBeUndefined();
  });

  it('gives a hundred on a page', async () => {
    const site = await aSite();
    await aDefinition(site);
    await aService(site, { desiredCount: 205 });
    await site.clock.advance(1_000);
    const pages: number[] = [];
    for await (const { taskArns = [] } of paginateListTasks({ client: site.ecs }, { cluster: 'prod' })) {
      pages.push(taskArns.length);
    }
    expect(pages).toEqual([100, 100, 5]);
  });
});
