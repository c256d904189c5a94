import { describe, expect, it } from '@jest/globals';
import { createHostReads } from '../../lib/aws/host-reads';
import { createAutoScalingReads } from '../../lib/aws/auto-scaling-reads';
import { aGroup, aSite, type Site } from '../infra/local/services/autoscaling/a-site';
import { workloadClients } from '../support/workload-clients';

const SECRET = 'hunter2-Xy';
const userData = (line: string): string => Buffer.from(`PASSWORD=${SECRET}\n${line}\n`).toString('base64');

function readsOf({ account }: Site) {
  const clients = workloadClients(account);
  return { hosts: createHostReads(clients.ec2), groups: createAutoScalingReads(clients.autoScaling), clients };
}

async function templateId({ ec2 }: Site): Promise<string> {
  const { LaunchTemplates: [template] = [] } = await ec2.describeLaunchTemplates({});
  return template?.LaunchTemplateId ?? '';
}

async function launch({ ec2, subnets }: Site, UserData?: string): Promise<string> {
  const settings = { ImageId: 'ami-0ec5a120230000001', InstanceType: 't3.micro', MinCount: 1, MaxCount: 1 } as const;
  const { Instances = [] } = await ec2.runInstances({ ...settings, SubnetId: subnets[0], UserData });
  return Instances[0]?.InstanceId ?? '';
}

describe('images and instance types', () => {
  it('are found by id and name, and those that are gone are missing', async () => {
    const { hosts, clients } = readsOf(await aSite());
    const images = await hosts.describeImages(['ami-0ec5a120230000001', 'ami-00000000000000000']);
    expect(images).toMatchObject({ missing: ['ami-00000000000000000'], failures: [] });
    expect(images.items[0]).toMatchObject({ ImageOwnerAlias: 'amazon' });
    const types = await hosts.describeInstanceTypes(['t2.micro', 'm7g.large', 'q1.huge']);
    expect(types.items.map(({ InstanceType }) => String(InstanceType)).sort()).toEqual(['m7g.large', 't2.micro']);
    expect(types.missing).toEqual(['q1.huge']);
    expect(clients.meter.take().apiCalls).toEqual({ 'ec2:DescribeImages': 1, 'ec2:DescribeInstanceTypes': 1 });
  });

  it('cost nothing where there are none', async () => {
    const { hosts, clients } = readsOf(await aSite());
    await hosts.describeImages([]);
    await hosts.describeInstanceTypes([]);
    await hosts.describeTemplateVersions([]);
    await hosts.describeHostSettings([]);
    expect(clients.meter.take().apiCalls).toEqual({});
  });
});

describe('launch template versions', () => {
  it('are read by one call for each template', async () => {
    const site = await aSite();
    const id = await templateId(site);
    await site.ec2.createLaunchTemplateVersion({ LaunchTemplateId: id, LaunchTemplateData: { ImageId: 'ami-1' } });
    const { hosts, clients } = readsOf(site);
    const wanted = ['$Latest', '$Default', '1'].map((version) => ({ templateId: id, version }));
    const read = await hosts.describeTemplateVersions(wanted);
    expect(read.items.map(({ VersionNumber }) => VersionNumber).sort()).toEqual([1, 2]);
    expect(clients.meter.take().apiCalls).toEqual({ 'ec2:DescribeLaunchTemplateVersions': 1 });
  });

  it('do not fail for one that is gone', async () => {
    const site = await aSite();
    const id = await templateId(site);
    const { hosts } = readsOf(site);
    const read = await hosts.describeTemplateVersions([
      { templateId: id, version: '7' },
      { templateId: id, version: '$Default' },
      { templateId: 'lt-00000000000000000', version: '$Default' },
    ]);
    expect(read.items.map(({ VersionNumber }) => VersionNumber)).toEqual([1]);
    expect(read).toMatchObject({ missing: ['lt-00000000000000000'], failures: [] });
    const none = await hosts.describeTemplateVersions([{ templateId: id, version: '7' }]);
    expect(none).toEqual({ items: [], missing: [], failures: [] });
  });
});

describe('user data', () => {
  it('tells what it says of IP compatibility, and nothing else of it', async () => {
    const site = await aSite();
    const says = await launch(site, userData('ECS_INSTANCE_IP_COMPATIBILITY=ipv4'));
    const silent = await launch(site, userData('ECS_CLUSTER=prod'));
    const without = await launch(site);
    const { hosts } = readsOf(site);
    const read = await hosts.describeHostSettings([says, silent, without, 'i-00000000000000000']);
    expect(read).toEqual({
      items: [
        { instanceId: says, ipCompatibility: 'ipv4' },
        { instanceId: silent, ipCompatibility: 'unset' },
        { instanceId: without, ipCompatibility: 'unset' },
      ],
      missing: ['i-00000000000000000'],
      failures: [],
    });
  });
});

describe('Auto Scaling groups', () => {
  it('are read by name, without their instances', async () => {
    const site = await aSite();
    await aGroup(site, { DesiredCapacity: 1 });
    const { groups, clients } = readsOf(site);
    const read = await groups.describeAutoScalingGroups(['g', 'gone']);
    expect(read).toMatchObject({ items: [{ AutoScalingGroupName: 'g', Instances: [] }], missing: ['gone'] });
    expect(clients.meter.take().apiCalls).toEqual({ 'autoscaling:DescribeAutoScalingGroups': 1 });
  });
});
