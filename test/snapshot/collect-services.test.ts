import { describe, expect, it } from '@jest/globals';
import {
  aBridgeDefinition,
  aDefinition,
  aHost,
  aService,
  aSite,
  describeTasks,
} from '../infra/local/services/ecs/a-site';
import { aCollector, aRequest, judged, last } from './a-collector';
import { aRegisteredService, SETTLE_MS } from './a-workload';
import { DeleteServiceCommand } from '@aws-sdk/client-ecs';

const serviceArn = 'arn:aws:ecs:eu-west-2:111122223333:service/prod/web';
const webService = aRequest('service', serviceArn);

describe('a service', () => {
  it('comes with its tasks, revision, targets and Cloud Map instances, all of them judged', async () => {
    const site = await aSite();
    const { targetGroupArn, registryArn } = await aRegisteredService(site);
    const snapshot = await aCollector(site).collect([webService]);
    expect(snapshot.gaps).toEqual([]);
    expect(judged(snapshot, 'service')).toEqual([serviceArn]);
    expect(judged(snapshot, 'task')).toEqual((await describeTasks(site)).map(({ taskArn }) => taskArn).sort());
    expect(last(judged(snapshot, 'task-definition'))).toEqual(['web:1']);
    expect(judged(snapshot, 'target-group')).toEqual([targetGroupArn]);
    expect(judged(snapshot, 'cloudmap-service')).toEqual([registryArn]);
    const addresses = [...snapshot.tasks.values()].flatMap(({ ipv6Addresses }) => ipv6Addresses).sort();
    expect([...snapshot.targets.values()].map(({ targetId }) => targetId).sort()).toEqual(addresses);
    expect([...snapshot.cloudMapInstances.values()].map(({ ipv6 }) => ipv6).sort()).toEqual(addresses);
    expect(judged(snapshot, 'target')).toHaveLength(2);
    expect(judged(snapshot, 'cloudmap-instance')).toHaveLength(2);
    expect([...snapshot.covered].sort()).toEqual([targetGroupArn, registryArn].sort());
    expect([...snapshot.subnets.keys()].sort()).toEqual([site.ipv6A.id, site.ipv6B.id].sort());
  });

  it('can be asked for by its name and that of its cluster', async () => {
    const site = await aSite();
    await aRegisteredService(site, 1);
    const snapshot = await aCollector(site).collect([aRequest('service', 'web', { cluster: 'prod' })]);
    expect(judged(snapshot, 'service')).toEqual([serviceArn]);
  });

  it('is gone once it is deleted', async () => {
    const site = await aSite();
    await aDefinition(site);
    await aService(site, { desiredCount: 0 });
    await site.clock.advance(SETTLE_MS);
    await site.ecs.send(new DeleteServiceCommand({ cluster: 'prod', service: 'web' }));
    await site.clock.advance(SETTLE_MS);
    const snapshot = await aCollector(site).collect([webService, aRequest('service', 'never', { cluster: 'prod' })]);
    expect(last(snapshot.gone)).toEqual(['never', 'web']);
    expect(snapshot.services.size).toBe(0);
    expect(snapshot.gaps).toEqual([]);
  });

  it('is gone with its cluster', async () => {
    const site = await aSite();
    const snapshot = await aCollector(site).collect([aRequest('service', 'web', { cluster: 'other' })]);
    expect(last(snapshot.gone)).toEqual(['web']);
    expect(snapshot.gaps).toEqual([]);
  });

  it('without tasks and subnets comes with the hosts on which it could be placed', async () => {
    const site = await aSite();
    const host = await aHost(site, { subnet: site.dualA, primaryIpv6: true });
    await aBridgeDefinition(site, { family: 'hosted' });
    const settings = { networkConfiguration: undefined, launchType: 'EC2', desiredCount: 0 } as const;
    await aService(site, { serviceName: 'hosted', taskDefinition: 'hosted', ...settings });
    const snapshot = await aCollector(site).collect([aRequest('service', 'hosted', { cluster: 'prod' })]);
    expect([...snapshot.instances.keys()]).toEqual([host.ec2InstanceId]);
    expect(judged(snapshot, 'instance')).toEqual([]);
  });
});
