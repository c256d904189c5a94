import { describe, expect, it } from '@jest/globals';
import type { CreateNetworkInterfaceCommandInput, NetworkInterface } from '@aws-sdk/client-ec2';
import { findNetworkInterface } from '../../../../../infra/local/services/ec2/network-interface';
import {
  attachNetworkInterface,
  createNetworkInterface,
} from '../../../../../infra/local/services/ec2/network-interface-lifecycle';
import { anEc2Network, codeOf, text } from './an-ec2-account';
import type { Ec2Network } from './an-ec2-account';
import { launch, SOON } from './an-instance';

async function create({ ec2 }: Ec2Network, input: CreateNetworkInterfaceCommandInput): Promise<string> {
  return text((await ec2.createNetworkInterface(input)).NetworkInterface?.NetworkInterfaceId);
}

async function described({ ec2 }: Ec2Network, id: string): Promise<NetworkInterface> {
  const { NetworkInterfaces } = await ec2.describeNetworkInterfaces({ NetworkInterfaceIds: [id] });
  const [found] = NetworkInterfaces ?? [];
  if (!found) throw new Error(`${id} is not described`);
  return found;
}

describe('a network interface', () => {
  it('in an IPv6-only subnet is described without IPv4', async () => {
    const network = await anEc2Network();
    const id = await create(network, { SubnetId: network.native, Description: 'mine' });
    const found = await described(network, id);
    expect(found).toMatchObject({
      ...{ Description: 'mine', InterfaceType: 'interface', Ipv6Native: true, Status: 'available' },
      ...{ RequesterManaged: false, SourceDestCheck: true, TagSet: [], PrivateIpAddresses: [] },
      Ipv6Addresses: [{ Ipv6Address: found.Ipv6Address, IsPrimaryIpv6: false }],
    });
    for (const absent of ['PrivateIpAddress', 'PrivateDnsName', 'Attachment', 'Association']) {
      expect(found).not.toHaveProperty(absent);
    }
  });

  it('gets a private name in a VPC with DNS host names', async () => {
    const network = await anEc2Network();
    const id = await create(network, { SubnetId: network.dual, PrivateIpAddress: '10.0.1.20' });
    expect(await described(network, id)).not.toHaveProperty('PrivateDnsName');
    await network.ec2.modifyVpcAttribute({ VpcId: network.vpcId, EnableDnsHostnames: { Value: true } });
    expect((await described(network, id)).PrivateDnsName).toBe('ip-10-0-1-20.eu-west-2.compute.internal');
  });

  it('is made once for one client token', async () => {
    const network = await anEc2Network();
    const input = { SubnetId: network.dual, ClientToken: 'once' };
    expect(await create(network, input)).toBe(await create(network, input));
  });

  it('is plugged into an instance and pulled out again, which ends its primary address', async () => {
    const network = await anEc2Network();
    const { ec2, clock } = network;
    const InstanceId = await launch(network, { SubnetId: network.native });
    const eni = await create(network, { SubnetId: network.native, EnablePrimaryIpv6: true });
    const plug = { NetworkInterfaceId: eni, InstanceId, DeviceIndex: 1 };
    expect(await codeOf(ec2.attachNetworkInterface(plug))).toBe('IncorrectState');
    await clock.advance(SOON);
    expect(await codeOf(ec2.attachNetworkInterface({ ...plug, DeviceIndex: 0 }))).toBe('InvalidParameterValue');
    const { AttachmentId } = await ec2.attachNetworkInterface(plug);
    expect(await described(network, eni)).toMatchObject({
      Attachment: { AttachmentId, InstanceId, DeviceIndex: 1, InstanceOwnerId: '111122223333', Status: 'attached' },
      Ipv6Addresses: [{ IsPrimaryIpv6: true }],
    });
    expect(await codeOf(ec2.deleteNetworkInterface({ NetworkInterfaceId: eni }))).toBe('InvalidParameterValue');
    const third = await create(network, { SubnetId: network.native });
    const full = ec2.attachNetworkInterface({ ...plug, NetworkInterfaceId: third, DeviceIndex: 2 });
    expect(await codeOf(full)).toBe('AttachmentLimitExceeded');
    await ec2.detachNetworkInterface({ AttachmentId });
    const out = await described(network, eni);
    expect(out).not.toHaveProperty('Attachment');
    expect(out).toMatchObject({ Status: 'available', Ipv6Addresses: [{ IsPrimaryIpv6: false }] });
  });

  it('is changed one attribute at a time', async () => {
    const network = await anEc2Network();
    const { ec2, vpcId, dual } = network;
    const { GroupId } = await ec2.createSecurityGroup({ VpcId: vpcId, GroupName: 'web', Description: 'web' });
    const NetworkInterfaceId = await create(network, { SubnetId: dual });
    const change = (input: object) => ec2.modifyNetworkInterfaceAttribute({ NetworkInterfaceId, ...input });
    await change({ Description: { Value: 'new' } });
    await change({ Groups: [GroupId] });
    await change({ SourceDestCheck: { Value: false } });
    expect(await described(network, NetworkInterfaceId)).toMatchObject({
      ...{ Description: 'new', SourceDestCheck: false, Groups: [{ GroupId, GroupName: 'web' }] },
    });
    expect(await codeOf(change({}))).toBe('MissingParameter');
    const two = change({ Description: { Value: 'x' }, SourceDestCheck: { Value: true } });
    expect(await codeOf(two)).toBe('InvalidParameterCombination');
    expect(await codeOf(change({ Attachment: { AttachmentId: 'x' } }))).toBe('NotImplemented');
    expect(await codeOf(change({ Groups: ['sg-00000000'] }))).toBe('InvalidGroup.NotFound');
  });
});

