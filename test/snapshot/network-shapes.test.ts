import type { IpPermission, Route } from '@aws-sdk/client-ec2';
import { describe, expect, it } from '@jest/globals';
import {
  toFlowLog,
  toNetworkAcl,
  toRouteTable,
  toSecurityGroup,
  toVpcEndpoint,
} from '../../lib/snapshot/network-shapes';

const everywhere = { DestinationIpv6CidrBlock: '::/0', State: 'active' } as const;

describe('toRouteTable', () => {
  it.each<[string, Route, string]>([
    ['the VPC itself', { GatewayId: 'local' }, 'local local'],
    ['an internet gateway', { GatewayId: 'igw-1' }, 'internet-gateway igw-1'],
    ['an egress-only gateway', { EgressOnlyInternetGatewayId: 'eigw-1' }, 'egress-only-internet-gateway eigw-1'],
    ['an egress-only gateway under the other name', { GatewayId: 'eigw-1' }, 'egress-only-internet-gateway eigw-1'],
    ['a NAT gateway', { NatGatewayId: 'nat-1' }, 'nat-gateway nat-1'],
    ['an endpoint', { GatewayId: 'vpce-1' }, 'vpc-endpoint vpce-1'],
    ['a virtual private gateway', { GatewayId: 'vgw-1' }, 'elsewhere vgw-1'],
    ['a transit gateway', { TransitGatewayId: 'tgw-1' }, 'elsewhere tgw-1'],
    ['a peered VPC', { VpcPeeringConnectionId: 'pcx-1' }, 'elsewhere pcx-1'],
    ['an interface', { NetworkInterfaceId: 'eni-1', InstanceId: 'i-1' }, 'elsewhere eni-1'],
    ['something AWS has not named', {}, 'elsewhere an unnamed target'],
  ])('a route to %s', (_, route, target) => {
    const [read] = toRouteTable({ Routes: [{ ...everywhere, ...route }] }).routes;
    expect(`${String(read?.target.kind)} ${String(read?.target.id)}`).toBe(target);
  });

  it('keeps routes of IPv6 and of prefix lists', () => {
    const gateway = { GatewayId: 'igw-1' };
    const Routes: Route[] = [
      { DestinationCidrBlock: '0.0.0.0/0', State: 'active', ...gateway },
      { ...everywhere, ...gateway },
      { DestinationPrefixListId: 'pl-1', State: 'blackhole', ...gateway },
      { DestinationIpv6CidrBlock: '2000::/3', ...gateway },
    ];
    const routes = toRouteTable({ Routes }).routes.map(({ destination, state }) => [destination, state]);
    // of a state that AWS does not say, nothing is concluded
    expect(routes).toEqual([['::/0', 'active'], ['pl-1', 'blackhole'], ['2000::/3', 'filtered']]); // prettier-ignore
  });

  it('knows the main table, and counts associations that hold', () => {
    const association = (SubnetId: string, State: 'associated' | 'disassociating') => ({
      SubnetId,
      AssociationState: { State },
    });
    const Associations = [
      { Main: true },
      association('subnet-1', 'associated'),
      association('subnet-2', 'disassociating'),
    ];
    const table = { RouteTableId: 'rtb-1', VpcId: 'vpc-1', Associations, Tags: [{ Key: 'a', Value: 'b' }] };
    expect(toRouteTable(table)).toEqual({ id: 'rtb-1', vpcId: 'vpc-1', isMain: true, subnetIds: ['subnet-1'], routes: [], tags: { a: 'b' } }); // prettier-ignore
    expect(toRouteTable({})).toEqual({ id: '', vpcId: '', isMain: false, subnetIds: [], routes: [], tags: {} });
  });
});

describe('toSecurityGroup', () => {
  const read = (permission: IpPermission) =>
    toSecurityGroup({ GroupId: 'sg-1', IpPermissionsEgress: [permission] }).egress;

  it('leaves out what speaks of IPv4 alone', () => {
    expect(read({ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] })).toEqual([]);
  });

  it.each<[string, IpPermission, object]>([
    ['all of IPv6', { IpProtocol: '-1', Ipv6Ranges: [{ CidrIpv6: '::/0' }] }, { protocol: '-1', ipv6Cidrs: ['::/0'] }],
    ['every port, said aloud', { IpProtocol: 'TCP', FromPort: -1, ToPort: -1, Ipv6Ranges: [{ CidrIpv6: '::/0' }] }, { protocol: 'tcp', fromPort: undefined, toPort: undefined }],
    ['one port', { IpProtocol: 'tcp', FromPort: 443, Ipv6Ranges: [{ CidrIpv6: '::/0' }] }, { fromPort: 443, toPort: 443 }],
    ['a range', { IpProtocol: 'tcp', FromPort: 1, ToPort: 2, UserIdGroupPairs: [{ GroupId: 'sg-2' }] }, { fromPort: 1, toPort: 2, groupIds: ['sg-2'] }],
    ['a prefix list', { IpProtocol: 'tcp', PrefixListIds: [{ PrefixListId: 'pl-1' }] }, { prefixListIds: ['pl-1'] }],
  ])('%s', (_, permission, wanted) => {
    expect(read(permission)).toMatchObject([wanted]);
  }); // prettier-ignore

  it('tells the directions apart', () => {
    const IpPermissions = [{ IpProtocol: '-1', Ipv6Ranges: [{ CidrIpv6: '::/0' }] }];
    const group = toSecurityGroup({ GroupId: 'sg-1', GroupName: 'web', VpcId: 'vpc-1', IpPermissions });
    expect(group).toMatchObject({ id: 'sg-1', name: 'web', vpcId: 'vpc-1', egress: [], ingress: [{}], tags: {} });
    expect(toSecurityGroup({})).toMatchObject({ id: '', name: '', egress: [], ingress: [] });
  });
});

