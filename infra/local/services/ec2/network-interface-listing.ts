import type { FilterFields } from './filter';
import type { Listing } from './listing';
import { PAGE_5_TO_1000 } from './listing';
import type { NetworkInterface } from './network-interface';
import { allNetworkInterfaces, NETWORK_INTERFACE } from './network-interface';
import { interfaceStatus, privateName } from './network-interface-shape';
import { findSecurityGroup } from './security-group';

const ATTACHMENT: FilterFields<NetworkInterface> = {
  'attachment.attachment-id': ({ attachment }) => attachment?.id,
  'attachment.attach-time': ({ attachment }) => attachment?.attachTime.toISOString(),
  'attachment.delete-on-termination': ({ attachment }) => attachment?.deleteOnTermination,
  'attachment.device-index': ({ attachment }) => attachment?.deviceIndex,
  'attachment.instance-id': ({ attachment }) => attachment?.instanceId,
  'attachment.instance-owner-id': ({ attachment }) => attachment?.instanceOwnerId,
  'attachment.status': ({ attachment }) => attachment?.status,
};

const ADDRESS: FilterFields<NetworkInterface> = {
  'addresses.primary': ({ ipv4 }) => ipv4.map((_, index) => index === 0),
  'addresses.private-ip-address': ({ ipv4 }) => ipv4,
  'addresses.association.public-ip': ({ publicIpv4 }) => publicIpv4,
  'association.public-ip': ({ publicIpv4 }) => publicIpv4,
  'association.ip-owner-id': ({ publicIpv4 }) => publicIpv4 && 'amazon',
  'ipv6-addresses.ipv6-address': ({ ipv6 }) => ipv6.map(({ address }) => address),
  'private-ip-address': ({ ipv4 }) => ipv4,
  'private-dns-name': (each, scope) => privateName(scope, each),
};

export const NETWORK_INTERFACES: Listing<NetworkInterface> = {
  all: allNetworkInterfaces,
  id: (each) => each.id,
  kind: NETWORK_INTERFACE,
  taggable: true,
  pageSize: PAGE_5_TO_1000,
  exclusive: { ids: 'networkInterfaceIds', maxResults: 'maxResults' },
  filters: {
    ...ATTACHMENT,
    ...ADDRESS,
    'availability-zone': ({ zone }) => zone.name,
    'availability-zone-id': ({ zone }) => zone.id,
    description: ({ description }) => description,
    'group-id': ({ groups }) => groups,
    'group-name': ({ groups }, scope) => groups.map((id) => findSecurityGroup(scope, id)?.name),
    'interface-type': ({ interfaceType }) => interfaceType,
    'mac-address': ({ macAddress }) => macAddress,
    'network-interface-id': ({ id }) => id,
    'owner-id': (_, scope) => scope.account,
    'requester-id': ({ requesterId }) => requesterId,
    'requester-managed': ({ requesterManaged }) => requesterManaged,
    'source-dest-check': ({ sourceDestCheck }) => sourceDestCheck,
    status: interfaceStatus,
    'subnet-id': ({ subnetId }) => subnetId,
    'vpc-id': ({ vpcId }) => vpcId,
  },
};