describe('the primary IPv6 address', () => {
  it('is enabled in place, again without effect, and never disabled', async () => {
    const network = await anEc2Network();
    const { ec2 } = network;
    const NetworkInterfaceId = await create(network, { SubnetId: network.native, Ipv6AddressCount: 2 });
    const enable = (EnablePrimaryIpv6: boolean) =>
      ec2.modifyNetworkInterfaceAttribute({ NetworkInterfaceId, EnablePrimaryIpv6 });
    await enable(false);
    const before = await described(network, NetworkInterfaceId);
    await enable(true);
    await enable(true);
    const after = await described(network, NetworkInterfaceId);
    expect(before.Ipv6Addresses?.map(({ IsPrimaryIpv6 }) => IsPrimaryIpv6)).toEqual([false, false]);
    expect(after.Ipv6Addresses?.map(({ IsPrimaryIpv6 }) => IsPrimaryIpv6)).toEqual([true, false]);
    expect(await codeOf(enable(false))).toBe('InvalidParameterValue');
    const Ipv6Addresses = [text(after.Ipv6Address)];
    expect(await codeOf(ec2.unassignIpv6Addresses({ NetworkInterfaceId, Ipv6Addresses }))).toBe(
      'OperationNotPermitted',
    );
  });

  it('needs a global address, and no prefixes', async () => {
    const network = await anEc2Network();
    const { ec2, dual } = network;
    const NetworkInterfaceId = await create(network, { SubnetId: dual });
    const enable = () => codeOf(ec2.modifyNetworkInterfaceAttribute({ NetworkInterfaceId, EnablePrimaryIpv6: true }));
    expect(await enable()).toBe('InvalidParameterCombination');
    await ec2.assignIpv6Addresses({ NetworkInterfaceId, Ipv6AddressCount: 1 });
    expect(await enable()).toBe('no error');
    const prefixed = create(network, { SubnetId: dual, Ipv6PrefixCount: 1, EnablePrimaryIpv6: true });
    expect(await codeOf(prefixed)).toBe('InvalidParameterCombination');
  });
});