describe('toNetworkAcl', () => {
  it('puts the entries for IPv6 in order without the implicit denial, and knows which numbers are taken', () => {
    const Entries = [
      { Egress: false, RuleNumber: 200, RuleAction: 'deny', Protocol: '6', Ipv6CidrBlock: '::/0', PortRange: { From: 1, To: 2 } },
      { Egress: false, RuleNumber: 100, RuleAction: 'allow', Protocol: '-1', CidrBlock: '0.0.0.0/0' },
      { Egress: false, RuleNumber: 32_767, RuleAction: 'deny', Protocol: '-1', CidrBlock: '0.0.0.0/0' },
      { Egress: false, RuleNumber: 150, RuleAction: 'allow', Protocol: '58', Ipv6CidrBlock: '::/0', IcmpTypeCode: { Type: 2, Code: 0 } },
      { Egress: true, RuleNumber: 101, RuleAction: 'allow', Protocol: '-1', Ipv6CidrBlock: '::/0' },
      { Egress: true, RuleNumber: 32_768, RuleAction: 'deny', Protocol: '-1', Ipv6CidrBlock: '::/0' },
    ] as const; // prettier-ignore
    const acl = toNetworkAcl({ NetworkAclId: 'acl-1', VpcId: 'vpc-1', IsDefault: true, Associations: [{ SubnetId: 'subnet-1' }, {}], Entries: [...Entries] }); // prettier-ignore
    expect(acl).toMatchObject({ id: 'acl-1', vpcId: 'vpc-1', isDefault: true, subnetIds: ['subnet-1'] });
    expect(acl.entries.map(({ ruleNumber }) => ruleNumber)).toEqual([101, 150, 200]);
    expect(acl.entries[1]).toMatchObject({
      egress: false,
      action: 'allow',
      protocol: '58',
      icmp: { type: 2, code: 0 },
    });
    expect(acl.entries[2]).toMatchObject({ action: 'deny', protocol: '6', ports: { from: 1, to: 2 }, icmp: undefined });
    expect(acl.takenNumbers).toEqual({ in: [200, 100, 150], out: [101] });
  });

  it('takes what is not said for the most cautious', () => {
    const Entries = [{ Ipv6CidrBlock: '::/0', PortRange: {}, IcmpTypeCode: {} }];
    const { entries } = toNetworkAcl({ Entries });
    expect(entries).toEqual([{ ruleNumber: 0, ipv6Cidr: '::/0', egress: false, action: 'deny', protocol: '-1', ports: { from: 0, to: 65_535 }, icmp: { type: -1, code: -1 } }]); // prettier-ignore
    expect(toNetworkAcl({})).toMatchObject({ id: '', entries: [], takenNumbers: { in: [], out: [] } });
  });
});

describe('toVpcEndpoint', () => {
  it.each([
    ['Available', 'available'],
    ['available', 'available'],
    ['pendingAcceptance', 'pendingacceptance'],
    [undefined, ''],
  ])('is of state %s', (State, state) => {
    expect(toVpcEndpoint({ State: State as 'Available' }).state).toBe(state);
  });

  it('takes an address type that is not said for ipv4', () => {
    expect(toVpcEndpoint({})).toMatchObject({ id: '', ipAddressType: 'ipv4', privateDns: false, serviceName: '', type: '' }); // prettier-ignore
    const whole = { VpcEndpointId: 'vpce-1', VpcId: 'vpc-1', ServiceName: 'a.s3', VpcEndpointType: 'Gateway' } as const;
    expect(toVpcEndpoint({ ...whole, IpAddressType: 'dualstack', PrivateDnsEnabled: true })).toMatchObject({
      ...{ id: 'vpce-1', vpcId: 'vpc-1', serviceName: 'a.s3', type: 'Gateway' },
      ...{ ipAddressType: 'dualstack', privateDns: true },
    });
  });
});

describe('toFlowLog', () => {
  it.each([
    [{ FlowLogStatus: 'ACTIVE', DeliverLogsStatus: 'SUCCESS' }, true, true],
    [{ FlowLogStatus: 'ACTIVE', DeliverLogsStatus: 'FAILED' }, true, false],
    // nothing was delivered yet, and nothing failed
    [{ FlowLogStatus: 'ACTIVE' }, true, true],
    [{ FlowLogStatus: 'INACTIVE', DeliverLogsStatus: 'SUCCESS' }, false, true],
    [{}, false, true],
  ])('%o', (status, isActive, isDelivered) => {
    const log = { FlowLogId: 'fl-1', ResourceId: 'vpc-1', ...status };
    expect(toFlowLog(log)).toEqual({ id: 'fl-1', resourceId: 'vpc-1', isActive, isDelivered });
    expect(toFlowLog({})).toMatchObject({ id: '', resourceId: '' });
  });
});
