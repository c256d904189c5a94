import { describe, expect, it } from '@jest/globals';
import { aSite } from '../infra/local/services/ecs/a-site';
import { aBalancedGroup } from '../infra/local/services/ecs/a-load-balancer';
import { aCollector, aRequest, everything } from './a-collector';
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
