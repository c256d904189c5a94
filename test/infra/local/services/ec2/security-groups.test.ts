import { describe, expect, it } from '@jest/globals';
import type { EC2, IpPermission, SecurityGroup } from '@aws-sdk/client-ec2';
import { anEc2Account, anEc2Network, codeOf, text } from './an-ec2-account';
import type { Ec2Network } from './an-ec2-account';

async function group({ ec2, vpcId }: Ec2Network, name = 'web'): Promise<string> {
  return text((await ec2.createSecurityGroup({ VpcId: vpcId, GroupName: name, Description: name })).GroupId);
}

async function described(ec2: EC2, id: string): Promise<SecurityGroup> {
  const { SecurityGroups } = await ec2.describeSecurityGroups({ GroupIds: [id] });
  const [found] = SecurityGroups ?? [];
  if (!found) throw new Error(`${id} is not described`);
  return found;
}

const WEB: IpPermission = {
  ...{ IpProtocol: 'tcp', FromPort: 80, ToPort: 443 },
  Ipv6Ranges: [{ CidrIpv6: '::/0', Description: 'everyone' }],
};

describe('a security group', () => {
  it('lets everything out when new, and nothing in', async () => {
    const network = await anEc2Network();
    const found = await described(network.ec2, await group(network));
    expect(found.IpPermissions).toEqual([]);
    const everyone = { IpRanges: [{ CidrIp: '0.0.0.0/0' }], Ipv6Ranges: [{ CidrIpv6: '::/0' }] };
    expect(found.IpPermissionsEgress).toMatchObject([{ IpProtocol: '-1', ...everyone }]);
    expect(found.IpPermissionsEgress?.[0]).not.toHaveProperty('FromPort');
  });

  it('called default is in every VPC and lets its members reach each other', async () => {
    const { ec2, vpcId } = await anEc2Network();
    const { SecurityGroups } = await ec2.describeSecurityGroups();
    const [only] = SecurityGroups ?? [];
    const GroupId = only?.GroupId;
    expect(SecurityGroups).toMatchObject([
      { GroupName: 'default', VpcId: vpcId, IpPermissions: [{ IpProtocol: '-1', UserIdGroupPairs: [{ GroupId }] }] },
    ]);
    expect(await codeOf(ec2.deleteSecurityGroup({ GroupId }))).toBe('CannotDelete');
  });

  it('has a name of its own in its VPC', async () => {
    const network = await anEc2Network();
    await group(network);
    expect(await codeOf(group(network))).toBe('InvalidGroup.Duplicate');
    const { ec2 } = await anEc2Account();
    expect(await codeOf(ec2.createSecurityGroup({ GroupName: 'x', Description: 'x' }))).toBe('VPCIdNotSpecified');
  });

  it.each([
    ['', 'a group', 'MissingParameter'],
    ['web', '', 'MissingParameter'],
    ['sg-web', 'a group', 'InvalidParameterValue'],
    ['web?', 'a group', 'InvalidParameterValue'],
    ['web', 'überall', 'InvalidParameterValue'],
    ['x'.repeat(256), 'a group', 'InvalidParameterValue'],
    ['x'.repeat(255), 'all of ._-:/()#,@[]+=&;{}!$*', 'no error'],
  ])('called %j and described as %j: %s', async (GroupName, Description, code) => {
    const { ec2, vpcId: VpcId } = await anEc2Network();
    expect(await codeOf(ec2.createSecurityGroup({ VpcId, GroupName, Description }))).toBe(code);
  });

  it('cannot go while an interface or another group uses it', async () => {
    const network = await anEc2Network();
    const { ec2, dual } = network;
    const [web, db] = [await group(network), await group(network, 'db')];
    const fromWeb = { IpProtocol: 'tcp', FromPort: 5432, ToPort: 5432, UserIdGroupPairs: [{ GroupId: web }] };
    await ec2.authorizeSecurityGroupIngress({ GroupId: db, IpPermissions: [fromWeb] });
    expect(await codeOf(ec2.deleteSecurityGroup({ GroupId: web }))).toBe('DependencyViolation');
    await ec2.revokeSecurityGroupIngress({ GroupId: db, IpPermissions: [fromWeb] });
    const { NetworkInterface } = await ec2.createNetworkInterface({ SubnetId: dual, Groups: [web] });
    expect(await codeOf(ec2.deleteSecurityGroup({ GroupId: web }))).toBe('DependencyViolation');
    await ec2.deleteNetworkInterface({ NetworkInterfaceId: NetworkInterface?.NetworkInterfaceId });
    await ec2.deleteSecurityGroup({ GroupId: web });
    expect(await codeOf(described(ec2, web))).toBe('InvalidGroup.NotFound');
  });
});

