import { describe, expect, it } from '@jest/globals';
import { toLatticeTargetGroup, toLoadBalancer } from '../../lib/snapshot/balancing-shapes';

describe('toLoadBalancer', () => {
  it.each([
    ['ipv4', 'ipv4'],
    ['dualstack', 'dualstack'],
    ['dualstack-without-public-ipv4', 'dualstack-without-public-ipv4'],
    ['some-day', undefined],
    [undefined, undefined],
  ])('address type %s is %s', (IpAddressType, type) => {
    expect(toLoadBalancer({ IpAddressType: IpAddressType as 'ipv4' }).ipAddressType).toBe(type);
  });

  it('knows where it stands', () => {
    const AvailabilityZones = [
      { ZoneName: 'eu-west-2a', SubnetId: 'subnet-a' },
      { ZoneName: 'eu-west-2b', SubnetId: 'subnet-b' },
      { ZoneName: 'eu-west-2c' },
    ];
    const balancer = toLoadBalancer({
      Type: 'network',
      Scheme: 'internal',
      State: { Code: 'active' },
      AvailabilityZones,
    });
    expect(balancer).toMatchObject({ type: 'network', scheme: 'internal', state: 'active', securityGroupIds: [] });
    expect(balancer.subnetIds).toEqual(['subnet-a', 'subnet-b']);
  });
});

describe('toLatticeTargetGroup', () => {
  const $metadata = {};

  it.each([
    ['IP', 'IPV6', 'IPV6'],
    ['IP', undefined, 'IPV4'],
    ['IP', 'some-day', undefined],
    ['INSTANCE', undefined, undefined],
    ['ALB', undefined, undefined],
  ] as const)('of type %s with address type %s is of %s', (type, stated, ipAddressType) => {
    const config = { ipAddressType: stated as 'IPV6', vpcIdentifier: 'vpc-1' };
    expect(toLatticeTargetGroup({ $metadata, type, config })).toMatchObject({ type, ipAddressType, vpcId: 'vpc-1' });
  });
});
