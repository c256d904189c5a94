import { describe, expect, it } from '@jest/globals';
import { aHost, anInstance, aSite } from '../infra/local/services/ecs/a-site';
import { aCollector, aRequest, judged, last } from './a-collector';
import { aHostedService, aRegisteredService } from './a-workload';
import { clientSettings } from '../support/local-account';
import {
  CreateNetworkInterfaceCommand,
  DescribeInstancesCommand,
  EC2Client,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2';

describe('an instance', () => {
  it('is found in its cluster, and judged with the host that ECS knows it as', async () => {
    const site = await aSite();
    const host = await aHostedService(site);
    const snapshot = await aCollector(site).collect([aRequest('instance', host.ec2InstanceId)]);
    expect(judged(snapshot, 'instance')).toEqual([host.ec2InstanceId]);
    expect(judged(snapshot, 'container-instance')).toHaveLength(1);
    expect([...snapshot.judged.keys()].sort()).toEqual(['container-instance', 'instance']);
    // what runs there, and what could
    expect(snapshot.tasks.size).toBe(1);
    expect(last(snapshot.services.keys())).toEqual(['hosted']);
    expect(last(snapshot.taskDefinitions.keys())).toEqual(['hosted:1']);
  });

  it('comes with the target groups of services that could be placed on it', async () => {
    const site = await aSite();
    const { targetGroupArn } = await aRegisteredService(site, 1);
    const { ec2InstanceId } = await aHost(site, { subnet: site.dualA });
    const snapshot = await aCollector(site).collect([aRequest('instance', ec2InstanceId)]);
    expect(snapshot.targetGroups.get(targetGroupArn)).toMatchObject({ ipAddressType: 'ipv6', targetType: 'ip' });
    expect(judged(snapshot, 'target-group')).toEqual([]);
    expect(snapshot.targets.size).toBe(0);
  });

  it('is found by an interface that it has, and by no other', async () => {
    const site = await aSite();
    const { ec2InstanceId } = await aHostedService(site);
    const ec2 = new EC2Client(clientSettings(site.account));
    const { Reservations } = await ec2.send(new DescribeInstancesCommand({ InstanceIds: [ec2InstanceId] }));
    const [face] = Reservations?.[0]?.Instances?.[0]?.NetworkInterfaces ?? [];
    const collector = aCollector(site);
    const snapshot = await collector.collect([aRequest('network-interface', face?.NetworkInterfaceId ?? '')]);
    expect(judged(snapshot, 'instance')).toEqual([ec2InstanceId]);
    expect(judged(snapshot, 'container-instance')).toHaveLength(1);
    const { NetworkInterface: free } = await ec2.send(new CreateNetworkInterfaceCommand({ SubnetId: site.dualA.id }));
    const other = await collector.collect([aRequest('network-interface', free?.NetworkInterfaceId ?? '')]);
    expect([other.judged.size, other.gone.size, other.gaps]).toEqual([0, 0, []]);
  });

  it('is awaited while EC2 runs it and ECS does not know it', async () => {
    const site = await aSite();
    const { id } = await anInstance(site, { subnet: site.dualA });
    const snapshot = await aCollector(site).collect([aRequest('instance', id)]);
    expect([...snapshot.unregisteredInstances]).toEqual([id]);
    expect(judged(snapshot, 'instance')).toEqual([]);
    expect(snapshot.gone.size).toBe(0);
  });

  it('is gone when it was terminated, and when nobody remembers it', async () => {
    const site = await aSite();
    const { id } = await anInstance(site, { subnet: site.dualA });
    await new EC2Client(clientSettings(site.account)).send(new TerminateInstancesCommand({ InstanceIds: [id] }));
    const snapshot = await aCollector(site).collect([
      aRequest('instance', id),
      aRequest('instance', 'i-0123456789abcdef0'),
    ]);
    expect([...snapshot.gone].sort()).toEqual(['i-0123456789abcdef0', id].sort());
    expect(snapshot.unregisteredInstances.size).toBe(0);
  });

  it('can be asked for as the host that ECS knows', async () => {
    const site = await aSite();
    const host = await aHostedService(site);
    const collector = aCollector(site);
    const hostRequest = aRequest('container-instance', host.arn);
    const snapshot = await collector.collect([hostRequest, aRequest('instance', host.ec2InstanceId)]);
    expect(judged(snapshot, 'instance')).toEqual([host.ec2InstanceId]);
    // the host names its instance: no cluster is searched for it
    expect(collector.calls()).not.toHaveProperty('ecs:ListClusters');
    const gone = host.arn.replace(/[0-9a-f]{32}$/, '0'.repeat(32));
    expect([...(await collector.collect([aRequest('container-instance', gone)])).gone]).toEqual([gone]);
  });
});
