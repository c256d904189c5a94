import { describe, expect, it, test } from '@jest/globals';
import type { CreateNetworkAclEntryCommandInput, NetworkAcl } from '@aws-sdk/client-ec2';
import type { Ec2Account, Ec2Network } from './an-ec2-account';
import { anEc2Account, anEc2Network, codeOf, text } from './an-ec2-account';

async function anAcl({ ec2, vpcId }: Ec2Network): Promise<string> {
  return text((await ec2.createNetworkAcl({ VpcId: vpcId })).NetworkAcl?.NetworkAclId);
}

async function aclOf({ ec2 }: Ec2Account, name: string, value: string): Promise<NetworkAcl> {
  const { NetworkAcls = [] } = await ec2.describeNetworkAcls({ Filters: [{ Name: name, Values: [value] }] });
  const [acl, ...others] = NetworkAcls;
  if (!acl || others.length > 0) throw new Error(`${NetworkAcls.length} ACLs where ${name} is ${value}`);
  return acl;
}

/** `in 100 allow -1 ::/0` and the like, in the order of the answer. */
function rules({ Entries = [] }: NetworkAcl): string[] {
  return Entries.map((entry) => {
    const direction = entry.Egress ? 'out' : 'in';
    const block = entry.CidrBlock ?? entry.Ipv6CidrBlock ?? '';
    return `${direction} ${entry.RuleNumber ?? ''} ${entry.RuleAction ?? ''} ${entry.Protocol ?? ''} ${block}`;
  });
}

const OPEN = {
  4: ['100 allow -1 0.0.0.0/0', '32767 deny -1 0.0.0.0/0'],
  6: ['100 allow -1 0.0.0.0/0', '101 allow -1 ::/0', '32767 deny -1 0.0.0.0/0', '32768 deny -1 ::/0'],
};
const both = (lines: readonly string[]): string[] => [
  ...lines.map((line) => `out ${line}`),
  ...lines.map((line) => `in ${line}`),
];

const IPV6_RULE: Omit<CreateNetworkAclEntryCommandInput, 'NetworkAclId'> = {
  ...{ Egress: false, RuleNumber: 90, RuleAction: 'deny', Protocol: '6', Ipv6CidrBlock: '2600::1/16' },
  PortRange: { From: 80, To: 8080 },
};

describe('the default network ACL', () => {
  it('comes with the VPC, lets everything pass and covers every subnet', async () => {
    const network = await anEc2Network();
    const acl = await aclOf(network, 'vpc-id', network.vpcId);
    expect(acl).toMatchObject({ IsDefault: true, OwnerId: '111122223333' });
    expect(rules(acl)).toEqual(both(OPEN[6]));
    expect(acl.Associations?.map(({ SubnetId }) => SubnetId)).toEqual([network.dual, network.native]);
  });

  it('stays as long as its VPC, and goes with it', async () => {
    const network = await anEc2Network();
    const { ec2, vpcId, dual, native } = network;
    const { NetworkAclId } = await aclOf(network, 'vpc-id', vpcId);
    expect(await codeOf(ec2.deleteNetworkAcl({ NetworkAclId }))).toBe('InvalidParameterValue');
    for (const SubnetId of [dual, native]) await ec2.deleteSubnet({ SubnetId });
    expect((await aclOf(network, 'vpc-id', vpcId)).Associations).toEqual([]);
    await ec2.deleteVpc({ VpcId: vpcId });
    expect((await ec2.describeNetworkAcls()).NetworkAcls).toEqual([]);
  });

  it.each([
    ['both ways, if nobody touched its rules', undefined, both(OPEN[6])],
    [
      'out only, if its inbound rules were touched',
      { Egress: false, RuleNumber: 50, RuleAction: 'allow', Protocol: '-1', CidrBlock: '10.9.0.0/16' } as const,
      [
        ...OPEN[6].map((line) => `out ${line}`),
        'in 50 allow -1 10.9.0.0/16',
        ...OPEN[4].map((line) => `in ${line}`),
        'in 32768 deny -1 ::/0',
      ],
    ],
  ])('lets IPv6 pass %s, when the VPC gets its IPv6 block', async (_, rule, expected) => {
    const account = await anEc2Account();
    const { Vpc } = await account.ec2.createVpc({ CidrBlock: '10.0.0.0/16' });
    const VpcId = text(Vpc?.VpcId);
    const { NetworkAclId, ...acl } = await aclOf(account, 'vpc-id', VpcId);
    expect(rules(acl)).toEqual(both(OPEN[4]));
    if (rule) await account.ec2.createNetworkAclEntry({ NetworkAclId, ...rule });
    await account.ec2.associateVpcCidrBlock({ VpcId, AmazonProvidedIpv6CidrBlock: true });
    expect(rules(await aclOf(account, 'vpc-id', VpcId))).toEqual(expected);
  });
});

