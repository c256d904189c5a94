import type { CreateTaskSetCommandInput, TaskSet } from '@aws-sdk/client-ecs';
import {
  CreateServiceCommand,
  CreateTaskSetCommand,
  DeleteServiceCommand,
  DeleteTaskSetCommand,
  DescribeTaskSetsCommand,
  UpdateServiceCommand,
  UpdateServicePrimaryTaskSetCommand,
  UpdateTaskSetCommand,
} from '@aws-sdk/client-ecs';
import { describe, expect, it } from '@jest/globals';
import { aBalancedGroup, aRegistry, instancesIn, targetsIn } from './a-load-balancer';
import type { Site } from './a-site';
import { aDefinition, aService, aSite, describeService, describeTasks, eventsOf } from './a-site';
import { one } from './one';

const SETTLE_MS = 90_000;
const PLACE = { cluster: 'prod', service: 'web' };

async function anExternalService(desiredCount = 4): Promise<Site> {
  const site = await aSite();
  await aDefinition(site);
  await site.ecs.send(
    new CreateServiceCommand({
      ...{ cluster: 'prod', serviceName: 'web', desiredCount },
      deploymentController: { type: 'EXTERNAL' },
    }),
  );
  return site;
}

async function aTaskSet(site: Site, overrides: Partial<CreateTaskSetCommandInput> = {}): Promise<TaskSet> {
  const { taskSet } = await site.ecs.send(
    new CreateTaskSetCommand({
      ...{ ...PLACE, taskDefinition: 'web', launchType: 'FARGATE', scale: { value: 100, unit: 'PERCENT' } },
      networkConfiguration: { awsvpcConfiguration: { subnets: [site.ipv6A.id] } },
      ...overrides,
    }),
  );
  return taskSet ?? {};
}

async function describeSet({ ecs }: Site, { id = '' }: TaskSet): Promise<TaskSet> {
  const { taskSets } = await ecs.send(new DescribeTaskSetsCommand({ ...PLACE, taskSets: [id], include: ['TAGS'] }));
  return one(taskSets);
}

describe('a service with an external controller', () => {
  it('runs nothing until it has a task set, and then its share of tasks', async () => {
    const site = await anExternalService();
    await site.clock.advance(SETTLE_MS);
    expect(await describeTasks(site)).toEqual([]);
    const made = await aTaskSet(site, { scale: { value: 30, unit: 'PERCENT' }, tags: [{ key: 'v', value: '1' }] });
    expect(made).toMatchObject({ status: 'ACTIVE', computedDesiredCount: 2, stabilityStatus: 'STABILIZING' });
    expect(made.taskSetArn).toBe(`arn:aws:ecs:eu-west-2:111122223333:task-set/prod/web/${made.id}`);
    await site.clock.advance(SETTLE_MS);

    expect(await describeSet(site, made)).toMatchObject({
      ...{ runningCount: 2, pendingCount: 0, stabilityStatus: 'STEADY_STATE', launchType: 'FARGATE' },
      tags: [{ key: 'v', value: '1' }],
    });
    const tasks = await describeTasks(site);
    expect(tasks.map(({ startedBy, group }) => `${startedBy} ${group}`)).toEqual(
      Array(2).fill(`${made.id} service:web`),
    );
    const [steady] = eventsOf(site, 'ECS Service Action').filter(
      ({ detail }) => detail['eventName'] === 'TASKSET_STEADY_STATE',
    );
    expect(steady?.detail).toMatchObject({ taskSetArns: [made.taskSetArn] });
    expect(await describeService(site)).toMatchObject({ deployments: [], deploymentController: { type: 'EXTERNAL' } });
  });

  it('moves from one set to another, each with its own target group', async () => {
    const site = await anExternalService(2);
    const groups = [await aBalancedGroup(site, { Name: 'one' }), await aBalancedGroup(site, { Name: 'two' })];
    const sets = [];
    for (const targetGroupArn of groups) {
      const loadBalancers = [{ targetGroupArn, containerName: 'app', containerPort: 80 }];
      sets.push(await aTaskSet(site, { loadBalancers, scale: { value: 0, unit: 'PERCENT' } }));
    }
    const [first = {}, second = {}] = sets;
    const scaleTo = (taskSet: TaskSet, value: number) =>
      site.ecs.send(new UpdateTaskSetCommand({ ...PLACE, taskSet: taskSet.id, scale: { value, unit: 'PERCENT' } }));
    await scaleTo(first, 100);
    await site.ecs.send(new UpdateServicePrimaryTaskSetCommand({ ...PLACE, primaryTaskSet: first.taskSetArn }));
    await site.clock.advance(SETTLE_MS);
    expect(await targetsIn(site, groups[0] ?? '')).toHaveLength(2);
    expect(await describeService(site)).toMatchObject({ loadBalancers: [{ targetGroupArn: groups[0] }] });

    await scaleTo(second, 50);
    await site.ecs.send(new UpdateServicePrimaryTaskSetCommand({ ...PLACE, primaryTaskSet: second.id }));
    await site.clock.advance(SETTLE_MS);
    expect((await targetsIn(site, groups[1] ?? '')).map(({ state }) => state)).toEqual(['healthy']);
    expect((await describeSet(site, first)).status).toBe('ACTIVE');

    const remove = (force: boolean) => site.ecs.send(new DeleteTaskSetCommand({ ...PLACE, taskSet: first.id, force }));
    await expect(remove(false)).rejects.toMatchObject({ name: 'InvalidParameterException' });
    expect((await remove(true)).taskSet).toMatchObject({ status: 'DRAINING', computedDesiredCount: 0 });
    await site.clock.advance(SETTLE_MS + 300_000);
    expect(await targetsIn(site, groups[0] ?? '')).toEqual([]);
    expect(one((await describeService(site)).taskSets)).toMatchObject({ id: second.id, status: 'PRIMARY' });
  });

  it('follows the desired count of the service and replaces lost tasks', async () => {
    const site = await anExternalService(1);
    const made = await aTaskSet(site);
    await site.clock.advance(SETTLE_MS);
    await site.ecs.send(new UpdateServiceCommand({ ...PLACE, desiredCount: 3 }));
    await site.clock.advance(SETTLE_MS);
    expect(await describeSet(site, made)).toMatchObject({ runningCount: 3, computedDesiredCount: 3 });
    await expect(site.ecs.send(new UpdateServiceCommand({ ...PLACE, taskDefinition: 'web' }))).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
    await expect(site.ecs.send(new UpdateServiceCommand({ ...PLACE, forceNewDeployment: true }))).rejects.toThrow(
      'Cannot force a new deployment',
    );
  });

  it('writes the external id of the set into Cloud Map', async () => {
    const site = await anExternalService(1);
    const registryArn = await aRegistry(site, ['AAAA']);
    await aTaskSet(site, { externalId: 'release-7', serviceRegistries: [{ registryArn }] });
    await site.clock.advance(SETTLE_MS);
    expect(one(await instancesIn(site, registryArn)).attributes).toMatchObject({
      ECS_TASK_SET_EXTERNAL_ID: 'release-7',
    });
  });

  it('ends with its sets by force only', async () => {
    const site = await anExternalService(0);
    await aTaskSet(site);
    const remove = (force: boolean) => site.ecs.send(new DeleteServiceCommand({ ...PLACE, force }));
    await expect(remove(false)).rejects.toThrow('The service cannot be stopped while deployments are active.');
    await remove(true);
    await site.clock.advance(SETTLE_MS);
    expect(await describeService(site)).toMatchObject({ status: 'INACTIVE' });
  });
});

