import { DeregisterTargetsCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Task } from '@aws-sdk/client-ecs';
import { UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { describe, expect, it } from '@jest/globals';
import { allNetworkInterfaces } from '../../../../../infra/local/services/ec2/network-interface';
import { releaseNetworkInterface } from '../../../../../infra/local/services/ec2/network-interface-lifecycle';
import { aBalancedGroup, elbOf, targetsIn } from './a-load-balancer';
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
/** Two checks that fail, 30 s apart, and the scheduler's look at them. */
const UNHEALTHY_MS = 100_000;

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

/** The address answers no longer. */
function loseInterface({ scope }: Site, task: Task): void {
  const address = one(one(task.containers).networkInterfaces).ipv6Address;
  const held = allNetworkInterfaces(scope).find(({ ipv6 }) => ipv6[0]?.address === address);
  if (held) releaseNetworkInterface(scope, held);
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
    const complaints = messages((await describeService(site)).events).filter((text) => text.includes('failed'));
    expect(complaints).toHaveLength(1);
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

describe('a service behind a load balancer', () => {
  it('keeps its old task until the new one is healthy', async () => {
    const site = await aSite();
    const group = await aBalancedService(site);
    const old = one(await describeTasks(site));
    await site.ecs.send(new UpdateServiceCommand({ cluster: 'prod', service: 'web', forceNewDeployment: true }));
    await site.clock.advance(5_000);
    const both = await describeTasks(site);
    expect(both.map(({ lastStatus }) => lastStatus)).toEqual(['RUNNING', 'RUNNING']);
    expect((await targetsIn(site, group)).map(({ state }) => state).sort()).toEqual(['healthy', 'initial']);
    expect((await describeService(site)).deployments).toHaveLength(2);

    await site.clock.advance(SETTLE_MS);
    const left = one(await describeTasks(site));
    expect(left.taskArn).not.toBe(old.taskArn);
    expect(one((await describeService(site)).deployments).rolloutState).toBe('COMPLETED');
  });

  it('replaces a task that its target group finds unhealthy', async () => {
    const site = await aSite();
    const group = await aBalancedService(site);
    const sick = one(await describeTasks(site));
    loseInterface(site, sick);
    await site.clock.advance(UNHEALTHY_MS);
    expect((await describeTasks(site, 'STOPPED'))[0]).toMatchObject({
      ...{ taskArn: sick.taskArn, stopCode: 'ServiceSchedulerInitiated' },
      stoppedReason: `Task failed ELB health checks in (target-group ${group})`,
    });
    expect(one(await describeTasks(site)).lastStatus).toBe('RUNNING');
  });

  it('lets a task be unhealthy for its grace period', async () => {
    const site = await aSite();
    await aBalancedService(site);
    const healthCheckGracePeriodSeconds = (SETTLE_MS + UNHEALTHY_MS) / 1_000;
    await site.ecs.send(new UpdateServiceCommand({ cluster: 'prod', service: 'web', healthCheckGracePeriodSeconds }));
    const sick = one(await describeTasks(site));
    loseInterface(site, sick);
    await site.clock.advance(UNHEALTHY_MS - 10_000);
    expect(one(await describeTasks(site)).taskArn).toBe(sick.taskArn);
    await site.clock.advance(SETTLE_MS);
    expect(one(await describeTasks(site)).taskArn).not.toBe(sick.taskArn);
  });

  it.each([
    { family: 'ipv4', pattern: /^10\.0\.3\./ },
    { family: 'ipv6', pattern: /:/ },
  ] as const)('offers the $family address of a dual-stack task to an $family group', async ({ family, pattern }) => {
    const site = await aSite();
    const targetGroupArn = await aBalancedGroup(site, { IpAddressType: family });
    await aDefinition(site);
    await aService(site, {
      loadBalancers: [{ targetGroupArn, containerName: 'app', containerPort: 80 }],
      networkConfiguration: { awsvpcConfiguration: { subnets: [site.dualA.id] } },
    });
    await site.clock.advance(SETTLE_MS);
    expect(one(await targetsIn(site, targetGroupArn))).toMatchObject({
      ...{ id: expect.stringMatching(pattern), state: 'healthy' },
    });
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
