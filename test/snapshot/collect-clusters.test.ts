import { describe, expect, it } from '@jest/globals';
import { aSite, describeTasks } from '../infra/local/services/ecs/a-site';
import { one } from '../infra/local/services/ecs/one';
import { aCollector, aRequest, clusterArn, everything, judged, last, wholeCluster } from './a-collector';
import { aHostedService, aRegisteredService } from './a-workload';
import { StopTaskCommand, UpdateServiceCommand } from '@aws-sdk/client-ecs';

const serviceArn = 'arn:aws:ecs:eu-west-2:111122223333:service/prod/web';
const webService = aRequest('service', serviceArn);

describe('a cluster and an account', () => {
  it('come with everything in them, and say that they do', async () => {
    const site = await aSite();
    const { targetGroupArn, registryArn } = await aRegisteredService(site);
    const host = await aHostedService(site);
    const collector = aCollector(site);
    for (const request of [wholeCluster, everything]) {
      const snapshot = await collector.collect([request]);
      expect(snapshot.gaps).toEqual([]);
      expect(judged(snapshot, 'cluster')).toEqual([clusterArn]);
      expect(last(judged(snapshot, 'service'))).toEqual(['hosted', 'web']);
      expect(judged(snapshot, 'task')).toHaveLength(3);
      expect(last(judged(snapshot, 'task-definition'))).toEqual(['hosted:1', 'web:1']);
      expect(judged(snapshot, 'instance')).toEqual([host.ec2InstanceId]);
      expect(judged(snapshot, 'target')).toHaveLength(2);
      expect(judged(snapshot, 'cloudmap-instance')).toHaveLength(2);
      const whole = request === everything ? ['111122223333'] : [];
      expect([...snapshot.covered].sort()).toEqual([...whole, clusterArn, targetGroupArn, registryArn].sort());
    }
  });

  it('take a task that stopped meanwhile for gone, although no list names it', async () => {
    const site = await aSite();
    await aRegisteredService(site, 1);
    const { taskArn = '' } = one(await describeTasks(site));
    await site.ecs.send(new StopTaskCommand({ cluster: 'prod', task: taskArn }));
    await site.clock.advance(600_000);
    const snapshot = await aCollector(site).collect([wholeCluster, aRequest('task', taskArn)]);
    expect([...snapshot.gone]).toEqual([taskArn]);
    expect(judged(snapshot, 'task')).toHaveLength(1);
  });

  it('have the tasks that start after the cluster was counted', async () => {
    const site = await aSite();
    await aRegisteredService(site, 0);
    site.account.interceptors.push(async ({ operation }) => {
      if (operation !== 'ListServices') return;
      site.account.interceptors.length = 0;
      await site.ecs.send(new UpdateServiceCommand({ cluster: 'prod', service: 'web', desiredCount: 1 }));
      await site.clock.advance(300_000);
    });
    const snapshot = await aCollector(site).collect([everything]);
    expect(judged(snapshot, 'target')).toHaveLength(1);
    expect(judged(snapshot, 'task')).toHaveLength(1);
  });

  it('are gone when they do not exist', async () => {
    const site = await aSite();
    const snapshot = await aCollector(site).collect([aRequest('cluster', 'other')]);
    expect([...snapshot.gone]).toEqual(['arn:aws:ecs:eu-west-2:111122223333:cluster/other']);
    expect(snapshot.covered.size).toBe(0);
  });

  it('read tags of groups and registries only where they may be written or matched', async () => {
    const site = await aSite();
    const { targetGroupArn, registryArn } = await aRegisteredService(site, 1);
    const collector = aCollector(site);
    const observed = await collector.collect([webService]);
    expect(observed.targetGroups.get(targetGroupArn)?.tags).toBeUndefined();
    expect(collector.calls()).not.toHaveProperty('elasticloadbalancing:DescribeTags');
    const tagged = await collector.collect([webService], { mode: 'tag' });
    expect(tagged.targetGroups.get(targetGroupArn)?.tags).toEqual({});
    expect(tagged.cloudMapServices.get(registryArn)?.tags).toEqual({});
  });
});
