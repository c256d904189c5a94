import { DeleteServiceCommand, StopTaskCommand, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { describe, expect, it } from '@jest/globals';
import { createNetworkInterface } from '../../../../../infra/local/services/ec2/network-interface-lifecycle';
import type { Subnet } from '../../../../../infra/local/services/ec2/subnet';
import { createSubnet } from '../../../../../infra/local/services/ec2/subnet';
import type { Site } from './a-site';
import { aDefinition, aService, aSite, describeService, describeTasks, eventsOf } from './a-site';
import { one } from './one';

const SETTLE_MS = 15_000;

function update({ ecs }: Site, changes: object) {
  return ecs.send(new UpdateServiceCommand({ cluster: 'prod', service: 'web', ...changes }));
}

async function aSettledService(site: Site, desiredCount: number): Promise<void> {
  await aDefinition(site);
  await aService(site, { desiredCount });
  await site.clock.advance(SETTLE_MS);
}

describe('a Fargate service', () => {
  it('starts its tasks, spread over subnets, and reaches a steady state once', async () => {
    const site = await aSite();
    await aDefinition(site);
    const created = await aService(site, { desiredCount: 4 });
    expect(created).toMatchObject({
      status: 'ACTIVE',
      runningCount: 0,
      deployments: [{ rolloutState: 'IN_PROGRESS' }],
    });
    await site.clock.advance(60_000);

    const tasks = await describeTasks(site);
    const zones = tasks.map(({ availabilityZone }) => availabilityZone).sort();
    expect(zones).toEqual(['eu-west-2a', 'eu-west-2a', 'eu-west-2b', 'eu-west-2b']);
    const deployment = one((await describeService(site)).deployments);
    expect(new Set(tasks.map(({ group, startedBy }) => `${group} ${startedBy}`))).toEqual(
      new Set([`service:web ${deployment.id}`]),
    );
    expect(deployment).toMatchObject({ runningCount: 4, rolloutState: 'COMPLETED', platformVersion: '1.4.0' });
    expect(deployment.id).toMatch(/^ecs-svc\/\d{19}$/);
    const actions = eventsOf(site, 'ECS Service Action').map(({ detail }) => detail['eventName']);
    expect(actions).toEqual(['SERVICE_STEADY_STATE']);
    const rollouts = eventsOf(site, 'ECS Deployment State Change');
    expect(rollouts.map(({ detail }) => detail['eventName'])).toEqual([
      'SERVICE_DEPLOYMENT_IN_PROGRESS',
      'SERVICE_DEPLOYMENT_COMPLETED',
    ]);
    expect(rollouts[0]).toMatchObject({ resources: [created.serviceArn], detail: { deploymentId: deployment.id } });
  });

  it('replaces a task that somebody stops', async () => {
    const site = await aSite();
    await aSettledService(site, 1);
    const first = one(await describeTasks(site));
    await site.ecs.send(new StopTaskCommand({ cluster: 'prod', task: first.taskArn }));
    await site.clock.advance(SETTLE_MS);
    const second = one(await describeTasks(site));
    expect(second).toMatchObject({ lastStatus: 'RUNNING' });
    expect(second.taskArn).not.toBe(first.taskArn);
  });

  it('scales down and up', async () => {
    const site = await aSite();
    await aSettledService(site, 3);
    await update(site, { desiredCount: 1 });
    await site.clock.advance(SETTLE_MS);
    expect(await describeTasks(site)).toHaveLength(1);
    const { stoppedReason } = (await describeTasks(site, 'STOPPED'))[0] ?? {};
    expect(stoppedReason).toMatch(/^Scaling activity initiated by \(deployment ecs-svc\/\d+\)$/);
    await update(site, { desiredCount: 2 });
    await site.clock.advance(SETTLE_MS);
    expect(await describeService(site)).toMatchObject({ desiredCount: 2, runningCount: 2, deployments: [{}] });
  });

  it('rolls out a new revision without falling below its minimum', async () => {
    const site = await aSite();
    await aSettledService(site, 2);
    const next = await aDefinition(site, { cpu: '512', memory: '1024' });
    await update(site, { taskDefinition: next });
    const running: number[] = [];
    const deployments: number[] = [];
    for (let second = 0; second < 20; second++) {
      await site.clock.advance(1_000);
      const service = await describeService(site);
      running.push(service.runningCount ?? 0);
      deployments.push(service.deployments?.length ?? 0);
    }
    expect(Math.min(...running)).toBeGreaterThanOrEqual(2);
    expect(Math.max(...deployments)).toBe(2);
    const tasks = await describeTasks(site);
    expect(tasks.map(({ taskDefinitionArn, cpu }) => `${taskDefinitionArn} ${cpu}`)).toEqual([
      `${next} 512`,
      `${next} 512`,
    ]);
    expect(one((await describeService(site)).deployments)).toMatchObject({
      status: 'PRIMARY',
      rolloutState: 'COMPLETED',
    });
  });

  it('moves to other subnets by a deployment, and keeps still when only Exec is switched', async () => {
    const site = await aSite();
    await aDefinition(site, { taskRoleArn: 'arn:aws:iam::111122223333:role/task' });
    await aService(site);
    await site.clock.advance(SETTLE_MS);
    const before = one(await describeTasks(site));
    await update(site, { enableExecuteCommand: true });
    await site.clock.advance(SETTLE_MS);
    expect(one(await describeTasks(site))).toMatchObject({ taskArn: before.taskArn, enableExecuteCommand: false });

    await update(site, { networkConfiguration: { awsvpcConfiguration: { subnets: [site.dualA.id] } } });
    await site.clock.advance(2 * SETTLE_MS);
    const after = one(await describeTasks(site));
    expect(one(one(after.containers).networkInterfaces).privateIpv4Address).toBeDefined();
    expect(after).toMatchObject({
      enableExecuteCommand: true,
      containers: [{ managedAgents: [{ lastStatus: 'RUNNING' }] }],
    });
  });

  it('ends when it is deleted by force, and its name is free again', async () => {
    const site = await aSite();
    await aSettledService(site, 2);
    const deletion = { cluster: 'prod', service: 'web' };
    await expect(site.ecs.send(new DeleteServiceCommand(deletion))).rejects.toThrow(/scaled above 0/);
    const { service } = await site.ecs.send(new DeleteServiceCommand({ ...deletion, force: true }));
    expect(service).toMatchObject({ status: 'DRAINING', desiredCount: 0 });
    await site.clock.advance(SETTLE_MS);
    expect(await describeService(site)).toMatchObject({ status: 'INACTIVE', runningCount: 0, deployments: [] });
    expect(await describeTasks(site)).toEqual([]);
    expect(await aService(site)).toMatchObject({ status: 'ACTIVE' });
  });

  it('gives up on a deployment when its circuit breaker trips, and goes back to the last good one', async () => {
    const site = await aSite();
    await aDefinition(site);
    await aService(site, {
      deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: true } },
    });
    await site.clock.advance(SETTLE_MS);
    const good = one((await describeService(site)).deployments).taskDefinition;
    const bad = await aDefinition(site, { family: 'bad' });
    // no interface can be had in a subnet without a free address
    await update(site, {
      taskDefinition: bad,
      networkConfiguration: { awsvpcConfiguration: { subnets: [aFullSubnet(site).id] } },
    });
    await site.clock.advance(10 * 60_000);
    const service = await describeService(site);
    expect(one(service.deployments)).toMatchObject({ taskDefinition: good, rolloutState: 'COMPLETED' });
    const names = eventsOf(site, 'ECS Deployment State Change').map(({ detail }) => detail['eventName']);
    expect(names).toContain('SERVICE_DEPLOYMENT_FAILED');
    expect(service.runningCount).toBe(1);
  });
});

/** A subnet with no address left. */
function aFullSubnet({ scope, vpc }: Site): Subnet {
  const subnet = createSubnet(scope, { vpcId: vpc.id, cidrBlock: '10.0.99.0/28', zoneName: 'eu-west-2a' });
  // a /28 has 16 addresses, of which AWS keeps 5
  for (let taken = 0; taken < 11; taken++) createNetworkInterface(scope, { subnetId: subnet.id });
  return subnet;
}
