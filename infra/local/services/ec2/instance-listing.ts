import type { FilterFields } from './filter';
import type { Instance } from './instance';
import { allInstances, INSTANCE, STATE_CODES } from './instance';
import type { Listing } from './listing';
import { PAGE_5_TO_1000 } from './listing';
import type { NetworkInterface } from './network-interface';
import { interfacesOfInstance } from './network-interface';
import { findSecurityGroup } from './security-group';

/** Filters on the interfaces of an instance, by what they compare of one interface. */
function onInterfaces(
  fields: Readonly<
    Record<string, (networkInterface: NetworkInterface) => readonly (string | number | boolean | undefined)[]>
  >,
): FilterFields<Instance> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, values]) => [
      `network-interface.${name}`,
      ({ id }, scope) => interfacesOfInstance(scope, id).flatMap(values),
    ]),
  );
}

const INTERFACE_FILTERS = onInterfaces({
  'network-interface-id': ({ id }) => [id],
  'vpc-id': ({ vpcId }) => [vpcId],
  'subnet-id': ({ subnetId }) => [subnetId],
  'availability-zone': ({ zone }) => [zone.name],
  description: ({ description }) => [description],
  'mac-address': ({ macAddress }) => [macAddress],
  'group-id': ({ groups }) => groups,
  'requester-id': ({ requesterId }) => [requesterId],
  'requester-managed': ({ requesterManaged }) => [requesterManaged],
  'source-dest-check': ({ sourceDestCheck }) => [sourceDestCheck],
  'addresses.private-ip-address': ({ ipv4 }) => ipv4,
  'addresses.association.public-ip': ({ publicIpv4 }) => [publicIpv4],
  'ipv6-addresses.ipv6-address': ({ ipv6 }) => ipv6.map(({ address }) => address),
  'ipv6-addresses.is-primary-ipv6': ({ ipv6 }) => ipv6.map(({ isPrimary }) => isPrimary),
  'attachment.attachment-id': ({ attachment }) => [attachment?.id],
  'attachment.device-index': ({ attachment }) => [attachment?.deviceIndex],
  'attachment.status': ({ attachment }) => [attachment?.status],
  'attachment.delete-on-termination': ({ attachment }) => [attachment?.deleteOnTermination],
});

/** What the two Describe operations on instances have in common. */
export const STATE_FILTERS: FilterFields<Instance> = {
  'availability-zone': ({ zone }) => zone.name,
  'availability-zone-id': ({ zone }) => zone.id,
  'instance-state-code': ({ state }) => STATE_CODES[state],
  'instance-state-name': ({ state }) => state,
};

export const INSTANCES: Listing<Instance> = {
  all: allInstances,
  id: ({ id }) => id,
  kind: INSTANCE,
  taggable: true,
  pageSize: PAGE_5_TO_1000,
  exclusive: { ids: 'instancesSet', maxResults: 'maxResults' },
  filters: {
    ...STATE_FILTERS,
    ...INTERFACE_FILTERS,
    architecture: ({ image }) => image.architecture,
    'client-token': ({ clientToken }) => clientToken,
    hypervisor: () => 'xen',
    'iam-instance-profile.arn': ({ instanceProfile }) => instanceProfile?.arn,
    'iam-instance-profile.id': ({ instanceProfile }) => instanceProfile?.id,
    'image-id': ({ image }) => image.id,
    'instance-id': ({ id }) => id,
    'instance-type': ({ type }) => type.name,
    'instance.group-id': ({ id }, scope) => interfacesOfInstance(scope, id)[0]?.groups,
    'instance.group-name': ({ id }, scope) =>
      interfacesOfInstance(scope, id)[0]?.groups.map((group) => findSecurityGroup(scope, group)?.name),
    'launch-index': ({ launchIndex }) => launchIndex,
    'launch-time': ({ launchTime }) => launchTime.toISOString(),
    'metadata-options.http-tokens': ({ metadataOptions }) => metadataOptions.httpTokens,
    'metadata-options.http-endpoint': ({ metadataOptions }) => metadataOptions.httpEndpoint,
    'metadata-options.http-protocol-ipv6': ({ metadataOptions }) => metadataOptions.httpProtocolIpv6,
    'owner-id': (_, scope) => scope.account,
    platform: ({ image }) => (image.platform === 'windows' ? 'windows' : undefined),
    'private-dns-name': ({ privateDnsName }) => privateDnsName,
    'private-ip-address': ({ id }, scope) => interfacesOfInstance(scope, id)[0]?.ipv4[0],
    'ip-address': ({ id }, scope) => interfacesOfInstance(scope, id)[0]?.publicIpv4,
    'ipv6-address': ({ id }, scope) => interfacesOfInstance(scope, id)[0]?.ipv6[0]?.address,
    'reservation-id': ({ reservationId }) => reservationId,
    'root-device-name': ({ image }) => image.rootDevice,
    'root-device-type': () => 'ebs',
    'subnet-id': ({ subnetId, state }) => (state === 'terminated' ? undefined : subnetId),
    'virtualization-type': () => 'hvm',
    'vpc-id': ({ vpcId, state }) => (state === 'terminated' ? undefined : vpcId),
  },
};