describe('rules of a network ACL', () => {
  it('are added, replaced and taken away by direction and number', async () => {
    const network = await anEc2Network();
    const { ec2 } = network;
    const NetworkAclId = await anAcl(network);
    const rule = { NetworkAclId, ...IPV6_RULE };
    const shown = async (): Promise<string[]> =>
      rules(await aclOf(network, 'network-acl-id', NetworkAclId)).filter((line) => !/ 3276[78] /.test(line));
    expect(await codeOf(ec2.replaceNetworkAclEntry(rule))).toBe('InvalidNetworkAclEntry.NotFound');
    await ec2.createNetworkAclEntry(rule);
    await ec2.createNetworkAclEntry({ ...rule, Egress: true });
    expect(await codeOf(ec2.createNetworkAclEntry(rule))).toBe('NetworkAclEntryAlreadyExists');
    await ec2.replaceNetworkAclEntry({ ...rule, RuleAction: 'allow' });
    expect(await shown()).toEqual(['out 90 deny 6 2600::/16', 'in 90 allow 6 2600::/16']);
    await ec2.deleteNetworkAclEntry({ NetworkAclId, Egress: true, RuleNumber: 90 });
    expect(await shown()).toEqual(['in 90 allow 6 2600::/16']);
    expect(await codeOf(ec2.deleteNetworkAclEntry({ NetworkAclId, Egress: true, RuleNumber: 90 }))).toBe(
      'InvalidNetworkAclEntry.NotFound',
    );
  });

  it('show ports for TCP and UDP, and type and code for ICMPv6', async () => {
    const network = await anEc2Network();
    const NetworkAclId = await anAcl(network);
    const create = (overrides: Partial<CreateNetworkAclEntryCommandInput>) =>
      network.ec2.createNetworkAclEntry({ NetworkAclId, ...IPV6_RULE, ...overrides });
    await create({});
    await create({ RuleNumber: 91, Protocol: 'icmpv6', IcmpTypeCode: { Type: 2, Code: 0 }, PortRange: undefined });
    // with an IPv4 block ICMPv6 has neither
    await create({ RuleNumber: 92, Protocol: '58', Ipv6CidrBlock: undefined, CidrBlock: '10.0.0.0/8' });
    const { Entries } = await aclOf(network, 'network-acl-id', NetworkAclId);
    expect(Entries?.filter(({ RuleNumber = 0 }) => RuleNumber < 100)).toEqual([
      expect.objectContaining({ Protocol: '6', PortRange: { From: 80, To: 8080 } }),
      expect.objectContaining({ Protocol: '58', IcmpTypeCode: { Type: 2, Code: 0 } }),
      { Egress: false, RuleNumber: 92, RuleAction: 'deny', Protocol: '58', CidrBlock: '10.0.0.0/8' },
    ]);
  });

  test.each([
    [{ RuleNumber: 0 }, 'InvalidParameterValue'],
    [{ RuleNumber: 32_767 }, 'InvalidParameterValue'],
    [{ Ipv6CidrBlock: undefined }, 'MissingParameter'],
    [{ CidrBlock: '10.0.0.0/8' }, 'InvalidParameterCombination'],
    [{ Ipv6CidrBlock: '10.0.0.0/8' }, 'InvalidParameterValue'],
    [{ PortRange: undefined }, 'MissingParameter'],
    [{ PortRange: { From: 90, To: 80 } }, 'InvalidParameterValue'],
    [{ Protocol: 'carrier-pigeon' }, 'InvalidParameterValue'],
    [{ Protocol: '256' }, 'InvalidParameterValue'],
    [{ Protocol: '58' }, 'MissingParameter'],
    [{ NetworkAclId: 'acl-0123456789abcdef0' }, 'InvalidNetworkAclID.NotFound'],
    [{ NetworkAclId: 'sg-1' }, 'InvalidNetworkAclId.Malformed'],
  ])('with %j are refused', async (overrides, code) => {
    const network = await anEc2Network();
    const NetworkAclId = await anAcl(network);
    const call = network.ec2.createNetworkAclEntry({ NetworkAclId, ...IPV6_RULE, ...overrides });
    expect(await codeOf(call)).toBe(code);
    expect(rules(await aclOf(network, 'network-acl-id', NetworkAclId))).toHaveLength(4);
  });

  it('are limited for each direction and family', async () => {
    const network = await anEc2Network();
    const NetworkAclId = await anAcl(network);
    for (let RuleNumber = 1; RuleNumber < 20; RuleNumber++) {
      await network.ec2.createNetworkAclEntry({ NetworkAclId, ...IPV6_RULE, RuleNumber });
    }
    const more = { NetworkAclId, ...IPV6_RULE, RuleNumber: 20 };
    expect(await codeOf(network.ec2.createNetworkAclEntry(more))).toBe('NetworkAclEntryLimitExceeded');
    await network.ec2.createNetworkAclEntry({ ...more, Egress: true });
    await network.ec2.createNetworkAclEntry({ ...more, Ipv6CidrBlock: undefined, CidrBlock: '10.0.0.0/8' });
  });
});

