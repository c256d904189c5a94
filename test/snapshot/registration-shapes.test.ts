import { describe, expect, it } from '@jest/globals';
import { toCloudMapInstance, toCloudMapService, toTarget, toTargetGroup } from '../../lib/snapshot/registration-shapes';

describe('toTargetGroup', () => {
  it.each([
    ['ipv6', 'ipv6'],
    ['ipv4', 'ipv4'],
    [undefined, 'ipv4'],
  ] as const)('address type %s is %s', (IpAddressType, type) =>
    expect(toTargetGroup({ IpAddressType }, undefined).ipAddressType).toBe(type),
  );

  it('tells tags that were not read from none', () => {
    expect(toTargetGroup({}, undefined)).toMatchObject({
      tags: undefined,
      targetType: 'instance',
      loadBalancerArns: [],
    });
    expect(toTargetGroup({}, {}).tags).toEqual({});
    expect(toTargetGroup({ HealthCheckPort: 'traffic-port' }).healthCheckPort).toBeUndefined();
    expect(toTargetGroup({ HealthCheckPort: '9000' }).healthCheckPort).toBe(9000);
  });
});

describe('toTarget', () => {
  it.each([
    [{ Id: '10.0.0.1', Port: 80 }, 'group#10.0.0.1:80'],
    [{ Id: '2001:db8::1', Port: 80 }, 'group#2001:db8::1:80'],
    [{ Id: 'arn:aws:lambda:x' }, 'group#arn:aws:lambda:x'],
  ])('%j has the key %s', (Target, key) => expect(toTarget({ Target }, 'group').key).toBe(key));

  it.each([
    ['healthy', 'healthy'],
    ['unhealthy.draining', 'unhealthy.draining'],
    ['some-day', 'unavailable'],
    [undefined, 'unavailable'],
  ])('state %s is %s', (State, state) => {
    const TargetHealth = { State: State as 'healthy' };
    expect(toTarget({ Target: { Id: 'x' }, TargetHealth }, 'group').state).toBe(state);
  });
});

describe('toCloudMapService', () => {
  it('names the types of its records, none in an HTTP namespace', () => {
    const DnsRecords = [
      { Type: 'A' as const, TTL: 60 },
      { Type: 'AAAA' as const, TTL: 60 },
    ];
    expect(toCloudMapService({ DnsConfig: { DnsRecords } }, undefined).recordTypes).toEqual(['A', 'AAAA']);
    expect(toCloudMapService({}, undefined).recordTypes).toEqual([]);
  });
});

describe('toCloudMapInstance', () => {
  it.each(['AWS_INSTANCE_IPV6', 'AWS_INSTANCE_IPv6'])('reads the address under %s', (name) => {
    const Attributes = { [name]: '2001:db8::1', AWS_INSTANCE_PORT: '80', ECS_CLUSTER_NAME: 'prod' };
    expect(toCloudMapInstance({ Id: '1', Attributes }, 'srv')).toEqual({
      ...{ key: 'srv#1', serviceArn: 'srv', instanceId: '1', attributes: Attributes },
      ...{ ipv6: '2001:db8::1', ipv4: undefined, port: 80, ecsClusterName: 'prod', ecsServiceName: undefined },
    });
  });

  it.each([undefined, '', 'http'])('has no port where it says %j', (AWS_INSTANCE_PORT) => {
    const Attributes: Record<string, string> = AWS_INSTANCE_PORT === undefined ? {} : { AWS_INSTANCE_PORT };
    expect(toCloudMapInstance({ Id: '1', Attributes }, 'srv').port).toBeUndefined();
  });
});
