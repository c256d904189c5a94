import { DeregisterTargetsCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { DeregisterInstanceCommand } from '@aws-sdk/client-servicediscovery';
import { UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { describe, expect, it } from '@jest/globals';
import { aBalancedGroup, aRegistry, cloudMapOf, elbOf, instancesIn, targetsIn } from './a-load-balancer';
import type { Site } from './a-site';
import {
  aBridgeDefinition,
  aDefinition,
  aHost,
  aService,
  aSite,
  describeService,
  describeTasks,
  eventsOf,
} from './a-site';
import { one } from './one';

/** From the creation of a service to its steady state, health checks included. */
const SETTLE_MS = 90_000;
/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html#deregistration-delay */
const DRAINING_MS = 300_000;

async function aBalancedService(site: Site, desiredCount = 1): Promise<string> {
  const targetGroupArn = await aBalancedGroup(site);
  await aDefinition(site);
  await aService(site, {
    desiredCount,
    loadBalancers: [{ targetGroupArn, containerName: 'app', containerPort: 80 }],
  });
  await site.clock.advance(SETTLE_MS);
  return targetGroupArn;
}

function messages(texts: readonly { readonly message?: string | undefined }[] | undefined): string[] {
  return (texts ?? []).map(({ message = '' }) => message);
}

describe('an IPv6-only service behind a load balancer', () => {
  it('has every task registered by its IPv6 address and container port', async () => {
    const site = await aSite();
    const group = await aBalancedService(site, 2);
    const tasks = await describeTasks(site);
    const addresses = tasks.map(({ containers }) => one(one(containers).networkInterfaces).ipv6Address);
    const targets = await targetsIn(site, group);
    expect(targets.map(({ id }) => id).sort()).toEqual([...addresses].sort());
    expect(new Set(targets.map(({ port, state }) => `${port} ${state}`))).toEqual(new Set(['80 healthy']));
    const service = await describeService(site);
    expect(service).toMatchObject({ runningCount: 2, pendingCount: 0, deployments: [{ rolloutState: 'COMPLETED' }] });
    expect(messages(service.events)[0]).toBe('(service web) has reached a steady state.');
  });

  it('puts back a target that somebody else deregistered, once draining lets it', async () => {
    const site = await aSite();
    const group = await aBalancedService(site);
    const { id, port } = one(await targetsIn(site, group));

    await elbOf(site).send(new DeregisterTargetsCommand({ TargetGroupArn: group, Targets: [{ Id: id, Port: port }] }));
    await site.clock.advance(20_000);
    expect(one(await targetsIn(site, group)).state).toBe('draining');
    expect(messages((await describeService(site)).events)[0]).toMatch(
      /failed to register targets in .*being deregistered/,
    );

    await site.clock.advance(DRAINING_MS + SETTLE_MS);
    expect(await targetsIn(site, group)).toEqual([{ id, port, state: 'healthy' }]);
    expect(one(await describeTasks(site)).lastStatus).toBe('RUNNING');
  });

  it('takes a stopping task out, lets it drain, and only then lets go of its interface', async () => {
    const site = await aSite();
    const group = await aBalancedService(site);
    await site.ecs.send(new UpdateServiceCommand({ cluster: 'prod', service: 'web', desiredCount: 0 }));
    await site.clock.advance(10_000);
    const stopping = one(await describeTasks(site, 'STOPPED'));
    expect(stopping).toMatchObject({ lastStatus: 'DEACTIVATING', stopCode: 'ServiceSchedulerInitiated' });
    expect(one(await targetsIn(site, group)).state).toBe('draining');

    await site.clock.advance(DRAINING_MS);
    expect(await targetsIn(site, group)).toEqual([]);
    expect(one(await describeTasks(site, 'STOPPED')).lastStatus).toBe('STOPPED');
  });
});

describe('a service whose target group speaks the wrong family', () => {
  it('never gets a task to RUNNING, says why, and tries less and less often', async () => {
    const site = await aSite();
    const targetGroupArn = await aBalancedGroup(site, { IpAddressType: 'ipv4' });
    await aDefinition(site);
    await aService(site, { loadBalancers: [{ targetGroupArn, containerName: 'app', containerPort: 80 }] });
    await site.clock.advance(10 * 60_000);

    const changes = eventsOf(site, 'ECS Task State Change').map(({ detail }) => detail['lastStatus']);
    expect(changes).not.toContain('RUNNING');
    expect(changes).toContain('ACTIVATING');
    const stopped = await describeTasks(site, 'STOPPED');
    expect(stopped.length).toBeGreaterThanOrEqual(4);
    expect(stopped.length).toBeLessThanOrEqual(7);
    expect(stopped[0]).toMatchObject({ stopCode: 'TaskFailedToStart' });
    expect(stopped[0]?.stoppedReason).toMatch(/failed to register targets in \(target-group .*\) with \(error .*IPv4/);
    const service = await describeService(site);
    expect(messages(service.events).join('\n')).toMatch(
      /\(service web\) failed to register targets in \(target-group /,
    );
    expect(one(service.deployments)).toMatchObject({ rolloutState: 'IN_PROGRESS', failedTasks: stopped.length });
    const impaired = eventsOf(site, 'ECS Service Action').map(({ detail }) => detail['eventName']);
    expect(impaired).toContain('SERVICE_TASK_START_IMPAIRED');
  });
});

describe('a bridge service behind an IPv6 target group', () => {
  async function aBridgeService(site: Site, primaryIpv6: boolean): Promise<string> {
    const targetGroupArn = await aBalancedGroup(site, { TargetType: 'instance' });
    await aBridgeDefinition(site);
    await aHost(site, { subnet: site.dualA, primaryIpv6 });
    await aService(site, {
      ...{ launchType: 'EC2', networkConfiguration: undefined },
      loadBalancers: [{ targetGroupArn, containerName: 'app', containerPort: 80 }],
    });
    await site.clock.advance(SETTLE_MS);
    return targetGroupArn;
  }

  it('registers instance and host port where the instance has a primary IPv6 address', async () => {
    const site = await aSite();
    const group = await aBridgeService(site, true);
    const task = one(await describeTasks(site));
    const { hostPort = 0 } = one(one(task.containers).networkBindings);
    expect(hostPort).toBeGreaterThanOrEqual(32_768);
    const target = one(await targetsIn(site, group));
    expect(target).toMatchObject({ port: hostPort, state: 'healthy' });
    expect(target.id).toMatch(/^i-/);
    expect(task).toMatchObject({ attachments: [], lastStatus: 'RUNNING' });
  });

  it('is refused where it has none', async () => {
    const site = await aSite();
    await aBridgeService(site, false);
    const [stopped] = await describeTasks(site, 'STOPPED');
    expect(stopped?.stoppedReason).toMatch(/because of missing primary IPv6 addresses/);
    expect((await describeService(site)).runningCount).toBe(0);
  });
});

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
    const ServiceId = registry.slice(registry.lastIndexOf('/') + 1);
    await cloudMapOf(site).send(new DeregisterInstanceCommand({ ServiceId, InstanceId: id }));
    await site.clock.advance(2_000);
    expect(await instancesIn(site, registry)).toEqual([]);
    await site.clock.advance(15_000);
    expect(one(await instancesIn(site, registry)).id).toBe(id);
  });

  it('takes the instance out when the service goes', async () => {
    const site = await aSite();
    const registry = await aDiscoverableService(site);
    await site.ecs.send(new UpdateServiceCommand({ cluster: 'prod', service: 'web', desiredCount: 0 }));
    await site.clock.advance(10_000);
    expect(await instancesIn(site, registry)).toEqual([]);
  });
});