describe('a subnet', () => {
  it('is moved from one ACL to another', async () => {
    const network = await anEc2Network();
    const { ec2, native } = network;
    const NetworkAclId = await anAcl(network);
    const associationOf = async (): Promise<string | undefined> => {
      const { Associations } = await aclOf(network, 'association.subnet-id', native);
      return Associations?.find(({ SubnetId }) => SubnetId === native)?.NetworkAclAssociationId;
    };
    const former = await associationOf();
    const { NewAssociationId } = await ec2.replaceNetworkAclAssociation({ AssociationId: former, NetworkAclId });
    expect(await associationOf()).toBe(NewAssociationId);
    expect(await aclOf(network, 'association.subnet-id', native)).toMatchObject({ NetworkAclId });
    expect(await codeOf(ec2.replaceNetworkAclAssociation({ AssociationId: former, NetworkAclId }))).toBe(
      'InvalidAssociationID.NotFound',
    );
    expect(await codeOf(ec2.deleteNetworkAcl({ NetworkAclId }))).toBe('DependencyViolation');
    await ec2.deleteSubnet({ SubnetId: native });
    await ec2.deleteNetworkAcl({ NetworkAclId });
    expect((await ec2.describeNetworkAcls()).NetworkAcls).toHaveLength(1);
  });

  it('cannot be put under an ACL of another VPC', async () => {
    const network = await anEc2Network();
    const { Vpc } = await network.ec2.createVpc({ CidrBlock: '10.1.0.0/16' });
    const { NetworkAclId } = await aclOf(network, 'vpc-id', text(Vpc?.VpcId));
    const { Associations } = await aclOf(network, 'vpc-id', network.vpcId);
    const AssociationId = Associations?.[0]?.NetworkAclAssociationId;
    const call = network.ec2.replaceNetworkAclAssociation({ AssociationId, NetworkAclId });
    expect(await codeOf(call)).toBe('InvalidParameterValue');
  });
});

test('ACLs are filtered by their rules, tagged, made once for a token, and shown in pages', async () => {
  const network = await anEc2Network();
  const { ec2, vpcId } = network;
  const made = await Promise.all(
    [1, 2].map(() =>
      ec2.createNetworkAcl({
        ...{ VpcId: vpcId, ClientToken: 'one' },
        TagSpecifications: [{ ResourceType: 'network-acl', Tags: [{ Key: 'team', Value: 'x' }] }],
      }),
    ),
  );
  const [id, same] = made.map(({ NetworkAcl: acl }) => acl?.NetworkAclId);
  expect(same).toBe(id);
  expect(await aclOf(network, 'tag:team', 'x')).toMatchObject({ NetworkAclId: id });
  await ec2.createNetworkAclEntry({ NetworkAclId: id, ...IPV6_RULE });
  for (const [name, value] of [
    ['entry.ipv6-cidr', '2600::/16'],
    ['entry.protocol', 'tcp'],
    ['entry.port-range.from', '80'],
    ['entry.rule-number', '90'],
    ['default', 'false'],
  ] as const) {
    expect(await aclOf(network, name, value)).toMatchObject({ NetworkAclId: id });
  }
  for (let count = 0; count < 4; count++) await anAcl(network);
  const first = await ec2.describeNetworkAcls({ MaxResults: 5 });
  const second = await ec2.describeNetworkAcls({ MaxResults: 5, NextToken: first.NextToken });
  expect([first.NetworkAcls, second.NetworkAcls].map((page) => page?.length)).toEqual([5, 1]);
  expect(second.NextToken).toBeUndefined();
});
