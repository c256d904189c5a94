import type {
  GroupIdentifier,
  InstanceNetworkInterface,
  NetworkInterface as NetworkInterfaceShape,
  NetworkInterfaceAssociation,
  NetworkInterfaceAttachment,
  NetworkInterfacePrivateIpAddress,
} from '@aws-sdk/client-ec2';
import type { Scope } from '../../kernel/scope';
import type { Attachment, NetworkInterface } from './network-interface';
import { ipName, publicDnsName } from './private-dns';
import { findSecurityGroup } from './security-group';
import { tagList } from './tag-shape';
import { findVpc } from './vpc';

/** AWS answers types (`nat_gateway`, `efs`, ...) and a status (`pending`) that the SDK's enums do not have. */
export interface AnyInterfaceShape extends Omit<NetworkInterfaceShape, 'InterfaceType' | 'Status'> {
  readonly InterfaceType: string;
  readonly Status: string;
}

export function networkInterfaceShape(scope: Scope, networkInterface: NetworkInterface): AnyInterfaceShape {
  const { attachment } = networkInterface;
  return {
    ...sharedShape(scope, networkInterface),
    AvailabilityZone: networkInterface.zone.name,
    AvailabilityZoneId: networkInterface.zone.id,
    Association: association(scope, networkInterface),
    Attachment: attachment && attachmentShape(attachment),
    Ipv6Address: networkInterface.ipv6[0]?.address,
    Ipv6Native: networkInterface.ipv6Native,
    PrivateDnsName: privateName(scope, networkInterface),
    RequesterId: networkInterface.requesterId,
    RequesterManaged: networkInterface.requesterManaged,
    TagSet: tagList(scope, networkInterface.id) ?? [],
  };
}

/** The view of an interface within its instance: without zone, tags, requester and `Ipv6Native`. */
export function instanceInterfaceShape(scope: Scope, networkInterface: NetworkInterface): InstanceNetworkInterface {
  const { attachment } = networkInterface;
  return {
    ...sharedShape(scope, networkInterface),
    Association: association(scope, networkInterface),
    Attachment: attachment && {
      AttachmentId: attachment.id,
      AttachTime: attachment.attachTime,
      DeleteOnTermination: attachment.deleteOnTermination,
      DeviceIndex: attachment.deviceIndex,
      NetworkCardIndex: 0,
      Status: attachment.status,
    },
    PrivateDnsName: privateName(scope, networkInterface),
  };
}

export function groupIdentifiers(scope: Scope, groups: readonly string[]): GroupIdentifier[] {
  return groups.map((id) => ({ GroupId: id, GroupName: findSecurityGroup(scope, id)?.name }));
}

/** AWS's name for where an interface is in its life. */
export function interfaceStatus({ attachment }: NetworkInterface): 'available' | 'in-use' {
  return attachment ? 'in-use' : 'available';
}

/** The name that AWS gives an interface with an IPv4 address in a VPC with DNS host names. */
export function privateName(scope: Scope, { vpcId, ipv4: [ipv4] }: NetworkInterface): string | undefined {
  return ipv4 !== undefined && findVpc(scope, vpcId)?.dnsHostnames ? ipName(scope, ipv4) : undefined;
}

function sharedShape(scope: Scope, networkInterface: NetworkInterface) {
  return {
    NetworkInterfaceId: networkInterface.id,
    InterfaceType: networkInterface.interfaceType,
    Description: networkInterface.description,
    VpcId: networkInterface.vpcId,
    SubnetId: networkInterface.subnetId,
    OwnerId: scope.account,
    Groups: groupIdentifiers(scope, networkInterface.groups),
    MacAddress: networkInterface.macAddress,
    SourceDestCheck: networkInterface.sourceDestCheck,
    Status: interfaceStatus(networkInterface),
    PrivateIpAddress: networkInterface.ipv4[0],
    PrivateIpAddresses: privateIpv4(scope, networkInterface),
    Ipv6Addresses: networkInterface.ipv6.map(({ address, isPrimary }) => ({
      Ipv6Address: address,
      IsPrimaryIpv6: isPrimary,
    })),
    Ipv6Prefixes: prefixes(networkInterface),
  };
}

function prefixes({ ipv6Prefixes }: NetworkInterface): { Ipv6Prefix: string }[] | undefined {
  return ipv6Prefixes.length > 0 ? ipv6Prefixes.map((prefix) => ({ Ipv6Prefix: prefix })) : undefined;
}

function privateIpv4(scope: Scope, networkInterface: NetworkInterface): NetworkInterfacePrivateIpAddress[] {
  return networkInterface.ipv4.map((address, index) => ({
    Primary: index === 0,
    PrivateIpAddress: address,
    PrivateDnsName: index === 0 ? privateName(scope, networkInterface) : undefined,
    Association: index === 0 ? association(scope, networkInterface) : undefined,
  }));
}

function association(scope: Scope, { publicIpv4, vpcId }: NetworkInterface): NetworkInterfaceAssociation | undefined {
  if (publicIpv4 === undefined) return undefined;
  const named = findVpc(scope, vpcId)?.dnsHostnames;
  return {
    IpOwnerId: 'amazon',
    PublicIp: publicIpv4,
    PublicDnsName: named ? publicDnsName(scope, publicIpv4) : '',
  };
}

function attachmentShape(attachment: Attachment): NetworkInterfaceAttachment {
  return {
    AttachmentId: attachment.id,
    AttachTime: attachment.attachTime,
    DeleteOnTermination: attachment.deleteOnTermination,
    DeviceIndex: attachment.deviceIndex,
    NetworkCardIndex: 0,
    InstanceId: attachment.instanceId,
    InstanceOwnerId: attachment.instanceOwnerId,
    Status: attachment.status,
  };
}