describe('rules', () => {
  it('with the same ports are shown together, in canonical spelling', async () => {
    const network = await anEc2Network();
    const { ec2 } = network;
    const GroupId = await group(network);
    const more = { IpProtocol: '6', FromPort: 80, ToPort: 443, IpRanges: [{ CidrIp: '10.1.2.3/8' }] };
    const { SecurityGroupRules } = await ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions: [WEB, more] });
    expect(SecurityGroupRules).toMatchObject([
      { GroupId, IsEgress: false, IpProtocol: 'tcp', FromPort: 80, CidrIpv6: '::/0', Description: 'everyone' },
      { CidrIpv4: '10.0.0.0/8' },
    ]);
    expect((await described(ec2, GroupId)).IpPermissions).toMatchObject([
      { Ipv6Ranges: [{ CidrIpv6: '::/0', Description: 'everyone' }], IpRanges: [{ CidrIp: '10.0.0.0/8' }] },
    ]);
  });

  it('are described one by one, with ports of -1 where they are for every protocol', async () => {
    const network = await anEc2Network();
    const { ec2 } = network;
    const GroupId = await group(network);
    await ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions: [WEB] });
    const { SecurityGroupRules = [] } = await ec2.describeSecurityGroupRules({
      Filters: [{ Name: 'group-id', Values: [GroupId] }],
    });
    expect(SecurityGroupRules).toMatchObject([
      { IsEgress: true, IpProtocol: '-1', FromPort: -1, ToPort: -1, CidrIpv4: '0.0.0.0/0' },
      { IsEgress: true, IpProtocol: '-1', CidrIpv6: '::/0' },
      { IsEgress: false, IpProtocol: 'tcp', FromPort: 80, ToPort: 443, CidrIpv6: '::/0' },
    ]);
    const [out] = SecurityGroupRules;
    const SecurityGroupRuleIds = [text(out?.SecurityGroupRuleId)];
    expect(await codeOf(ec2.revokeSecurityGroupIngress({ GroupId, SecurityGroupRuleIds }))).toBe(
      'InvalidSecurityGroupRuleId.NotFound',
    );
    await ec2.revokeSecurityGroupEgress({ GroupId, SecurityGroupRuleIds });
    expect((await described(ec2, GroupId)).IpPermissionsEgress).toMatchObject([{ IpRanges: [] }]);
  });

  it('are found by what they let through', async () => {
    const network = await anEc2Network();
    const { ec2 } = network;
    const GroupId = await group(network);
    await ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions: [WEB] });
    for (const [Name, value] of Object.entries({ 'ip-permission.ipv6-cidr': '::/0', 'ip-permission.to-port': '443' })) {
      const { SecurityGroups } = await ec2.describeSecurityGroups({ Filters: [{ Name, Values: [value] }] });
      expect(SecurityGroups?.map((each) => each.GroupId)).toEqual([GroupId]);
    }
  });

  it('exist once, whatever their description', async () => {
    const network = await anEc2Network();
    const { ec2 } = network;
    const GroupId = await group(network);
    const authorize = (permission: IpPermission) =>
      codeOf(ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions: [permission] }));
    expect(await authorize(WEB)).toBe('no error');
    expect(await authorize({ ...WEB, Ipv6Ranges: [{ CidrIpv6: '::/0' }] })).toBe('InvalidPermission.Duplicate');
    const never = { ...WEB, ToPort: 8080 };
    const revoke = ec2.revokeSecurityGroupIngress({ GroupId, IpPermissions: [never] });
    expect(await codeOf(revoke)).toBe('InvalidPermission.NotFound');
  });

  it('of ICMPv6 carry type and code', async () => {
    const network = await anEc2Network();
    const { ec2 } = network;
    const GroupId = await group(network);
    const ping = { IpProtocol: '58', FromPort: 128, ToPort: 0, Ipv6Ranges: [{ CidrIpv6: '::/0' }] };
    await ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions: [ping] });
    const { IpPermissions } = await described(ec2, GroupId);
    expect(IpPermissions).toMatchObject([{ IpProtocol: 'icmpv6', FromPort: 128, ToPort: 0 }]);
  });

  it.each<[string, IpPermission[], string]>([
    ['no protocol', [{ FromPort: 80, ToPort: 80, IpRanges: [{ CidrIp: '10.0.0.0/8' }] }], 'MissingParameter'],
    ['a protocol that is none', [{ ...WEB, IpProtocol: 'http' }], 'InvalidParameterValue'],
    ['TCP without ports', [{ ...WEB, ToPort: undefined }], 'InvalidParameterValue'],
    ['ports the wrong way round', [{ ...WEB, FromPort: 444 }], 'InvalidParameterValue'],
    ['IPv4 where IPv6 belongs', [{ ...WEB, Ipv6Ranges: [{ CidrIpv6: '0.0.0.0/0' }] }], 'InvalidParameterValue'],
    ['an unknown group', [{ ...WEB, UserIdGroupPairs: [{ GroupId: 'sg-00000000' }] }], 'InvalidGroup.NotFound'],
    ['nobody', [{ IpProtocol: '-1' }], 'MissingParameter'],
    [
      'a prefix list that is not there',
      [{ ...WEB, PrefixListIds: [{ PrefixListId: 'pl-00000000' }] }],
      'InvalidPrefixListID.NotFound',
    ],
  ])('are refused with %s', async (...[, IpPermissions, code]) => {
    const network = await anEc2Network();
    const GroupId = await group(network);
    expect(await codeOf(network.ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions }))).toBe(code);
    expect((await described(network.ec2, GroupId)).IpPermissions).toEqual([]);
  });
});
