import { ElasticLoadBalancing, type CreateAccessPointInput } from '@aws-sdk/client-elastic-load-balancing';
import { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2';
import { describe, expect, it } from '@jest/globals';
import { clientSettings } from '../../../../support/local-account';
import { aHost, aSite, type Site } from '../ecs/a-site';
import { one } from '../ecs/one';

async function aClassicSite() {
  const site = await aSite();
  const elb = new ElasticLoadBalancing(clientSettings(site.account));
  const create = (changes: Partial<CreateAccessPointInput> = {}) =>
    elb.createLoadBalancer({
      LoadBalancerName: 'front',
      Listeners: [{ Protocol: 'http', LoadBalancerPort: 80, InstancePort: 8080 }],
      Subnets: [site.dualA.id, site.dualB.id],
      ...changes,
    });
  const describeOne = async (name = 'front') =>
    one((await elb.describeLoadBalancers({ LoadBalancerNames: [name] })).LoadBalancerDescriptions);
  return { site, elb, create, describeOne };
}

const instancesOf = ({ Instances = [] }: { Instances?: { InstanceId?: string | undefined }[] | undefined }) =>
  Instances.map(({ InstanceId }) => InstanceId);

describe('Classic Load Balancers', () => {
  it('are shown as they were made', async () => {
    const { site, create, describeOne } = await aClassicSite();
    const { DNSName } = await create();
    expect(await describeOne()).toMatchObject({
      ...{ LoadBalancerName: 'front', DNSName, Scheme: 'internet-facing', VPCId: site.vpc.id, Instances: [] },
      ...{ Subnets: [site.dualA.id, site.dualB.id], AvailabilityZones: ['eu-west-2a', 'eu-west-2b'] },
      SourceSecurityGroup: { OwnerAlias: '111122223333', GroupName: 'default' },
      HealthCheck: { Target: 'TCP:8080', Interval: 30 },
      ListenerDescriptions: [
        { Listener: { Protocol: 'HTTP', InstanceProtocol: 'HTTP', LoadBalancerPort: 80, InstancePort: 8080 } },
      ],
    });
    await create({ LoadBalancerName: 'inner', Scheme: 'internal' });
    expect((await describeOne('inner')).DNSName).toMatch(/^internal-inner-\d+\.eu-west-2\.elb\.amazonaws\.com$/);
  });

  it('are none of the other load balancers, whose calls have the same names', async () => {
    const { site, create } = await aClassicSite();
    await create();
    const other = new ElasticLoadBalancingV2(clientSettings(site.account));
    expect((await other.describeLoadBalancers({})).LoadBalancers).toEqual([]);
  });

  it('are listed in pages', async () => {
    const { elb, create } = await aClassicSite();
    for (const LoadBalancerName of ['one', 'two']) await create({ LoadBalancerName });
    const first = await elb.describeLoadBalancers({ PageSize: 1 });
    const second = await elb.describeLoadBalancers({ PageSize: 1, Marker: first.NextMarker });
    const pages = [first, second].map(({ LoadBalancerDescriptions }) => one(LoadBalancerDescriptions).LoadBalancerName);
    expect(pages).toEqual(['one', 'two']);
    expect(second.NextMarker).toBeUndefined();
  });

  it('know instances of their VPC', async () => {
    const { site, elb, create, describeOne } = await aClassicSite();
    await create();
    const { ec2InstanceId: InstanceId } = await aHost(site, { subnet: site.dualA });
    const Instances = [{ InstanceId }];
    const named = { LoadBalancerName: 'front', Instances };
    expect(instancesOf(await elb.registerInstancesWithLoadBalancer(named))).toEqual([InstanceId]);
    expect(instancesOf(await describeOne())).toEqual([InstanceId]);
    const stranger = { LoadBalancerName: 'front', Instances: [{ InstanceId: 'i-00000000000000000' }] };
    await expect(elb.registerInstancesWithLoadBalancer(stranger)).rejects.toMatchObject({ Code: 'InvalidInstance' });
    await expect(elb.deregisterInstancesFromLoadBalancer(stranger)).rejects.toMatchObject({ Code: 'InvalidInstance' });
    expect(instancesOf(await elb.deregisterInstancesFromLoadBalancer(named))).toEqual([]);
  });

  it('are gone when deleted, once or twice', async () => {
    const { elb, create, describeOne } = await aClassicSite();
    await create();
    await elb.deleteLoadBalancer({ LoadBalancerName: 'front' });
    await elb.deleteLoadBalancer({ LoadBalancerName: 'front' });
    await expect(describeOne()).rejects.toMatchObject({ Code: 'LoadBalancerNotFound' });
  });

  const listener = { Protocol: 'HTTP', LoadBalancerPort: 80, InstancePort: 8080 };

  it.each<{ fault: string; code: string; changes: (site: Site) => Partial<CreateAccessPointInput> }>([
    { fault: 'a bad name', code: 'ValidationError', changes: () => ({ LoadBalancerName: 'a_b' }) },
    { fault: 'no listener', code: 'ValidationError', changes: () => ({ Listeners: [] }) },
    {
      fault: 'a port that is none',
      code: 'ValidationError',
      changes: () => ({ Listeners: [{ ...listener, InstancePort: 0 }] }),
    },
    {
      fault: 'one port twice',
      code: 'InvalidConfigurationRequest',
      changes: () => ({ Listeners: [listener, { ...listener, InstancePort: 81 }] }),
    },
    {
      fault: 'protocols of two layers',
      code: 'InvalidConfigurationRequest',
      changes: () => ({ Listeners: [{ ...listener, InstanceProtocol: 'TCP' }] }),
    },
    {
      fault: 'a listener with a certificate',
      code: 'NotImplemented',
      changes: () => ({ Listeners: [{ ...listener, Protocol: 'HTTPS' }] }),
    },
    { fault: 'a scheme that is none', code: 'InvalidScheme', changes: () => ({ Scheme: 'private' }) },
    { fault: 'no subnet', code: 'ValidationError', changes: () => ({ Subnets: [] }) },
    { fault: 'an unknown subnet', code: 'SubnetNotFound', changes: () => ({ Subnets: ['subnet-0'] }) },
    { fault: 'a subnet without IPv4', code: 'InvalidSubnet', changes: ({ ipv6A }) => ({ Subnets: [ipv6A.id] }) },
    {
      fault: 'two subnets of a zone',
      code: 'InvalidConfigurationRequest',
      changes: ({ dualA, ipv4A }) => ({ Subnets: [dualA.id, ipv4A.id] }),
    },
    { fault: 'an unknown group', code: 'InvalidSecurityGroup', changes: () => ({ SecurityGroups: ['sg-0'] }) },
  ])('are refused with $fault', async ({ code, changes }) => {
    const { site, elb, create } = await aClassicSite();
    await expect(create(changes(site))).rejects.toMatchObject({ Code: code });
    expect((await elb.describeLoadBalancers({})).LoadBalancerDescriptions).toEqual([]);
  });

  it('are refused with a name that is taken', async () => {
    const { create } = await aClassicSite();
    await create();
    await expect(create()).rejects.toMatchObject({ Code: 'DuplicateLoadBalancerName' });
  });
});
