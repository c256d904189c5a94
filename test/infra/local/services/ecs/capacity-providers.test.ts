import { DescribeInstancesCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  CreateCapacityProviderCommand,
  DeleteCapacityProviderCommand,
  DescribeCapacityProvidersCommand,
  PutClusterCapacityProvidersCommand,
  RunTaskCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';
import { describe, expect, it } from '@jest/globals';
import { clientSettings } from '../../../../support/local-account';
import { aBalancedGroup, targetsIn } from './a-load-balancer';
import type { Site } from './a-site';
import {
  aBridgeDefinition,
  aDefinition,
  aService,
  aSite,
  containerInstances,
  describeService,
  describeTasks,
} from './a-site';
import { one } from './one';

const ROLE = 'arn:aws:iam::111122223333:role/ecs-infrastructure';
const PROFILE = 'arn:aws:iam::111122223333:instance-profile/ecs-instance';
const SETTLE_MS = 90_000;

function aManagedProvider(site: Site, changes: object = {}, template: object = {}) {
  return site.ecs.send(
    new CreateCapacityProviderCommand({
      name: 'managed',
      cluster: 'prod',
      managedInstancesProvider: {
        infrastructureRoleArn: ROLE,
        instanceLaunchTemplate: {
          ec2InstanceProfileArn: PROFILE,
          networkConfiguration: { subnets: [site.ipv6A.id, site.ipv6B.id] },
          ...template,
        },
        infrastructureOptimization: { scaleInAfter: 60 },
      },
      ...changes,
    }),
  );
}

function aManagedDefinition(site: Site) {
  return aDefinition(site, { requiresCompatibilities: ['MANAGED_INSTANCES'], cpu: '1024', memory: '2048' });
}

const STRATEGY = [{ capacityProvider: 'managed', weight: 1 }];

describe('capacity providers', () => {
  it('of Fargate are always there; others are made, changed and deleted', async () => {
    const site = await aSite();
    const names = async () => {
      const { capacityProviders = [] } = await site.ecs.send(new DescribeCapacityProvidersCommand({}));
      return capacityProviders.map(({ name, type }) => `${name} ${type}`);
    };
    expect(await names()).toEqual(['FARGATE FARGATE', 'FARGATE_SPOT FARGATE_SPOT']);
    const { capacityProvider } = await aManagedProvider(site, { tags: [{ key: 'team', value: 'a' }] });
    expect(capacityProvider).toMatchObject({
      ...{ name: 'managed', cluster: 'prod', status: 'ACTIVE', type: 'MANAGED_INSTANCES' },
      capacityProviderArn: 'arn:aws:ecs:eu-west-2:111122223333:capacity-provider/managed',
    });
    await expect(aManagedProvider(site)).rejects.toThrow('already exists');
    const { failures } = await site.ecs.send(new DescribeCapacityProvidersCommand({ capacityProviders: ['none'] }));
    expect(failures).toMatchObject([{ reason: 'MISSING' }]);
    await site.ecs.send(new DeleteCapacityProviderCommand({ capacityProvider: 'managed', cluster: 'prod' }));
    expect(await names()).toHaveLength(2);
  });

  it.each([
    { fault: 'a name of AWS', changes: { name: 'fargate-two' }, name: 'ClientException' },
    { fault: 'no cluster', changes: { cluster: undefined }, name: 'InvalidParameterException' },
    { fault: 'an unknown cluster', changes: { cluster: 'none' }, name: 'ClusterNotFoundException' },
    {
      fault: 'no subnets',
      template: { networkConfiguration: { subnets: [] } },
      name: 'InvalidParameterException',
    },
    {
      fault: 'an unknown subnet',
      template: { networkConfiguration: { subnets: ['subnet-1'] } },
      name: 'InvalidParameterException',
    },
    { fault: 'no profile', template: { ec2InstanceProfileArn: 'me' }, name: 'InvalidParameterException' },
    { fault: 'a parameter that would do nothing here', template: { fipsEnabled: true }, name: 'NotImplemented' },
  ])('are refused with $fault', async ({ changes, template, name }) => {
    await expect(aManagedProvider(await aSite(), changes, template)).rejects.toMatchObject({ name });
  });

  it('of a cluster can be exchanged unless they are in use', async () => {
    const site = await aSite();
    await aDefinition(site);
    await aService(site, {
      launchType: undefined,
      capacityProviderStrategy: [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }],
    });
    const put = (capacityProviders: string[], strategy: { capacityProvider: string; base?: number }[] = []) =>
      site.ecs.send(
        new PutClusterCapacityProvidersCommand({
          ...{ cluster: 'prod', capacityProviders, defaultCapacityProviderStrategy: strategy },
        }),
      );
    await expect(put(['FARGATE'])).rejects.toMatchObject({ name: 'ResourceInUseException' });
    await expect(put(['none'])).rejects.toMatchObject({ name: 'InvalidParameterException' });
    await expect(put(['FARGATE_SPOT'], [{ capacityProvider: 'FARGATE' }])).rejects.toThrow('not found');
    const { cluster } = await put(['FARGATE_SPOT'], [{ capacityProvider: 'FARGATE_SPOT', base: 1 }]);
    expect(cluster).toMatchObject({
      capacityProviders: ['FARGATE_SPOT'],
      defaultCapacityProviderStrategy: [{ capacityProvider: 'FARGATE_SPOT', base: 1 }],
    });
    const remove = await site.ecs
      .send(new DeleteCapacityProviderCommand({ capacityProvider: 'FARGATE' }))
      .catch(String);
    expect(remove).toMatch('reserved');
  });
});

