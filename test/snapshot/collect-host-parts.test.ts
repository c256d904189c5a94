import {
  CreateAutoScalingGroupCommand,
  DescribeAutoScalingGroupsCommand,
  SetDesiredCapacityCommand,
  type AutoScalingClient,
} from '@aws-sdk/client-auto-scaling';
import { CreateLaunchTemplateCommand, RunInstancesCommand } from '@aws-sdk/client-ec2';
import {
  CreateCapacityProviderCommand,
  PutAccountSettingDefaultCommand,
  PutClusterCapacityProvidersCommand,
  UpdateClusterSettingsCommand,
} from '@aws-sdk/client-ecs';
import { describe, expect, it } from '@jest/globals';
import { evaluate } from '../../lib/evaluate/evaluate';
import { rules } from '../../lib/rules/registry';
import { giveNat64 } from '../infra/local/services/ecs/a-nat64';
import { aBridgeDefinition, aHost, aService, aSite, type Site } from '../infra/local/services/ecs/a-site';
import { aPolicy, aScope } from '../support/policy-builders';
import { workloadClients } from '../support/workload-clients';
import { aCollector, aRequest, clusterArn, deny, everything, judged, wholeCluster } from './a-collector';
import { aHostedService } from './a-workload';

const SECRET = 'hunter2-of-the-database';
const IMAGE = 'ami-0ec5a120230000001';
const userData = (line: string): string =>
  Buffer.from(`#!/bin/bash\nexport PASSWORD=${SECRET}\necho ECS_CLUSTER=prod >> /etc/ecs/ecs.config\n${line}\n`).toString('base64'); // prettier-ignore

/** `count` hosts of an Auto Scaling group in an IPv6-only subnet, known to ECS by what their user data says. */
async function aGroup(site: Site, { count, line = '' }: { readonly count: number; readonly line?: string }) {
  const { ec2, autoScaling } = workloadClients(site.account);
  const LaunchTemplateData = { ImageId: IMAGE, InstanceType: 'm5.large' as const, UserData: userData(line) };
  const template = { LaunchTemplateName: 'hosts', LaunchTemplateData };
  const { LaunchTemplate } = await ec2.send(new CreateLaunchTemplateCommand(template));
  const LaunchTemplateId = LaunchTemplate?.LaunchTemplateId ?? '';
  const group = { AutoScalingGroupName: 'g', MinSize: 0, MaxSize: 9, LaunchTemplate: { LaunchTemplateId } };
  await autoScaling.send(new CreateAutoScalingGroupCommand({ ...group, VPCZoneIdentifier: site.ipv6A.id }));
  await grow(site, autoScaling, count);
  return LaunchTemplateId;
}

/** The group `g` is to launch hosts for the cluster. */
async function aProvider({ ecs, account }: Site) {
  const { autoScaling } = workloadClients(account);
  const { AutoScalingGroups = [] } = await autoScaling.send(new DescribeAutoScalingGroupsCommand({}));
  const autoScalingGroupProvider = { autoScalingGroupArn: AutoScalingGroups[0]?.AutoScalingGroupARN };
  await ecs.send(new CreateCapacityProviderCommand({ name: 'p', autoScalingGroupProvider }));
  const association = { capacityProviders: ['p', 'FARGATE'], defaultCapacityProviderStrategy: [] };
  await ecs.send(new PutClusterCapacityProvidersCommand({ cluster: 'prod', ...association }));
}

async function grow({ clock }: Site, autoScaling: AutoScalingClient, count: number): Promise<void> {
  await autoScaling.send(new SetDesiredCapacityCommand({ AutoScalingGroupName: 'g', DesiredCapacity: count }));
  await clock.advance(120_000);
}