describe('CreateTaskSet', () => {
  it('gives the same set for the same token, and refuses what AWS refuses', async () => {
    const site = await anExternalService();
    const first = await aTaskSet(site, { clientToken: 'again' });
    expect((await aTaskSet(site, { clientToken: 'again' })).id).toBe(first.id);
    await expect(aTaskSet(site, { scale: { value: 101, unit: 'PERCENT' } })).rejects.toThrow('Scale value');
    await expect(aTaskSet(site, { taskDefinition: 'none' })).rejects.toMatchObject({ name: 'ClientException' });
    await expect(aTaskSet(site, { service: 'none' })).rejects.toMatchObject({ name: 'ServiceNotFoundException' });
    await aService(site, { serviceName: 'own' });
    await expect(aTaskSet(site, { service: 'own' })).rejects.toMatchObject({ name: 'InvalidParameterException' });
    const update = new UpdateTaskSetCommand({ ...PLACE, taskSet: 'ecs-svc/1', scale: { value: 1, unit: 'PERCENT' } });
    await expect(site.ecs.send(update)).rejects.toMatchObject({ name: 'TaskSetNotFoundException' });
    const { failures } = await site.ecs.send(new DescribeTaskSetsCommand({ ...PLACE, taskSets: ['ecs-svc/1'] }));
    expect(failures).toMatchObject([{ reason: 'MISSING' }]);
  });
});

describe('a service for CodeDeploy', () => {
  it('starts with one primary task set of all its tasks', async () => {
    const site = await aSite();
    const targetGroupArn = await aBalancedGroup(site);
    await aDefinition(site);
    const settings = { desiredCount: 2, deploymentController: { type: 'CODE_DEPLOY' } } as const;
    await expect(aService(site, settings)).rejects.toMatchObject({ name: 'InvalidParameterException' });
    await aService(site, { ...settings, loadBalancers: [{ targetGroupArn, containerName: 'app', containerPort: 80 }] });
    await site.clock.advance(SETTLE_MS);
    const service = await describeService(site);
    expect(one(service.taskSets)).toMatchObject({
      ...{ status: 'PRIMARY', startedBy: 'CODE_DEPLOY', runningCount: 2, stabilityStatus: 'STEADY_STATE' },
    });
    expect(service).toMatchObject({ deployments: [], loadBalancers: [{ targetGroupArn }] });
    await expect(site.ecs.send(new UpdateServiceCommand({ ...PLACE, taskDefinition: 'web' }))).rejects.toThrow(
      'Unable to update task definition on services with a CODE_DEPLOY deployment controller.',
    );
  });
});
