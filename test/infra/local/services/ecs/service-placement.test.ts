import { DescribeContainerInstancesCommand, UpdateContainerInstancesStateCommand } from '@aws-sdk/client-ecs';
import { describe, expect, it } from '@jest/globals';
import { findInstance } from '../../../../../infra/local/services/ec2/instance';
import { terminateInstance } from '../../../../../infra/local/services/ec2/instance-lifecycle';
import type { Site } from './a-site';
import { aBridgeDefinition, aHost, aService, aSite, describeService, describeTasks, eventsOf } from './a-site';
import { one } from './one';

const SETTLE_MS = 15_000;

describe('a bridge service', () => {
  async function aSettledBridgeService(site: Site, desiredCount: number): Promise<void> {
    await aBridgeDefinition(site);
    await aService(site, { desiredCount, launchType: 'EC2', networkConfiguration: undefined });
    await site.clock.advance(SETTLE_MS);
  }

  it('waits for a container instance and says so', async () => {
    const site = await aSite();
    await aSettledBridgeService(site, 1);
    expect(await describeTasks(site)).toEqual([]);
    const { events = [] } = await describeService(site);
    expect(events[0]?.message).toMatch(/unable to place a task .* No Container Instances were found in your cluster/);
    const failure = eventsOf(site, 'ECS Service Action').at(-1);
    expect(failure?.detail).toMatchObject({ eventType: 'ERROR', eventName: 'SERVICE_TASK_PLACEMENT_FAILURE' });

    // by now the scheduler waits for minutes between tries
    await site.clock.advance(6 * 60_000);
    await aHost(site, { subnet: site.dualA });
    await site.clock.advance(SETTLE_MS);
    expect(one(await describeTasks(site)).lastStatus).toBe('RUNNING');
  });

  it('spreads over zones, and binds the wildcard of the family that each host speaks', async () => {
    const site = await aSite();
    const hosts = [await aHost(site, { subnet: site.dualA }), await aHost(site, { subnet: site.ipv6B })];
    await aSettledBridgeService(site, 4);
    const tasks = await describeTasks(site);
    const perHost = hosts.map(({ arn }) => tasks.filter(({ containerInstanceArn }) => containerInstanceArn === arn));
    expect(perHost.map(({ length }) => length)).toEqual([2, 2]);
    const bindings = perHost.map((own) => own.flatMap(({ containers }) => one(containers).networkBindings ?? []));
    expect(bindings.map((own) => [...new Set(own.map(({ bindIP }) => bindIP))])).toEqual([['0.0.0.0'], ['::']]);
    for (const own of bindings) expect(new Set(own.map(({ hostPort }) => hostPort)).size).toBe(2);
  });

  it('does not put two tasks with the same host port on one instance', async () => {
    const site = await aSite();
    const host = await aHost(site, { subnet: site.dualA });
    const portMappings = [{ containerPort: 80, hostPort: 8080 }];
    await aBridgeDefinition(site, {
      containerDefinitions: [{ name: 'app', image: 'nginx', memory: 64, portMappings }],
    });
    await aService(site, { desiredCount: 2, launchType: 'EC2', networkConfiguration: undefined });
    await site.clock.advance(SETTLE_MS);
    expect(await describeTasks(site)).toHaveLength(1);
    const failure = eventsOf(site, 'ECS Service Action').at(-1);
    expect(failure?.detail).toMatchObject({ reason: 'RESOURCE:PORTS', containerInstanceArns: [host.arn] });
    const { events = [] } = await describeService(site);
    expect(events[0]?.message).toContain(
      `(container-instance ${host.id}) is already using a port required by your task`,
    );
  });

  it('moves away from an instance that drains', async () => {
    const site = await aSite();
    const draining = await aHost(site, { subnet: site.dualA });
    await aSettledBridgeService(site, 2);
    const spare = await aHost(site, { subnet: site.dualB });
    await site.ecs.send(
      new UpdateContainerInstancesStateCommand({
        ...{ cluster: 'prod', containerInstances: [draining.id], status: 'DRAINING' },
      }),
    );
    await site.clock.advance(2 * SETTLE_MS);
    const tasks = await describeTasks(site);
    expect(tasks.map(({ containerInstanceArn }) => containerInstanceArn)).toEqual([spare.arn, spare.arn]);
    const { containerInstances = [] } = await site.ecs.send(
      new DescribeContainerInstancesCommand({ cluster: 'prod', containerInstances: [draining.arn] }),
    );
    expect(one(containerInstances)).toMatchObject({ status: 'DRAINING', runningTasksCount: 0, pendingTasksCount: 0 });
  });

  it('replaces the tasks of an instance that EC2 terminates, which leaves the cluster', async () => {
    const site = await aSite();
    const lost = await aHost(site, { subnet: site.dualA });
    await aSettledBridgeService(site, 1);
    await aHost(site, { subnet: site.dualB });
    const instance = findInstance(site.scope, lost.ec2InstanceId);
    if (!instance) throw new Error('The instance is not there.');
    terminateInstance(site.scope, instance);
    await site.clock.advance(SETTLE_MS);

    expect(one(await describeTasks(site, 'STOPPED'))).toMatchObject({
      ...{ stopCode: 'TerminationNotice', lastStatus: 'STOPPED' },
      stoppedReason: `Host EC2 (instance ${lost.ec2InstanceId}) terminated.`,
    });
    expect(one(await describeTasks(site))).toMatchObject({ availabilityZone: 'eu-west-2b', lastStatus: 'RUNNING' });
    const changes = eventsOf(site, 'ECS Container Instance State Change').filter(
      ({ resources }) => resources[0] === lost.arn,
    );
    expect(changes.at(-1)?.detail).toMatchObject({ status: 'INACTIVE', agentConnected: false, runningTasksCount: 0 });
  });
});