describe('IPv6 addresses', () => {
  it('are assigned by count or by name; the answer has the new ones only', async () => {
    const network = await anEc2Network();
    const { ec2, dual, slice } = network;
    const NetworkInterfaceId = await create(network, { SubnetId: dual, Ipv6AddressCount: 1 });
    const { AssignedIpv6Addresses } = await ec2.assignIpv6Addresses({ NetworkInterfaceId, Ipv6AddressCount: 2 });
    expect(AssignedIpv6Addresses).toHaveLength(2);
    const wanted = slice(1).replace('/64', 'beef');
    const named = await ec2.assignIpv6Addresses({ NetworkInterfaceId, Ipv6Addresses: [wanted.toUpperCase()] });
    expect(named.AssignedIpv6Addresses).toEqual([wanted]);
    expect((await described(network, NetworkInterfaceId)).Ipv6Addresses).toHaveLength(4);
    const taken = ec2.assignIpv6Addresses({ NetworkInterfaceId, Ipv6Addresses: [wanted] });
    expect(await codeOf(taken)).toBe('InvalidIPAddress.InUse');
    expect(await codeOf(ec2.assignIpv6Addresses({ NetworkInterfaceId }))).toBe('InvalidParameterValue');
    await ec2.unassignIpv6Addresses({ NetworkInterfaceId, Ipv6Addresses: [wanted] });
    const gone = ec2.unassignIpv6Addresses({ NetworkInterfaceId, Ipv6Addresses: [wanted] });
    expect(await codeOf(gone)).toBe('InvalidParameterValue');
  });

  it('may be prefixes', async () => {
    const network = await anEc2Network();
    const NetworkInterfaceId = await create(network, { SubnetId: network.native, Ipv6PrefixCount: 1 });
    const { Ipv6Prefixes, Ipv6Addresses } = await described(network, NetworkInterfaceId);
    expect({ Ipv6Prefixes, Ipv6Addresses }).toMatchObject({ Ipv6Prefixes: [{}], Ipv6Addresses: [] });
    const prefix = text(Ipv6Prefixes?.[0]?.Ipv6Prefix);
    expect(prefix).toMatch(/\/80$/);
    await network.ec2.unassignIpv6Addresses({ NetworkInterfaceId, Ipv6Prefixes: [prefix] });
    expect(await described(network, NetworkInterfaceId)).not.toHaveProperty('Ipv6Prefixes');
  });
});

describe('an interface of an AWS service', () => {
  it('is seen by the account and may not be touched', async () => {
    const network = await anEc2Network();
    const { ec2, account } = network;
    const eni = createNetworkInterface(account.scope, {
      ...{
        subnetId: network.native,
        description: 'arn:aws:ecs:eu-west-2:111122223333:attachment/1',
        requesterId: 'amazon-ecs',
      },
    });
    const { id: AttachmentId } = attachNetworkInterface(account.scope, eni, {
      ...{ instanceOwnerId: 'amazon-aws', deviceIndex: 1, deleteOnTermination: false },
    });
    expect(AttachmentId).toMatch(/^ela-attach-/);
    const NetworkInterfaceId = eni.id;
    const filters = [
      { Name: 'requester-managed', Values: ['true'] },
      { Name: 'requester-id', Values: ['amazon-*'] },
    ];
    const { NetworkInterfaces } = await ec2.describeNetworkInterfaces({ Filters: filters });
    expect(NetworkInterfaces).toMatchObject([
      { NetworkInterfaceId, RequesterId: 'amazon-ecs', RequesterManaged: true },
    ]);
    const refused = [
      ec2.modifyNetworkInterfaceAttribute({ NetworkInterfaceId, EnablePrimaryIpv6: true }),
      ec2.assignIpv6Addresses({ NetworkInterfaceId, Ipv6AddressCount: 1 }),
      ec2.detachNetworkInterface({ AttachmentId }),
      ec2.deleteNetworkInterface({ NetworkInterfaceId }),
    ];
    expect(await Promise.all(refused.map(codeOf))).toEqual(Array(4).fill('OperationNotPermitted'));
    expect(findNetworkInterface(account.scope, eni.id)).toMatchObject({ ipv6: [{ isPrimary: false }], attachment: {} });
  });
});