describe('what hosts are made from', () => {
  it('is read once for images and types, and kept from pass to pass', async () => {
    const site = await aSite();
    const host = await aHostedService(site);
    const collector = aCollector(site);
    const snapshot = await collector.collect([aRequest('instance', host.ec2InstanceId)]);
    expect([...snapshot.images.values()]).toMatchObject([{ ownerAlias: 'amazon' }]);
    expect([...snapshot.instanceTypes.values()]).toMatchObject([{ hypervisor: 'nitro', ipv6Supported: true }]);
    const { 'ec2:DescribeImages': images, 'ec2:DescribeInstanceTypes': types } = collector.calls();
    expect({ images, types }).toEqual({ images: 1, types: 1 });
    const again = await collector.collect([aRequest('instance', host.ec2InstanceId)]);
    expect(again.images.size + again.instanceTypes.size).toBe(2);
    expect(Object.keys(collector.calls()).filter((call) => /Images|Types/.test(call))).toEqual([]);
  });

  it('is not read for hosts that are not judged', async () => {
    const site = await aSite();
    await aHostedService(site);
    const collector = aCollector(site);
    await collector.collect([aRequest('service', 'hosted', { cluster: 'prod' })]);
    expect(Object.keys(collector.calls()).filter((call) => /Images|Types|Attribute|Templates/.test(call))).toEqual([]);
  });

  it('is read of groups and templates by sweeps, and not by events', async () => {
    const site = await aSite();
    const templateId = await aGroup(site, { count: 2 });
    const collector = aCollector(site);
    const sweep = await collector.collect([everything]);
    expect(judged(sweep, 'launch-template')).toEqual([templateId]);
    expect(sweep.launchTemplates.get(templateId)).toMatchObject({ name: 'hosts', isConfiguration: false });
    const version = { number: 1, hasPrimaryInterface: false, primaryIpv6: false };
    expect([...(sweep.launchTemplates.get(templateId)?.versions ?? [])]).toEqual([['$Default', version]]);
    expect(sweep.autoScalingGroups.get('g')?.templates).toEqual([{ templateId, version: '$Default' }]);
    expect(judged(sweep, 'account')).toEqual(['111122223333']);
    collector.calls();
    const event = await collector.collect([aRequest('instance', judged(sweep, 'instance')[0] ?? '')]);
    expect([event.launchTemplates.size, event.hostSettings.size, event.accounts.size]).toEqual([0, 0, 0]);
    expect(Object.keys(collector.calls()).filter((call) => /autoscaling|Attribute|Template|Settings/.test(call))).toEqual([]); // prettier-ignore
  });

  it('is read of groups without hosts, where they stand behind a capacity provider of a whole cluster', async () => {
    const site = await aSite();
    const templateId = await aGroup(site, { count: 0 });
    const collector = aCollector(site);
    expect(judged(await collector.collect([everything]), 'launch-template')).toEqual([]);
    expect(collector.calls()).not.toHaveProperty('ecs:DescribeCapacityProviders');
    await aProvider(site);
    const sweep = await collector.collect([everything]);
    expect(judged(sweep, 'launch-template')).toEqual([templateId]);
    expect([...sweep.capacityProviders.values()]).toEqual([{ name: 'p', autoScalingGroup: 'g' }]);
    expect(sweep.autoScalingGroups.get('g')?.subnetIds).toEqual([site.ipv6A.id]);
    expect(sweep.subnets.get(site.ipv6A.id)?.ipv6Native).toBe(true);
    expect(collector.calls()).toMatchObject({ 'ecs:DescribeCapacityProviders': 1 });
    await collector.collect([wholeCluster]);
    await collector.collect([everything, aRequest('service', 'web', { cluster: 'prod' })]);
    expect(collector.calls()).toMatchObject({ 'ecs:DescribeCapacityProviders': 1 });
    deny(site, 'ecs:DescribeCapacityProviders');
    const { gaps } = await collector.collect([everything]);
    expect(gaps).toMatchObject([{ call: 'ecs:DescribeCapacityProviders', collection: 'capacityProviders' }]);
  });

  it('has the settings of clusters and of the account', async () => {
    const site = await aSite();
    await aHost(site, { subnet: site.dualA });
    const containerInsights = { name: 'containerInsights' as const, value: 'enhanced' };
    await site.ecs.send(new UpdateClusterSettingsCommand({ cluster: 'prod', settings: [containerInsights] }));
    const setting = { name: 'dualStackIPv6' as 'awsvpcTrunking', value: 'disabled' };
    await site.ecs.send(new PutAccountSettingDefaultCommand(setting));
    const snapshot = await aCollector(site).collect([everything]);
    expect(snapshot.clusters.get(clusterArn)?.containerInsights).toBe('enhanced');
    expect(snapshot.accounts.get('111122223333')?.settings).toMatchObject({ dualStackIPv6: 'disabled' });
  });

  it('leaves a gap where it may not be read, and the rest stands', async () => {
    const site = await aSite();
    await aGroup(site, { count: 1 });
    deny(site, 'ec2:DescribeImages', 'ec2:DescribeInstanceAttribute', 'autoscaling:DescribeAutoScalingGroups');
    deny(site, 'ecs:ListAccountSettings', 'ec2:DescribeInstanceTypes');
    const snapshot = await aCollector(site).collect([everything]);
    const parts = snapshot.gaps.map(({ collection }) => collection);
    expect(parts.sort()).toEqual(['accounts', 'autoScalingGroups', 'hostSettings', 'images', 'instanceTypes']);
    expect(judged(snapshot, 'account')).toEqual(['111122223333']);
    expect(snapshot.accounts.get('111122223333')?.settings).toBeUndefined();
    expect(judged(snapshot, 'instance')).toHaveLength(1);
  });
});