describe('Managed Instances', () => {
  it('come for tasks that wait, carry the mark of ECS, and go when they are idle', async () => {
    const site = await aSite();
    await aManagedProvider(site);
    await aManagedDefinition(site);
    await aService(site, { desiredCount: 3, launchType: undefined, capacityProviderStrategy: STRATEGY });
    await site.clock.advance(2_000);
    const waiting = await describeTasks(site);
    expect(
      new Set(waiting.map(({ lastStatus, containerInstanceArn }) => `${lastStatus} ${containerInstanceArn}`)),
    ).toEqual(new Set(['PROVISIONING undefined']));
    await site.clock.advance(SETTLE_MS);

    const tasks = await describeTasks(site);
    expect(new Set(tasks.map((task) => `${task.lastStatus} ${task.launchType} ${task.capacityProviderName}`))).toEqual(
      new Set(['RUNNING MANAGED_INSTANCES managed']),
    );
    const host = one(await containerInstances(site));
    expect(host).toMatchObject({ capacityProviderName: 'managed', runningTasksCount: 3 });
    const ec2 = new EC2Client(clientSettings(site.account));
    const describeHost = async () => {
      const { Reservations } = await ec2.send(
        new DescribeInstancesCommand({ InstanceIds: [host.ec2InstanceId ?? ''] }),
      );
      return one(one(Reservations).Instances);
    };
    expect(await describeHost()).toMatchObject({
      ...{ State: { Name: 'running' }, Operator: { Managed: true, Principal: 'ecs.amazonaws.com' } },
      NetworkInterfaces: [{ Ipv6Addresses: [{ IsPrimaryIpv6: true }] }],
    });
    expect(one((await describeService(site)).deployments)).toMatchObject({ rolloutState: 'COMPLETED' });

    await site.ecs.send(new UpdateServiceCommand({ cluster: 'prod', service: 'web', desiredCount: 0 }));
    await site.clock.advance(300_000);
    expect(await containerInstances(site)).toEqual([]);
    expect((await describeHost()).State?.Name).toBe('terminated');
  });

  it('are of a type that the requirements allow and the task fits', async () => {
    const site = await aSite();
    await aManagedProvider(
      site,
      {},
      {
        instanceRequirements: { vCpuCount: { min: 4, max: 8 }, memoryMiB: { min: 1024 }, allowedInstanceTypes: ['m*'] },
      },
    );
    await aManagedDefinition(site);
    await aService(site, { launchType: undefined, capacityProviderStrategy: STRATEGY });
    await site.clock.advance(SETTLE_MS);
    const host = one(await containerInstances(site));
    expect(host.attributes?.find(({ name }) => name === 'ecs.instance-type')?.value).toMatch(/^m\d\w*\.xlarge$/);
  });

  it('take their place behind a load balancer, and no tasks of others', async () => {
    const site = await aSite();
    await aManagedProvider(site);
    const targetGroupArn = await aBalancedGroup(site);
    await aManagedDefinition(site);
    const loadBalancers = [{ targetGroupArn, containerName: 'app', containerPort: 80 }];
    await aService(site, { launchType: undefined, capacityProviderStrategy: STRATEGY, loadBalancers });
    await site.clock.advance(2 * SETTLE_MS);
    expect((await targetsIn(site, targetGroupArn)).map(({ state }) => state)).toEqual(['healthy']);
    await aBridgeDefinition(site, { family: 'bridge' });
    const { failures } = await site.ecs.send(
      new RunTaskCommand({ cluster: 'prod', taskDefinition: 'bridge', launchType: 'EC2' }),
    );
    expect(failures).toHaveLength(1);
  });

  it('never come for a task that fits none of them', async () => {
    const site = await aSite();
    await aManagedProvider(
      site,
      {},
      { instanceRequirements: { vCpuCount: { min: 1, max: 1 }, memoryMiB: { min: 1 } } },
    );
    await aManagedDefinition(site);
    const { tasks } = await site.ecs.send(
      new RunTaskCommand({
        ...{ cluster: 'prod', taskDefinition: 'web', capacityProviderStrategy: STRATEGY },
        networkConfiguration: { awsvpcConfiguration: { subnets: [site.ipv6A.id] } },
      }),
    );
    await site.clock.advance(SETTLE_MS);
    expect(one(await describeTasks(site))).toMatchObject({
      ...{ taskArn: one(tasks).taskArn, lastStatus: 'PROVISIONING', launchType: 'MANAGED_INSTANCES' },
    });
  });
});
