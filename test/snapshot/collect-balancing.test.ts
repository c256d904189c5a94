import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  ModifyTargetGroupAttributesCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { describe, expect, it } from '@jest/globals';
import { aDefinition, aService, aSite, type Site } from '../infra/local/services/ecs/a-site';
import { aBalancedGroup, aTargetGroup, elbOf } from '../infra/local/services/ecs/a-load-balancer';
import { aCollector, aRequest, deny, everything, wholeCluster } from './a-collector';
import { aRegisteredService } from './a-workload';

describe('load balancers', () => {
  it('come with the groups of judged services: where they stand, and which groups of rules they have', async () => {
    const site = await aSite();
    const { targetGroupArn } = await aRegisteredService(site, 1);
    await aBalancedGroup(site, { Name: 'of-nobody' });
    const snapshot = await aCollector(site).collect([everything]);
    const [balancer, ...others] = [...snapshot.loadBalancers.values()];
    expect(others).toEqual([]);
    expect(snapshot.targetGroups.get(targetGroupArn)?.loadBalancerArns).toEqual([balancer?.arn]);
    expect(balancer).toMatchObject({
      name: 'lb-web',
      type: 'application',
      ipAddressType: 'dualstack',
      state: 'active',
      vpcId: site.vpc.id,
      subnetIds: [site.dualA.id, site.dualB.id],
    });
    expect(balancer?.securityGroupIds).toHaveLength(1);
  });

  it('are not read where only a group is looked at', async () => {
    const site = await aSite();
    const { targetGroupArn } = await aRegisteredService(site, 1);
    const collector = aCollector(site);
    const snapshot = await collector.collect([aRequest('target-group', targetGroupArn)]);
    expect(snapshot.loadBalancers.size).toBe(0);
    expect(collector.calls()).not.toHaveProperty(['elasticloadbalancing:DescribeLoadBalancers']);
  });
});

describe('attributes of groups behind Network Load Balancers', () => {
  /** `web` behind a Network Load Balancer. */
  async function behindNetwork(site: Site): Promise<string> {
    const elb = elbOf(site);
    const TargetGroupArn = await aTargetGroup(site, { Protocol: 'TCP', HealthCheckPort: '9000' });
    const { LoadBalancers = [] } = await elb.send(
      new CreateLoadBalancerCommand({
        Name: 'edge',
        Type: 'network',
        Subnets: [site.dualA.id],
        IpAddressType: 'dualstack',
      }),
    );
    await site.clock.advance(60_000);
    const DefaultActions = [{ Type: 'forward' as const, TargetGroupArn }];
    const LoadBalancerArn = LoadBalancers[0]?.LoadBalancerArn;
    await elb.send(new CreateListenerCommand({ LoadBalancerArn, Protocol: 'TCP', Port: 80, DefaultActions }));
    await aDefinition(site);
    const loadBalancers = [{ targetGroupArn: TargetGroupArn, containerName: 'app', containerPort: 80 }];
    await aService(site, { loadBalancers, desiredCount: 0 });
    return TargetGroupArn;
  }

  it('tell whether targets see the addresses of clients', async () => {
    const site = await aSite();
    const arn = await behindNetwork(site);
    const collector = aCollector(site);
    const before = await collector.collect([everything]);
    expect(before.targetGroups.get(arn)?.healthCheckPort).toBe(9000);
    expect([...before.targetGroupSettings.values()]).toEqual([{ arn, preservesClientIp: false }]);
    const Attributes = [{ Key: 'preserve_client_ip.enabled', Value: 'true' }];
    await elbOf(site).send(new ModifyTargetGroupAttributesCommand({ TargetGroupArn: arn, Attributes }));
    expect((await collector.collect([everything])).targetGroupSettings.get(arn)?.preservesClientIp).toBe(true);
    expect((await collector.collect([wholeCluster])).targetGroupSettings.size).toBe(0);
  });

  it('are a gap where they may not be read, and are not read of others', async () => {
    const site = await aSite();
    const arn = await behindNetwork(site);
    deny(site, 'elasticloadbalancing:DescribeTargetGroupAttributes');
    const { gaps } = await aCollector(site).collect([everything]);
    expect(gaps).toMatchObject([{ collection: 'targetGroupSettings', reason: 'AccessDenied', resources: [arn] }]);
    const other = await aSite();
    await aRegisteredService(other, 1);
    const collector = aCollector(other);
    await collector.collect([everything]);
    expect(collector.calls()).not.toHaveProperty(['elasticloadbalancing:DescribeTargetGroupAttributes']);
  });
});
