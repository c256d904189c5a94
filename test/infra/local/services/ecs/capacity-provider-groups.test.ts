import {
  AutoScalingClient,
  CreateAutoScalingGroupCommand,
  DescribeAutoScalingGroupsCommand,
} from '@aws-sdk/client-auto-scaling';
import { CreateLaunchTemplateCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  CreateCapacityProviderCommand,
  DeleteCapacityProviderCommand,
  PutClusterCapacityProvidersCommand,
  UpdateCapacityProviderCommand,
} from '@aws-sdk/client-ecs';
import { describe, expect, it } from '@jest/globals';
import { clientSettings } from '../../../../support/local-account';
import type { Site } from './a-site';
import { aBridgeDefinition, aService, aSite, containerInstances, describeTasks } from './a-site';
import { one } from './one';

describe('a provider with an Auto Scaling group', () => {
  async function aGroup(site: Site): Promise<string> {
    const ec2 = new EC2Client(clientSettings(site.account));
    const UserData = Buffer.from('#!/bin/bash\necho ECS_CLUSTER=prod >> /etc/ecs/ecs.config').toString('base64');
    await ec2.send(
      new CreateLaunchTemplateCommand({
        LaunchTemplateName: 'hosts',
        LaunchTemplateData: { ImageId: 'ami-0ec5a120230000001', InstanceType: 'm5.large', UserData },
      }),
    );
    const scaling = new AutoScalingClient(clientSettings(site.account));
    await scaling.send(
      new CreateAutoScalingGroupCommand({
        ...{ AutoScalingGroupName: 'hosts', MinSize: 0, MaxSize: 2, DesiredCapacity: 0 },
        ...{ LaunchTemplate: { LaunchTemplateName: 'hosts' }, VPCZoneIdentifier: `${site.dualA.id},${site.dualB.id}` },
      }),
    );
    const { AutoScalingGroups } = await scaling.send(new DescribeAutoScalingGroupsCommand({}));
    return one(AutoScalingGroups).AutoScalingGroupARN ?? '';
  }

  function create(site: Site, autoScalingGroupArn: string, settings: object = {}) {
    const autoScalingGroupProvider = { autoScalingGroupArn, ...settings };
    return site.ecs.send(new CreateCapacityProviderCommand({ name: 'hosts', autoScalingGroupProvider }));
  }

  it('has limits and defaults', async () => {
    const site = await aSite();
    const arn = await aGroup(site);
    await expect(create(site, `${arn}-none`)).rejects.toMatchObject({ name: 'ClientException' });
    const refused = { name: 'ClientException' };
    await expect(create(site, arn, { managedScaling: { targetCapacity: 101 } })).rejects.toMatchObject(refused);
    await expect(create(site, arn, { managedTerminationProtection: 'ENABLED' })).rejects.toMatchObject(refused);
    expect((await create(site, arn)).capacityProvider).toMatchObject({
      type: 'EC2_AUTOSCALING',
      autoScalingGroupProvider: {
        managedScaling: { status: 'DISABLED', targetCapacity: 100 },
        ...{ managedDraining: 'ENABLED', managedTerminationProtection: 'DISABLED' },
      },
    });
    const update = (name: string) =>
      site.ecs.send(
        new UpdateCapacityProviderCommand({ name, autoScalingGroupProvider: { managedDraining: 'DISABLED' } }),
      );
    expect((await update('hosts')).capacityProvider?.autoScalingGroupProvider?.managedDraining).toBe('DISABLED');
    await expect(update('FARGATE')).rejects.toMatchObject(refused);
    await site.ecs.send(
      new PutClusterCapacityProvidersCommand({
        ...{ cluster: 'prod', capacityProviders: ['hosts'], defaultCapacityProviderStrategy: [] },
      }),
    );
    const { capacityProvider } = await site.ecs.send(new DeleteCapacityProviderCommand({ capacityProvider: 'hosts' }));
    expect(capacityProvider).toMatchObject({
      ...{ status: 'ACTIVE', updateStatus: 'DELETE_FAILED' },
      updateStatusReason: expect.stringMatching(/associated with cluster: prod/),
    });
  });

  it('makes its group larger for tasks that wait, as far as the group allows', async () => {
    const site = await aSite();
    await create(site, await aGroup(site), { managedScaling: { status: 'ENABLED' } });
    await site.ecs.send(
      new PutClusterCapacityProvidersCommand({
        ...{ cluster: 'prod', capacityProviders: ['hosts'] },
        defaultCapacityProviderStrategy: [{ capacityProvider: 'hosts', weight: 1 }],
      }),
    );
    await aBridgeDefinition(site, {
      containerDefinitions: [{ name: 'app', image: 'nginx', cpu: 1_024, memory: 512 }],
    });
    await aService(site, { desiredCount: 6, launchType: undefined, networkConfiguration: undefined });
    await site.clock.advance(300_000);
    const tasks = await describeTasks(site);
    const of = (status: string) => tasks.filter(({ lastStatus }) => lastStatus === status);
    expect([of('RUNNING').length, of('PROVISIONING').length]).toEqual([4, 2]);
    const hosts = await containerInstances(site);
    expect(
      hosts.map(({ capacityProviderName, runningTasksCount }) => [capacityProviderName, runningTasksCount]),
    ).toEqual([
      ['hosts', 2],
      ['hosts', 2],
    ]);
  });
});