describe('user data', () => {
  const policy = aPolicy({ scopes: [aScope({ posture: 'ipv6-only' })] });

  it('is read once for hosts that were launched alike, and nothing but the answer stays', async () => {
    const site = await aSite();
    await giveNat64(site);
    await aGroup(site, { count: 3, line: 'echo ECS_INSTANCE_IP_COMPATIBILITY=ipv4 >> /etc/ecs/ecs.config' });
    const collector = aCollector(site);
    const snapshot = await collector.collect([everything]);
    expect([...snapshot.hostSettings.values()].map((one) => one.ipCompatibility)).toEqual(['ipv4', 'ipv4', 'ipv4']);
    expect(collector.calls()).toMatchObject({ 'ec2:DescribeInstanceAttribute': 1 });
    const { findings } = evaluate({ snapshot, policy, rules, now: site.clock.now() });
    const found = findings.filter(({ rule }) => rule === 'instance-ip-compatibility-mismatch');
    expect(found.map(({ status }) => status)).toEqual(['open', 'open', 'open']);
    const everywhere = JSON.stringify([findings, inPlain(snapshot)]);
    expect(everywhere).toContain('ECS_INSTANCE_IP_COMPATIBILITY');
    expect(everywhere).not.toContain(SECRET);
    expect(everywhere).not.toContain(userData('').slice(0, 40));
  });

  it('is not asked for where bridge tasks show it, nor where the host has IPv4', async () => {
    const site = await aSite();
    await aHost(site, { subnet: site.ipv6A, primaryIpv6: true });
    await aBridgeDefinition(site, { family: 'hosted' });
    const settings = { networkConfiguration: undefined, launchType: 'EC2' } as const;
    await aService(site, { serviceName: 'hosted', taskDefinition: 'hosted', ...settings });
    await site.clock.advance(90_000);
    await aHost(site, { subnet: site.dualA });
    const collector = aCollector(site);
    const snapshot = await collector.collect([everything]);
    expect(judged(snapshot, 'instance')).toHaveLength(2);
    expect(snapshot.hostSettings.size).toBe(0);
    expect(collector.calls()).not.toHaveProperty('ec2:DescribeInstanceAttribute');
  });

  it('does not appear where it cannot be read', async () => {
    const site = await aSite();
    const { ec2 } = workloadClients(site.account);
    const wanted = {
      ImageId: IMAGE,
      InstanceType: 'm5.large',
      MinCount: 1,
      MaxCount: 1,
      SubnetId: site.ipv6A.id,
    } as const;
    const hidden = Buffer.from(`Content-Transfer-Encoding: base64\n\n${userData('')}\necho ECS_CLUSTER=prod >> x\n`);
    await ec2.send(new RunInstancesCommand({ ...wanted, UserData: hidden.toString('base64') }));
    await site.clock.advance(120_000);
    const snapshot = await aCollector(site).collect([everything]);
    const { findings } = evaluate({ snapshot, policy, rules, now: site.clock.now() });
    const found = findings.filter(({ rule }) => rule === 'instance-ip-compatibility-mismatch');
    expect(found).toMatchObject([{ status: 'unknown', gap: { reason: 'not to be seen' } }]);
    expect(JSON.stringify([findings, inPlain(snapshot)])).not.toContain(userData('').slice(0, 40));
  });
});

/** Maps and sets do not show themselves in JSON. */
function inPlain(value: unknown): unknown {
  if (value instanceof Map) return [...value].map(inPlain);
  if (value instanceof Set) return [...value];
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (Array.isArray(value)) return value.map(inPlain);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, inPlain(inner)]));
}
