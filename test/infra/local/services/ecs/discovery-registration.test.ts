import { DeregisterContainerInstanceCommand, StopTaskCommand, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { DeregisterInstanceCommand } from '@aws-sdk/client-servicediscovery';
import { describe, expect, it } from '@jest/globals';
import type { Subnet } from '../../../../../infra/local/services/ec2/subnet';
import { setTimings } from '../../../../../infra/local/services/ecs/timings';
import { aRegistry, cloudMapOf, instancesIn } from './a-load-balancer';
import type { Site } from './a-site';
import { aBridgeDefinition, aDefinition, aHost, aService, aSite, describeService, describeTasks } from './a-site';
import { one } from './one';

const SETTLE_MS = 15_000;

function serviceId(registryArn: string): string {
  return registryArn.slice(registryArn.lastIndexOf('/') + 1);
}

describe('a service with a Cloud Map registry', () => {
  async function aDiscoverableService(site: Site): Promise<string> {
    const registryArn = await aRegistry(site, ['AAAA']);
    await aDefinition(site);
    await aService(site, { serviceRegistries: [{ registryArn }] });
    await site.clock.advance(SETTLE_MS);
    return registryArn;
  }

  it('has an instance for each task, with the attributes that ECS writes', async () => {
    const site = await aSite();
    const registry = await aDiscoverableService(site);
    const task = one(await describeTasks(site));
    const instance = one(await instancesIn(site, registry));
    expect(task.taskArn).toMatch(new RegExp(`/${instance.id}$`));
    expect(instance.attributes).toEqual({
      AWS_INSTANCE_IPV6: one(one(task.containers).networkInterfaces).ipv6Address,
      AVAILABILITY_ZONE: task.availabilityZone,
      REGION: 'eu-west-2',
      ECS_SERVICE_NAME: 'web',
      ECS_CLUSTER_NAME: 'prod',
      ECS_TASK_DEFINITION_FAMILY: 'web',
    });
  });

  it('puts back an instance that somebody else deregistered', async () => {
    const site = await aSite();
    const registry = await aDiscoverableService(site);
    const { id } = one(await instancesIn(site, registry));
    await cloudMapOf(site).send(new DeregisterInstanceCommand({ ServiceId: serviceId(registry), InstanceId: id }));
    await site.clock.advance(2_000);
    expect(await instancesIn(site, registry)).toEqual([]);
    await site.clock.advance(15_000);
    expect(one(await instancesIn(site, registry)).id).toBe(id);
  });

  it('does not complain while Cloud Map is still at work', async () => {
    const site = await aSite();
    setTimings(site.scope, { reconcile: 300 });
    const registry = await aDiscoverableService(site);
    const { id } = one(await instancesIn(site, registry));
    await cloudMapOf(site).send(new DeregisterInstanceCommand({ ServiceId: serviceId(registry), InstanceId: id }));
    await site.clock.advance(5_000);
    expect(one(await instancesIn(site, registry)).id).toBe(id);
    const { events = [] } = await describeService(site);
    expect(events.filter(({ message = '' }) => message.includes('failed'))).toEqual([]);
  });

  it('leaves nothing behind when a task stops while Cloud Map is still at work on it', async () => {
    const site = await aSite();
    const registryArn = await aRegistry(site, ['AAAA']);
    await aDefinition(site);
    await aService(site, { serviceRegistries: [{ registryArn }] });
    // the task has just been registered
    await site.clock.advance(2_600);
    const task = one(await describeTasks(site));
    expect(task.lastStatus).toBe('ACTIVATING');
    await site.ecs.send(new UpdateServiceCommand({ cluster: 'prod', service: 'web', desiredCount: 0 }));
    await site.ecs.send(new StopTaskCommand({ cluster: 'prod', task: task.taskArn }));
    await site.clock.advance(10_000);
    expect(await instancesIn(site, registryArn)).toEqual([]);
    expect(one(await describeTasks(site, 'STOPPED')).lastStatus).toBe('STOPPED');
  });

  it('leaves nothing behind when a host is lost at that moment', async () => {
    const site = await aSite();
    const registryArn = await aRegistry(site, ['SRV']);
    await aBridgeDefinition(site);
    const host = await aHost(site, { subnet: site.dualA });
    await aService(site, {
      ...{ launchType: 'EC2', networkConfiguration: undefined },
      serviceRegistries: [{ registryArn, containerName: 'app', containerPort: 80 }],
    });
    await site.clock.advance(1_600);
    expect(one(await describeTasks(site)).lastStatus).toBe('ACTIVATING');
    await site.ecs.send(
      new DeregisterContainerInstanceCommand({ cluster: 'prod', containerInstance: host.arn, force: true }),
    );
    await site.clock.advance(10_000);
    expect(await instancesIn(site, registryArn)).toEqual([]);
  });

  it('takes the instance out when the service goes', async () => {
    const site = await aSite();
    const registry = await aDiscoverableService(site);
    await site.ecs.send(new UpdateServiceCommand({ cluster: 'prod', service: 'web', desiredCount: 0 }));
    await site.clock.advance(10_000);
    expect(await instancesIn(site, registry)).toEqual([]);
  });
});

describe('a bridge service with a Cloud Map registry', () => {
  async function aBridgeService(site: Site, subnet: Subnet, primaryIpv6: boolean): Promise<string> {
    const registryArn = await aRegistry(site, ['SRV']);
    await aBridgeDefinition(site);
    await aHost(site, { subnet, primaryIpv6 });
    await aService(site, {
      ...{ launchType: 'EC2', networkConfiguration: undefined },
      serviceRegistries: [{ registryArn, containerName: 'app', containerPort: 80 }],
    });
    await site.clock.advance(SETTLE_MS);
    return registryArn;
  }

  it('has the host’s addresses and port', async () => {
    const site = await aSite();
    const registry = await aBridgeService(site, site.dualA, true);
    const { containers, containerInstanceArn } = one(await describeTasks(site));
    const { hostPort } = one(one(containers).networkBindings);
    const { attributes } = one(await instancesIn(site, registry));
    expect(attributes).toMatchObject({
      AWS_INSTANCE_PORT: String(hostPort),
      AWS_INSTANCE_IPV4: expect.stringMatching(/^10\.0\.3\./),
      AWS_INSTANCE_IPV6: expect.stringContaining(':'),
      EC2_INSTANCE_ID: expect.stringMatching(/^i-/),
    });
    expect(containerInstanceArn).toBeDefined();
  });

  it('is refused on an IPv6-only host without a primary IPv6 address', async () => {
    const site = await aSite();
    const registry = await aBridgeService(site, site.ipv6A, false);
    expect(await instancesIn(site, registry)).toEqual([]);
    const [stopped] = await describeTasks(site, 'STOPPED');
    expect(stopped?.stoppedReason).toMatch(/failed to register instance in \(service-registry .*AWS_INSTANCE_IPV6/);
  });
});
