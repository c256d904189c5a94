import type { CreateServiceCommandInput } from '@aws-sdk/client-ecs';
import { CreateServiceCommand, ListServicesCommand } from '@aws-sdk/client-ecs';
import { describe, expect, it } from '@jest/globals';
import { aBalancedGroup, aRegistry, aTargetGroup } from './a-load-balancer';
import type { Site } from './a-site';
import { aBridgeDefinition, aDefinition, aService, aSite, describeService } from './a-site';
import { one } from './one';

const ARN = 'arn:aws:ecs:eu-west-2:111122223333:service';

/** The refusal of a service, and proof that nothing was made. */
async function refusal(site: Site, changes: Partial<CreateServiceCommandInput>): Promise<unknown> {
  const error = await aService(site, changes).catch((caught: unknown) => caught);
  const { serviceArns } = await site.ecs.send(new ListServicesCommand({ cluster: 'prod' }));
  expect(serviceArns).toEqual([]);
  return error;
}

describe('CreateService', () => {
  it('shows the service as DescribeServices does', async () => {
    const site = await aSite();
    await aDefinition(site);
    const created = await aService(site, { tags: [{ key: 'team', value: 'web' }], enableECSManagedTags: true });
    expect(created).toEqual(await describeService(site));
    expect(created).toMatchObject({
      ...{ serviceArn: `${ARN}/prod/web`, status: 'ACTIVE', desiredCount: 1, launchType: 'FARGATE' },
      ...{ platformVersion: 'LATEST', platformFamily: 'Linux', schedulingStrategy: 'REPLICA', propagateTags: 'NONE' },
      ...{ enableExecuteCommand: false, loadBalancers: [], serviceRegistries: [], placementConstraints: [] },
      roleArn: 'arn:aws:iam::111122223333:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS',
      deploymentConfiguration: {
        ...{ maximumPercent: 200, minimumHealthyPercent: 100 },
        deploymentCircuitBreaker: { enable: false, rollback: false },
      },
      networkConfiguration: {
        awsvpcConfiguration: { subnets: [site.ipv6A.id, site.ipv6B.id], assignPublicIp: 'DISABLED' },
      },
      deployments: [{ status: 'PRIMARY', desiredCount: 1, failedTasks: 0, launchType: 'FARGATE' }],
      tags: [{ key: 'team', value: 'web' }],
    });
  });

  it('shows a strategy instead of a launch type', async () => {
    const site = await aSite();
    await aDefinition(site);
    const capacityProviderStrategy = [{ capacityProvider: 'FARGATE_SPOT', weight: 1, base: 0 }];
    const service = await aService(site, { launchType: undefined, capacityProviderStrategy });
    expect(service).toMatchObject({ capacityProviderStrategy });
    expect(service).not.toHaveProperty('launchType');
    expect(one(service.deployments)).not.toHaveProperty('launchType');
  });

  it('is idempotent, and only that', async () => {
    const site = await aSite();
    await aDefinition(site);
    await aService(site);
    await aService(site);
    await expect(aService(site, { desiredCount: 2 })).rejects.toThrow('Creation of service was not idempotent.');
  });

  it.each<{ fault: string; changes: Partial<CreateServiceCommandInput>; name: string; message: RegExp }>([
    {
      fault: 'no task definition',
      changes: { taskDefinition: undefined },
      name: 'InvalidParameterException',
      message: /TaskDefinition/,
    },
    {
      fault: 'an unknown task definition',
      changes: { taskDefinition: 'none' },
      name: 'ClientException',
      message: /not found/,
    },
    {
      fault: 'no count',
      changes: { desiredCount: undefined },
      name: 'InvalidParameterException',
      message: /desiredCount/,
    },
    {
      fault: 'a bad name',
      changes: { serviceName: 'a b' },
      name: 'InvalidParameterException',
      message: /Service name/,
    },
    { fault: 'a daemon', changes: { schedulingStrategy: 'DAEMON' }, name: 'NotImplemented', message: /DAEMON/ },
    {
      fault: 'shifting traffic in steps',
      changes: { deploymentConfiguration: { strategy: 'LINEAR' } },
      name: 'NotImplemented',
      message: /LINEAR/,
    },
    {
      fault: 'percentages that block',
      changes: { deploymentConfiguration: { maximumPercent: 100 } },
      name: 'InvalidParameterException',
      message: /block deployments/,
    },
    {
      fault: 'a public address on EC2',
      changes: {
        launchType: 'EC2',
        networkConfiguration: { awsvpcConfiguration: { subnets: ['any'], assignPublicIp: 'ENABLED' } },
      },
      name: 'InvalidParameterException',
      message: /public IP/,
    },
    {
      fault: 'a provider that the cluster lacks',
      changes: { launchType: undefined, capacityProviderStrategy: [{ capacityProvider: 'mine' }] },
      name: 'InvalidParameterException',
      message: /mine/,
    },
    {
      fault: 'grace without a load balancer',
      changes: { healthCheckGracePeriodSeconds: 5 },
      name: 'InvalidParameterException',
      message: /grace period/,
    },
    {
      fault: 'a group that is not there',
      changes: { loadBalancers: [{ targetGroupArn: 'arn:none', containerName: 'app', containerPort: 80 }] },
      name: 'InvalidParameterException',
      message: /arn:none/,
    },
    {
      fault: 'an unknown container',
      changes: { loadBalancers: [{ targetGroupArn: 'arn:none', containerName: 'sidecar', containerPort: 80 }] },
      name: 'InvalidParameterException',
      message: /container sidecar does not exist/,
    },
    {
      fault: 'a port nobody listens on',
      changes: { loadBalancers: [{ targetGroupArn: 'arn:none', containerName: 'app', containerPort: 81 }] },
      name: 'InvalidParameterException',
      message: /did not have a container port 81/,
    },
    {
      fault: 'a registry that is not there',
      changes: { serviceRegistries: [{ registryArn: 'arn:none' }] },
      name: 'InvalidParameterException',
      message: /arn:none/,
    },
  ])('refuses $fault', async ({ changes, name, message }) => {
    const site = await aSite();
    await aDefinition(site);
    expect(await refusal(site, changes)).toMatchObject({ name, message: expect.stringMatching(message) });
  });

  it('refuses what it could not honour, by name', async () => {
    const site = await aSite();
    await aDefinition(site);
    const error = await refusal(site, { availabilityZoneRebalancing: 'ENABLED' });
    expect(error).toMatchObject({ message: expect.stringContaining('availabilityZoneRebalancing') });
  });

  describe('with a target group', () => {
    const balanced = (targetGroupArn: string) => ({
      loadBalancers: [{ targetGroupArn, containerName: 'app', containerPort: 80 }],
    });

    it('needs one that a load balancer uses', async () => {
      const site = await aSite();
      await aDefinition(site);
      const error = await refusal(site, balanced(await aTargetGroup(site)));
      expect(error).toMatchObject({ message: expect.stringContaining('does not have an associated load balancer') });
    });

    it('needs target type ip for awsvpc', async () => {
      const site = await aSite();
      await aDefinition(site);
      const error = await refusal(site, balanced(await aBalancedGroup(site, { TargetType: 'instance' })));
      expect(error).toMatchObject({
        message: expect.stringContaining(
          'has target type instance, which is incompatible with the awsvpc network mode',
        ),
      });
    });

    it('needs target type instance for a bridge', async () => {
      const site = await aSite();
      await aBridgeDefinition(site);
      const error = await refusal(site, {
        ...balanced(await aBalancedGroup(site)),
        ...{ launchType: 'EC2', networkConfiguration: undefined },
      });
      expect(error).toMatchObject({
        message: expect.stringContaining('has target type ip, which is incompatible with the bridge network mode'),
      });
    });
  });

  describe('with a registry', () => {
    it('needs a port for SRV records', async () => {
      const site = await aSite();
      await aDefinition(site);
      const registryArn = await aRegistry(site, ['SRV']);
      expect(await refusal(site, { serviceRegistries: [{ registryArn }] })).toMatchObject({
        message: expect.stringContaining("needs 'port', or 'containerName' and 'containerPort'"),
      });
      await aService(site, { serviceRegistries: [{ registryArn, port: 80 }] });
      expect((await describeService(site)).serviceRegistries).toEqual([{ registryArn, port: 80 }]);
    });

    it('needs SRV records on a bridge', async () => {
      const site = await aSite();
      await aBridgeDefinition(site);
      const registryArn = await aRegistry(site, ['AAAA']);
      const error = await refusal(site, {
        ...{ launchType: 'EC2', networkConfiguration: undefined },
        serviceRegistries: [{ registryArn, containerName: 'app', containerPort: 80 }],
      });
      expect(error).toMatchObject({ message: expect.stringContaining('SRV records only') });
    });
  });
});

/** The creation as another caller would write it. */
it('CreateService takes cluster and task definition by ARN', async () => {
  const site = await aSite();
  const taskDefinition = await aDefinition(site);
  const { service } = await site.ecs.send(
    new CreateServiceCommand({
      ...{ cluster: 'arn:aws:ecs:eu-west-2:111122223333:cluster/prod', serviceName: 'web', taskDefinition },
      ...{ desiredCount: 0, launchType: 'FARGATE' },
      networkConfiguration: { awsvpcConfiguration: { subnets: [site.dualA.id] } },
    }),
  );
  expect(service).toMatchObject({ serviceName: 'web', taskDefinition });
});
