import ipaddr from 'ipaddr.js';
import {
  AttachLoadBalancerTargetGroupsCommand,
  AutoScalingClient,
  CreateAutoScalingGroupCommand,
} from '@aws-sdk/client-auto-scaling';
import { CreateLaunchTemplateCommand, EC2Client } from '@aws-sdk/client-ec2';
import { CreateClusterCommand, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { RegisterTargetsCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { RegisterInstanceCommand } from '@aws-sdk/client-servicediscovery';
import { describe, expect, it } from '@jest/globals';
import { ownerOfCloudMapInstance, ownerOfTarget } from '../../lib/snapshot/ownership';
import type { Snapshot } from '../../lib/snapshot/snapshot';
import { addressAt } from '../../infra/local/services/ec2/cidr';
import { createNetworkInterface } from '../../infra/local/services/ec2/network-interface-lifecycle';
import { aTargetGroup, cloudMapOf, elbOf } from '../infra/local/services/ecs/a-load-balancer';
import { aService, aSite, describeTasks, type Site } from '../infra/local/services/ecs/a-site';
import { one } from '../infra/local/services/ecs/one';
import { clientSettings } from '../support/local-account';
import { aCollector, aRequest, clusterArn, last, total } from './a-collector';
import { aHostedService, aRegisteredService, SETTLE_MS } from './a-workload';

const serviceArn = 'arn:aws:ecs:eu-west-2:111122223333:service/prod/web';
const webService = aRequest('service', serviceArn);

/** An address in the subnet that nobody has. */
const freeAddress = ({ ipv6A }: Site): string => addressAt(one(ipv6A.ipv6).cidr, 0xdeadn);

async function register(site: Site, TargetGroupArn: string, target: { Id: string; Port: number }): Promise<void> {
  await elbOf(site).send(new RegisterTargetsCommand({ TargetGroupArn, Targets: [target] }));
}

/** An Auto Scaling group `hosts` without instances, attached to the target group. */
async function anAutoScalingGroup({ account, ipv6A }: Site, targetGroupArn: string): Promise<void> {
  const LaunchTemplateData = { ImageId: 'ami-0ec5a120230000001', InstanceType: 't3.micro' } as const;
  const template = { LaunchTemplateName: 'hosts', LaunchTemplateData };
  await new EC2Client(clientSettings(account)).send(new CreateLaunchTemplateCommand(template));
  const autoScaling = new AutoScalingClient(clientSettings(account));
  const group = {
    ...{ AutoScalingGroupName: 'hosts', MinSize: 0, MaxSize: 1, VPCZoneIdentifier: ipv6A.id },
    LaunchTemplate: { LaunchTemplateName: 'hosts' },
  };
  await autoScaling.send(new CreateAutoScalingGroupCommand(group));
  const attached = { AutoScalingGroupName: 'hosts', TargetGroupARNs: [targetGroupArn] };
  await autoScaling.send(new AttachLoadBalancerTargetGroupsCommand(attached));
}

function ownership(snapshot: Snapshot, targetId: string, port: number) {
  const target = [...snapshot.targets.values()].find((one) => one.targetId === targetId && one.port === port);
  return target && ownerOfTarget(snapshot, target).kind;
}

describe('a target that no task has', () => {
  it('brings the users of its group, the VPC and the holder of its address into the snapshot', async () => {
    const site = await aSite();
    const { targetGroupArn } = await aRegisteredService(site, 1);
    await register(site, targetGroupArn, { Id: freeAddress(site), Port: 80 });
    const snapshot = await aCollector(site).collect([webService]);
    expect(snapshot.gaps).toEqual([]);
    expect(ownership(snapshot, freeAddress(site), 80)).toBe('orphan');
    expect(snapshot.registrars.primary.get(targetGroupArn)).toEqual([serviceArn]);
    expect(snapshot.registrars.secondary.size + snapshot.registrars.autoScalingGroups.size).toBe(0);
    expect([...snapshot.vpcs.keys()]).toEqual([site.vpc.id]);
    expect(snapshot.vpcs.get(site.vpc.id)?.ipv6Cidrs).toHaveLength(1);
    expect(snapshot.addressHolders.size).toBe(0);
    expect([...snapshot.clusters.keys()]).toEqual([clusterArn]);
  });

  it('costs nothing where there is none', async () => {
    const site = await aSite();
    const { targetGroupArn } = await aRegisteredService(site, 1);
    const collector = aCollector(site);
    await collector.collect([webService]);
    const clean = collector.calls();
    expect(clean).toEqual({
      'ec2:DescribeSubnets': 1,
      'ecs:DescribeServices': 1,
      'ecs:DescribeTaskDefinition': 1,
      'ecs:DescribeTasks': 1,
      'ecs:ListTasks': 1,
      'elasticloadbalancing:DescribeLoadBalancers': 1,
      'elasticloadbalancing:DescribeTargetGroups': 1,
      'elasticloadbalancing:DescribeTargetHealth': 1,
      'servicediscovery:GetService': 1,
      'servicediscovery:ListInstances': 1,
    });
    await register(site, targetGroupArn, { Id: freeAddress(site), Port: 80 });
    await collector.collect([webService]);
    expect(collector.calls()).toMatchObject({
      // by the address, and all of the VPC for a prefix that it lies in
      'ec2:DescribeNetworkInterfaces': 2,
      'autoscaling:DescribeAutoScalingGroups': 1,
    });
  });

  it('shows who holds its address', async () => {
    const site = await aSite();
    const { targetGroupArn } = await aRegisteredService(site, 1);
    const face = createNetworkInterface(site.scope, { subnetId: site.ipv6A.id, ipv6: { count: 1 } });
    const address = one(face.ipv6).address;
    await register(site, targetGroupArn, { Id: address, Port: 80 });
    const snapshot = await aCollector(site).collect([webService]);
    const holder = { networkInterfaceId: face.id, vpcId: site.vpc.id, address };
    expect([...snapshot.addressHolders]).toEqual([[address, holder]]);
  });

  it('shows who holds the prefix that its address lies in', async () => {
    const site = await aSite();
    const { targetGroupArn } = await aRegisteredService(site, 1);
    const face = createNetworkInterface(site.scope, { subnetId: site.ipv6A.id, ipv6: { prefixCount: 1 } });
    const address = ipaddr.parse(one(face.ipv6Prefixes).replace('/80', '7')).toString();
    await register(site, targetGroupArn, { Id: address, Port: 80 });
    const snapshot = await aCollector(site).collect([webService]);
    const holder = { networkInterfaceId: face.id, vpcId: site.vpc.id, address };
    expect([...snapshot.addressHolders]).toEqual([[address, holder]]);
  });

  it('shows every other user of its group, wherever it runs', async () => {
    const site = await aSite();
    const { targetGroupArn } = await aRegisteredService(site, 1);
    await site.ecs.send(new CreateClusterCommand({ clusterName: 'other' }));
    const loadBalancers = [{ targetGroupArn, containerName: 'app', containerPort: 80 }];
    await aService(site, { cluster: 'other', serviceName: 'twin', desiredCount: 0, loadBalancers });
    await anAutoScalingGroup(site, targetGroupArn);
    await register(site, targetGroupArn, { Id: freeAddress(site), Port: 80 });
    const snapshot = await aCollector(site).collect([webService]);
    expect(last(snapshot.registrars.primary.get(targetGroupArn) ?? [])).toEqual(['twin', 'web']);
    expect(snapshot.registrars.autoScalingGroups.get(targetGroupArn)).toEqual(['hosts']);
    // the other user is known, so that its mode and exemptions count
    expect(last(snapshot.services.keys())).toEqual(['twin', 'web']);
  });

  it('belongs to a task that is being stopped, until it is', async () => {
    const site = await aSite();
    const { targetGroupArn } = await aRegisteredService(site, 1);
    const [container] = one(await describeTasks(site)).containers ?? [];
    const address = container?.networkInterfaces?.[0]?.ipv6Address ?? '';
    await register(site, targetGroupArn, { Id: address, Port: 81 });
    await site.ecs.send(new UpdateServiceCommand({ cluster: 'prod', service: 'web', desiredCount: 0 }));
    await site.clock.advance(10_000);
    const collector = aCollector(site);
    const stopping = await collector.collect([webService]);
    expect([...stopping.tasks.values()].map(({ desiredStatus }) => desiredStatus)).toEqual(['STOPPED']);
    expect(ownership(stopping, address, 81)).toBe('owned');
    await site.clock.advance(600_000);
    const stopped = await collector.collect([webService]);
    expect(stopped.tasks.size).toBe(0);
    expect(ownership(stopped, address, 81)).toBe('orphan');
  });
});

describe('an instance target that no task has', () => {
  it('brings the host and every task on it', async () => {
    const site = await aSite();
    const host = await aHostedService(site);
    const group = await aTargetGroup(site, { Name: 'hosts', TargetType: 'instance' });
    const [binding] = one(await describeTasks(site)).containers?.[0]?.networkBindings ?? [];
    const taken = binding?.hostPort ?? 0;
    for (const Port of [taken, 40_000]) await register(site, group, { Id: host.ec2InstanceId, Port });
    const snapshot = await aCollector(site).collect([aRequest('target-group', group)]);
    expect(snapshot.gaps).toEqual([]);
    expect([...snapshot.containerInstances.keys()]).toEqual([host.arn]);
    expect(ownership(snapshot, host.ec2InstanceId, taken)).toBe('foreign');
    expect(ownership(snapshot, host.ec2InstanceId, 40_000)).toBe('orphan');
    expect(snapshot.addressHolders.size).toBe(0);
  });
});

describe('a Cloud Map instance that no task has', () => {
  async function registerInstance(site: Site, registryArn: string, service: string): Promise<void> {
    const ServiceId = registryArn.slice(registryArn.lastIndexOf('/') + 1);
    const Attributes = { AWS_INSTANCE_IPV6: freeAddress(site), ECS_CLUSTER_NAME: 'prod', ECS_SERVICE_NAME: service };
    const InstanceId = '0123456789abcdef0123456789abcdef';
    await cloudMapOf(site).send(new RegisterInstanceCommand({ ServiceId, InstanceId, Attributes }));
    await site.clock.advance(SETTLE_MS);
  }

  const owners = (snapshot: Snapshot) =>
    [...snapshot.cloudMapInstances.values()].map((instance) => ownerOfCloudMapInstance(snapshot, instance).kind).sort();

  it('is one only after tasks on their way out were looked at', async () => {
    const site = await aSite();
    const { registryArn } = await aRegisteredService(site, 1);
    await registerInstance(site, registryArn, 'web');
    const collector = aCollector(site);
    const snapshot = await collector.collect([webService]);
    expect(owners(snapshot)).toEqual(['orphan', 'owned']);
    expect([...snapshot.clusters.keys()]).toEqual([clusterArn]);
    const calls = collector.calls();
    expect(calls).toMatchObject({ 'ecs:ListTasks': 2, 'ecs:DescribeClusters': 1 });
    expect(calls).not.toHaveProperty('autoscaling:DescribeAutoScalingGroups');
    expect(total(calls)).toBe(12);
  });

  it('may belong to another service that registers in the same place', async () => {
    const site = await aSite();
    const { registryArn } = await aRegisteredService(site, 1);
    await aService(site, { serviceName: 'twin', serviceRegistries: [{ registryArn }] });
    await site.clock.advance(SETTLE_MS);
    const snapshot = await aCollector(site).collect([webService]);
    expect(owners(snapshot)).toEqual(['owned', 'owned']);
    expect(last(snapshot.services.keys())).toEqual(['twin', 'web']);
  });

  it('names a service that is not here', async () => {
    const site = await aSite();
    const { registryArn } = await aRegisteredService(site, 1);
    await registerInstance(site, registryArn, 'elsewhere');
    const snapshot = await aCollector(site).collect([webService]);
    expect(owners(snapshot)).toEqual(['foreign', 'owned']);
    expect(snapshot.gaps).toEqual([]);
  });
});
