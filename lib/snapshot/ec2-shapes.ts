/** EC2's answers in our own terms. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Types.html */
import type * as ec2 from '@aws-sdk/client-ec2';
import ipaddr from 'ipaddr.js';
import { formatArn } from '../trigger/arn';
import { canonicalAddress, isInside } from './address';
import { distinct, stated } from './pick';
import type { AddressHolder } from './registration-resources';
import type { AttachedInterface, InstanceInterface } from './host-resources';
import type { Instance, Subnet, Tags, Vpc } from './snapshot';

/** Where a snapshot is taken. */
export interface Place {
  readonly account: string;
  readonly region: string;
  readonly partition: string;
}

export function toTags(tags: readonly ec2.Tag[] | undefined): Tags {
  return Object.fromEntries((tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value]));
}

const operatorOf = (operator: ec2.OperatorResponse | undefined): string | undefined =>
  operator?.Managed ? (operator.Principal ?? 'unnamed') : undefined;

function toInterface(face: ec2.InstanceNetworkInterface | ec2.NetworkInterface): InstanceInterface {
  const { NetworkInterfaceId: id = '', SubnetId: subnetId, Attachment, Ipv6Addresses, Ipv6Prefixes } = face;
  const addresses = [face.PrivateIpAddress, ...(face.PrivateIpAddresses ?? []).map((one) => one.PrivateIpAddress)];
  return {
    id,
    subnetId,
    deviceIndex: Attachment?.DeviceIndex,
    type: face.InterfaceType,
    operator: operatorOf(face.Operator),
    ipv4Addresses: distinct(addresses).filter((address) => ipaddr.IPv4.isValid(address)),
    ipv6Addresses: (Ipv6Addresses ?? []).flatMap(({ Ipv6Address, IsPrimaryIpv6 }) =>
      Ipv6Address === undefined ? [] : [{ address: Ipv6Address, isPrimary: IsPrimaryIpv6 ?? false }],
    ),
    ipv6Prefixes: distinct((Ipv6Prefixes ?? []).map(({ Ipv6Prefix }) => Ipv6Prefix)),
    securityGroupIds: distinct((face.Groups ?? []).map(({ GroupId }) => GroupId)),
  };
}

export function toAttachedInterface(face: ec2.NetworkInterface): AttachedInterface {
  const { Attachment, RequesterManaged = false } = face;
  return { ...toInterface(face), instanceId: Attachment?.InstanceId, requesterManaged: RequesterManaged };
}

export function toInstance(instance: ec2.Instance, { account, region, partition }: Place): Instance {
  const { InstanceId: id = '', State, InstanceType, ImageId, Platform, Operator, VpcId, SubnetId } = instance;
  return {
    id,
    arn: formatArn({ partition, service: 'ec2', region, account, resource: `instance/${id}` }),
    state: State?.Name ?? '',
    instanceType: InstanceType,
    imageId: ImageId,
    operatingSystem: Platform?.toLowerCase() === 'windows' ? 'windows' : 'linux',
    operator: operatorOf(Operator),
    vpcId: VpcId,
    subnetId: SubnetId,
    availabilityZone: instance.Placement?.AvailabilityZone,
    interfaces: (instance.NetworkInterfaces ?? []).map(toInterface),
    tags: toTags(instance.Tags),
  };
}

/** A word of its own: `disassociated` is another state. */
const ASSOCIATED = /\bassociated\b/;

interface Ipv6Association {
  readonly Ipv6CidrBlock?: string;
  readonly Ipv6CidrBlockState?: { readonly State?: string };
}

function associated(set: readonly Ipv6Association[] | undefined): readonly string[] {
  const current = (set ?? []).filter(({ Ipv6CidrBlockState }) => ASSOCIATED.test(Ipv6CidrBlockState?.State ?? ''));
  return distinct(current.map(({ Ipv6CidrBlock }) => Ipv6CidrBlock));
}

export function toSubnet(subnet: ec2.Subnet): Subnet {
  return {
    id: subnet.SubnetId ?? '',
    vpcId: subnet.VpcId ?? '',
    availabilityZone: subnet.AvailabilityZone,
    ipv6Native: subnet.Ipv6Native ?? false,
    ipv4Cidr: stated(subnet.CidrBlock),
    ipv6Cidrs: associated(subnet.Ipv6CidrBlockAssociationSet),
    assignsIpv6: subnet.AssignIpv6AddressOnCreation ?? false,
    dns64: subnet.EnableDns64 ?? false,
    tags: toTags(subnet.Tags),
  };
}

export function toVpc(vpc: ec2.Vpc): Vpc {
  const additional = (vpc.CidrBlockAssociationSet ?? []).filter(({ CidrBlockState }) =>
    ASSOCIATED.test(CidrBlockState?.State ?? ''),
  );
  return {
    id: vpc.VpcId ?? '',
    ownerId: vpc.OwnerId,
    ipv4Cidrs: distinct([vpc.CidrBlock, ...additional.map(({ CidrBlock }) => CidrBlock)]),
    ipv6Cidrs: associated(vpc.Ipv6CidrBlockAssociationSet),
    tags: toTags(vpc.Tags),
  };
}

/** Every address of the interface, each with its holder. */
export function toAddressHolders(face: ec2.NetworkInterface): readonly AddressHolder[] {
  const { NetworkInterfaceId: networkInterfaceId = '', VpcId: vpcId = '' } = face;
  const addresses = distinct([
    face.PrivateIpAddress,
    ...(face.PrivateIpAddresses ?? []).map((one) => one.PrivateIpAddress),
    face.Ipv6Address,
    ...(face.Ipv6Addresses ?? []).map((one) => one.Ipv6Address),
  ]);
  return addresses.map((address) => ({ networkInterfaceId, vpcId, address: canonicalAddress(address) }));
}

/** Those of the addresses that lie within a prefix delegated to the interface: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-prefix-eni.html */
export function toPrefixHolders(face: ec2.NetworkInterface, addresses: readonly string[]): readonly AddressHolder[] {
  const { NetworkInterfaceId: networkInterfaceId = '', VpcId: vpcId = '' } = face;
  const prefixes = distinct([
    ...(face.Ipv6Prefixes ?? []).map(({ Ipv6Prefix }) => Ipv6Prefix),
    ...(face.Ipv4Prefixes ?? []).map(({ Ipv4Prefix }) => Ipv4Prefix),
  ]);
  if (prefixes.length === 0) return [];
  return addresses
    .filter((address) => isInside(address, prefixes))
    .map((address) => ({ networkInterfaceId, vpcId, address }));
}
