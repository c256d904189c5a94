import { describe, expect, it } from '@jest/globals';
import { setTimings } from '../../infra/local/services/ecs/timings';
import { aBalancedGroup } from '../infra/local/services/ecs/a-load-balancer';
import {
  aBridgeDefinition,
  aDefinition,
  aHost,
  aService,
  aSite,
  describeTasks,
  type Site,
} from '../infra/local/services/ecs/a-site';
import { one } from '../infra/local/services/ecs/one';
import { aCollector, aRequest, deny, judged, last } from './a-collector';
import { aHostedService, aRegisteredService, SETTLE_MS } from './a-workload';
import { RunTaskCommand, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import type { Snapshot } from '../../lib/snapshot/snapshot';

describe('a task', () => {
  it('comes with its service and revision, and not with the targets of the service', async () => {
    const site = await aSite();
    await aRegisteredService(site);
    const [task] = await describeTasks(site);
    const collector = aCollector(site);
    const snapshot = await collector.collect([aRequest('task', task?.taskArn ?? '')]);
    expect(judged(snapshot, 'task')).toEqual([task?.taskArn]);
    expect([...snapshot.judged.keys()]).toEqual(['task']);
    expect(last(snapshot.services.keys())).toEqual(['web']);
    expect(last(snapshot.taskDefinitions.keys())).toEqual(['web:1']);
    expect(collector.calls()).toEqual({
      'ec2:DescribeSubnets': 1,
      'ecs:DescribeServices': 1,
      'ecs:DescribeTaskDefinition': 1,
      'ecs:DescribeTasks': 1,
    });
  });

  it('that is being registered comes with what its service registers in, if a person asks for it', async () => {
    const site = await aSite();
    const { targetGroupArn, registryArn } = await aRegisteredService(site, 0);
    setTimings(site.scope, { step: 60_000 });
    await site.ecs.send(new UpdateServiceCommand({ cluster: 'prod', service: 'web', desiredCount: 1 }));
    await site.clock.advance(150_000);
    const task = one(await describeTasks(site));
    expect(task.lastStatus).toBe('ACTIVATING');
    const request = aRequest('task', task.taskArn ?? '');
    const collector = aCollector(site);
    const seen = await collector.collect([request], {}, { withSurroundings: true });
    expect([[...seen.targetGroups.keys()], [...seen.cloudMapServices.keys()]]).toEqual([
      [targetGroupArn],
      [registryArn],
    ]);
    expect([seen.targets.size, seen.cloudMapInstances.size]).toEqual([1, 1]);
    expect([...seen.covered]).toEqual([...seen.services.keys()]);
    for (const kind of ['service', 'target-group', 'target', 'cloudmap-service', 'cloudmap-instance'] as const) {
      expect(judged(seen, kind)).toEqual([]);
    }
    const lean = await collector.collect([request]);
    expect([lean.targetGroups.size, lean.covered.size]).toEqual([0, 0]);
    deny(site, 'servicediscovery:ListInstances');
    const denied = await collector.collect([request], {}, { withSurroundings: true });
    expect([denied.covered.size, denied.gaps.map(({ call }) => call)]).toEqual([0, ['servicediscovery:ListInstances']]);
  });

  it('of no service has its revision judged with it', async () => {
    const site = await aSite();
    await aDefinition(site);
    const network = { awsvpcConfiguration: { subnets: [site.ipv6A.id] } };
    const { tasks } = await site.ecs.send(
      new RunTaskCommand({
        cluster: 'prod',
        taskDefinition: 'web',
        launchType: 'FARGATE',
        networkConfiguration: network,
      }),
    );
    await site.clock.advance(SETTLE_MS);
    const snapshot = await aCollector(site).collect([aRequest('task', one(tasks).taskArn ?? '')]);
    expect(last(judged(snapshot, 'task-definition'))).toEqual(['web:1']);
    expect(snapshot.services.size).toBe(0);
  });

  it('on the bridge of its host comes with that host', async () => {
    const site = await aSite();
    const host = await aHostedService(site);
    const task = one(await describeTasks(site));
    const snapshot = await aCollector(site).collect([aRequest('task', task.taskArn ?? '')]);
    expect([...snapshot.containerInstances.values()].map(({ ec2InstanceId }) => ec2InstanceId)).toEqual([
      host.ec2InstanceId,
    ]);
    const [instance] = snapshot.instances.values();
    expect(instance?.interfaces[0]?.ipv6Addresses).toEqual([{ address: expect.any(String), isPrimary: true }]);
    expect([...snapshot.subnets.keys()]).toEqual([site.dualA.id]);
    const [read] = snapshot.tasks.values();
    expect(read?.bindings).toEqual([expect.objectContaining({ containerPort: 80, hostPort: expect.any(Number) })]);
    expect([...snapshot.judged.keys()]).toEqual(['task']);
  });

  it('is gone when it stopped, and when nobody remembers it', async () => {
    const site = await aSite();
    await aRegisteredService(site, 1);
    const { taskArn = '' } = one(await describeTasks(site));
    await site.ecs.send(new UpdateServiceCommand({ cluster: 'prod', service: 'web', desiredCount: 0 }));
    await site.clock.advance(600_000);
    const forgotten = taskArn.replace(/[0-9a-f]{32}$/, '0'.repeat(32));
    const snapshot = await aCollector(site).collect([aRequest('task', taskArn), aRequest('task', forgotten)]);
    expect([...snapshot.gone].sort()).toEqual([forgotten, taskArn].sort());
    expect(snapshot.tasks.size).toBe(0);
  });
});

describe('tasks of services on a host', () => {
  const onHosts = async (site: Site): Promise<string> => {
    const first = await aHost(site, { subnet: site.dualA, primaryIpv6: true });
    await aHost(site, { subnet: site.dualB, primaryIpv6: true });
    await aBridgeDefinition(site, { family: 'hosted' });
    const targetGroupArn = await aBalancedGroup(site, { TargetType: 'instance' });
    const settings = { networkConfiguration: undefined, launchType: 'EC2', desiredCount: 2 } as const;
    const named = { serviceName: 'hosted', taskDefinition: 'hosted' };
    const placementConstraints = [{ type: 'distinctInstance' as const }];
    await aService(site, { ...named, ...settings, placementConstraints });
    const loadBalancers = [{ targetGroupArn, containerName: 'app', containerPort: 80 }];
    await aService(site, { ...named, serviceName: 'behind', ...settings, placementConstraints, loadBalancers });
    await site.clock.advance(SETTLE_MS);
    return first.ec2InstanceId;
  };
  const names = ({ tasks }: Snapshot) => [...tasks.values()].map(({ serviceName }) => serviceName).sort();

  it('elsewhere are read where people ask about it, if they are registered with load balancers', async () => {
    const site = await aSite();
    const id = await onHosts(site);
    const collector = aCollector(site);
    const snapshot = await collector.collect([aRequest('instance', id)], {}, { withSurroundings: true });
    expect(names(snapshot)).toEqual(['behind', 'behind', 'hosted']);
    expect(judged(snapshot, 'task')).toEqual([]);
    expect(snapshot.instances.size).toBe(2);
  });

  it('elsewhere are left out where an event does', async () => {
    const site = await aSite();
    const snapshot = await aCollector(site).collect([aRequest('instance', await onHosts(site))]);
    expect(names(snapshot)).toEqual(['behind', 'hosted']);
  });
});
