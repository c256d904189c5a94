import { CreateClusterCommand, paginateListTasks } from '@aws-sdk/client-ecs';
import { describe, expect, it } from '@jest/globals';
import { aDefinition, aService, aSite, type Site } from '../infra/local/services/ecs/a-site';
import { aCollector, aRequest, everything, judged, total, wholeCluster } from './a-collector';
import { aHostedService, aRegisteredService, SETTLE_MS } from './a-workload';

async function taskArns({ ecs }: Site, serviceName: string): Promise<readonly string[]> {
  const arns: string[] = [];
  for await (const page of paginateListTasks({ client: ecs }, { cluster: 'prod', serviceName }))
    arns.push(...(page.taskArns ?? []));
  return arns;
}

describe('how many calls it takes', () => {
  it('a thousand events of tasks of one service take thirteen', async () => {
    const site = await aSite();
    await aDefinition(site);
    await aService(site, { desiredCount: 1_000 });
    await site.clock.advance(SETTLE_MS);
    const arns = await taskArns(site, 'web');
    const collector = aCollector(site);
    const snapshot = await collector.collect(arns.map((arn) => aRequest('task', arn)));
    expect(judged(snapshot, 'task')).toHaveLength(1_000);
    expect(collector.calls()).toEqual({
      'ecs:DescribeTasks': 10,
      'ecs:DescribeServices': 1,
      'ecs:DescribeTaskDefinition': 1,
      'ec2:DescribeSubnets': 1,
    });
    // the revision is known by now
    await collector.collect(arns.map((arn) => aRequest('task', arn)));
    expect(total(collector.calls())).toBe(12);
  });

  it('a sweep takes one list and one batch for each cluster and kind, and one call for each target group', async () => {
    const site = await aSite();
    await aRegisteredService(site);
    await aHostedService(site);
    await site.ecs.send(new CreateClusterCommand({ clusterName: 'empty' }));
    const collector = aCollector(site);
    await collector.collect([everything]);
    expect(collector.calls()).toEqual({
      'ec2:DescribeFlowLogs': 1,
      'ec2:DescribeImages': 1,
      'ec2:DescribeInstanceTypes': 1,
      'ec2:DescribeInstances': 1,
      'ec2:DescribeNetworkAcls': 1,
      'ec2:DescribeRouteTables': 1,
      'ec2:DescribeSecurityGroups': 1,
      // those of load balancers besides
      'ec2:DescribeSubnets': 2,
      'ec2:DescribeVpcEndpoints': 1,
      'ec2:DescribeVpcs': 1,
      'ecs:DescribeClusters': 1,
      'ecs:DescribeContainerInstances': 1,
      'ecs:DescribeServices': 1,
      'ecs:DescribeTaskDefinition': 2,
      'ecs:DescribeTasks': 1,
      'ecs:ListAccountSettings': 2,
      'ecs:ListClusters': 1,
      'ecs:ListContainerInstances': 1,
      // the empty cluster is asked for services all the same
      'ecs:ListServices': 2,
      'ecs:ListTasks': 1,
      'elasticloadbalancing:DescribeLoadBalancers': 1,
      'elasticloadbalancing:DescribeTargetGroups': 1,
      'elasticloadbalancing:DescribeTargetHealth': 1,
      'servicediscovery:GetService': 1,
      'servicediscovery:ListInstances': 1,
    });
  });

  it('tasks of many services are listed by cluster where that takes fewer calls, and nobody else sees the difference', async () => {
    const site = await aSite();
    await aDefinition(site);
    const names = ['a', 'b', 'c', 'd', 'e'];
    for (const serviceName of [...names, 'other']) await aService(site, { serviceName, desiredCount: 2 });
    await site.clock.advance(SETTLE_MS);
    const collector = aCollector(site);
    const snapshot = await collector.collect(names.map((name) => aRequest('service', name, { cluster: 'prod' })));
    expect(collector.calls()).toMatchObject({ 'ecs:DescribeClusters': 1, 'ecs:ListTasks': 1, 'ecs:DescribeTasks': 1 });
    expect(judged(snapshot, 'task')).toHaveLength(10);
    expect(snapshot.tasks.size).toBe(10);
    expect(snapshot.clusters.size).toBe(0);

    await collector.collect(['a', 'b'].map((name) => aRequest('service', name, { cluster: 'prod' })));
    const ofTwo = collector.calls();
    expect(ofTwo).toMatchObject({ 'ecs:ListTasks': 2 });
    expect(ofTwo).not.toHaveProperty(['ecs:DescribeClusters']);
  });

  it('many requests take no more than their widest', async () => {
    const site = await aSite();
    await aRegisteredService(site);
    const collector = aCollector(site);
    await collector.collect([everything]);
    const alone = total(collector.calls());
    const tasks = (await taskArns(site, 'web')).map((arn) => aRequest('task', arn));
    const web = aRequest('service', 'web', { cluster: 'prod' });
    await collector.collect([...tasks, wholeCluster, web, everything]);
    // the revision is known by then
    expect(total(collector.calls())).toBe(alone - 1);
  });
});
