import type {
  AssignIpv6AddressesRequest,
  AssignIpv6AddressesResult,
  AttachNetworkInterfaceRequest,
  AttachNetworkInterfaceResult,
  CreateNetworkInterfaceRequest,
  DeleteNetworkInterfaceRequest,
  DescribeNetworkInterfacesRequest,
  DetachNetworkInterfaceRequest,
  UnassignIpv6AddressesRequest,
  UnassignIpv6AddressesResult,
} from '@aws-sdk/client-ec2';
import { ApiError } from '../../kernel/api-error';
import type { Operations } from '../../kernel/operation';
import { operation } from '../../kernel/operation';
import { canonicalAddress } from './cidr';
import { invalidValue, notYours } from './ec2-error';
import { once } from './idempotency';
import { requireInstances } from './instance';
import { ipv6Request } from './ipv6-request';
import { list } from './listing';
import { modifyNetworkInterfaceAttribute } from './modify-network-interface';
import type { NetworkInterface } from './network-interface';
import { allNetworkInterfaces, detach, interfacesOfInstance } from './network-interface';
import {
  assignIpv6,
  attachNetworkInterface as plug,
  createNetworkInterface as makeNetworkInterface,
  releaseNetworkInterface,
  unassignIpv6,
} from './network-interface-lifecycle';
import { NETWORK_INTERFACES } from './network-interface-listing';
import type { AnyInterfaceShape } from './network-interface-shape';
import { networkInterfaceShape } from './network-interface-shape';
import { ownInterface } from './own-interface';
import { tagsFor } from './tag-shape';

interface CreatedInterface {
  readonly NetworkInterface: AnyInterfaceShape;
  readonly ClientToken: string | undefined;
}

const createOnce = once<NetworkInterface>();

const createNetworkInterface = operation<CreateNetworkInterfaceRequest, CreatedInterface>({
  accepts: [
    'SubnetId',
    'Description',
    'Groups',
    'PrivateIpAddress',
    'Ipv6AddressCount',
    'Ipv6Addresses.Ipv6Address',
    'Ipv6PrefixCount',
    'EnablePrimaryIpv6',
    'TagSpecifications',
    'ClientToken',
  ],
  run(input, { scope }) {
    const networkInterface = createOnce(scope, input, () =>
      makeNetworkInterface(scope, {
        subnetId: input.SubnetId ?? '',
        description: input.Description,
        groups: input.Groups,
        ipv4: input.PrivateIpAddress,
        ipv6: ipv6Request(input, input.EnablePrimaryIpv6),
        primaryIpv6: input.EnablePrimaryIpv6,
        tags: tagsFor('network-interface', input.TagSpecifications),
      }),
    );
    const shape = networkInterfaceShape(scope, networkInterface);
    return { NetworkInterface: { ...shape, Status: 'pending' }, ClientToken: input.ClientToken };
  },
});

interface InterfacePage {
  readonly NetworkInterfaces: readonly AnyInterfaceShape[];
  readonly NextToken: string | undefined;
}

const describeNetworkInterfaces = operation<DescribeNetworkInterfacesRequest, InterfacePage>({
  accepts: ['NetworkInterfaceIds', 'Filters', 'MaxResults', 'NextToken'],
  run(input, { scope }) {
    const { items, token } = list(scope, NETWORK_INTERFACES, {
      ids: input.NetworkInterfaceIds,
      filters: input.Filters,
      maxResults: input.MaxResults,
      nextToken: input.NextToken,
    });
    return { NetworkInterfaces: items.map((each) => networkInterfaceShape(scope, each)), NextToken: token };
  },
});

const deleteNetworkInterface = operation<DeleteNetworkInterfaceRequest, undefined>({
  accepts: ['NetworkInterfaceId'],
  run(input, { scope }) {
    const networkInterface = ownInterface(scope, input.NetworkInterfaceId);
    if (networkInterface.attachment) {
      throw invalidValue(`Network interface '${networkInterface.id}' is currently in use.`);
    }
    releaseNetworkInterface(scope, networkInterface);
  },
});

const attachNetworkInterface = operation<AttachNetworkInterfaceRequest, AttachNetworkInterfaceResult>({
  accepts: ['NetworkInterfaceId', 'InstanceId', 'DeviceIndex'],
  run(input, { scope }) {
    const networkInterface = ownInterface(scope, input.NetworkInterfaceId);
    const [instance] = requireInstances(scope, [input.InstanceId ?? '']);
    if (networkInterface.attachment) {
      throw new ApiError('InvalidNetworkInterface.InUse', `Interface: [${networkInterface.id}] in use.`);
    }
    if (!instance || !['running', 'stopped'].includes(instance.state)) {
      throw new ApiError('IncorrectState', `Instance '${input.InstanceId ?? ''}' is not 'running' or 'stopped'.`);
    }
    if (instance.zone.name !== networkInterface.zone.name) {
      throw invalidValue(
        `You may not attach a network interface to an instance if they are not in the same availability zone`,
      );
    }
    const plugged = interfacesOfInstance(scope, instance.id);
    const deviceIndex = input.DeviceIndex ?? 0;
    if (plugged.some(({ attachment }) => attachment?.deviceIndex === deviceIndex)) {
      throw invalidValue(
        `Instance '${instance.id}' already has an interface attached at device index '${String(deviceIndex)}'.`,
      );
    }
    if (plugged.length >= instance.type.maxInterfaces) {
      const message = `Interface count ${String(plugged.length + 1)} exceeds the limit for ${instance.type.name}`;
      throw new ApiError('AttachmentLimitExceeded', message);
    }
    const request = { instanceId: instance.id, deviceIndex, deleteOnTermination: false };
    return { AttachmentId: plug(scope, networkInterface, request).id, NetworkCardIndex: 0 };
  },
});

const detachNetworkInterface = operation<DetachNetworkInterfaceRequest, undefined>({
  accepts: ['AttachmentId', 'Force'],
  run({ AttachmentId = '' }, { scope }) {
    const attached = allNetworkInterfaces(scope).find(({ attachment }) => attachment?.id === AttachmentId);
    if (!attached) {
      throw new ApiError('InvalidAttachmentID.NotFound', `The attachment ID '${AttachmentId}' does not exist`);
    }
    if (attached.requesterManaged) {
      throw notYours(`You are not allowed to manage '${AttachmentId.replace(/-[^-]*$/, '')}' attachments.`);
    }
    if (attached.attachment?.deviceIndex === 0) {
      throw notYours('The network interface at device index 0 cannot be detached.');
    }
    detach(scope, attached);
  },
});

const assignIpv6Addresses = operation<AssignIpv6AddressesRequest, AssignIpv6AddressesResult>({
  accepts: ['NetworkInterfaceId', 'Ipv6AddressCount', 'Ipv6Addresses', 'Ipv6PrefixCount'],
  run(input, { scope }) {
    const networkInterface = ownInterface(scope, input.NetworkInterfaceId);
    const Ipv6Addresses = input.Ipv6Addresses?.map((Ipv6Address) => ({ Ipv6Address }));
    const hasPrimary = networkInterface.ipv6.some(({ isPrimary }) => isPrimary);
    const request = ipv6Request({ ...input, Ipv6Addresses }, hasPrimary);
    if (!request) throw invalidValue('You must specify either ipv6-addresses or ipv6-address-count.');
    const { addresses, prefixes } = assignIpv6(scope, networkInterface, request);
    return {
      NetworkInterfaceId: networkInterface.id,
      AssignedIpv6Addresses: [...addresses],
      AssignedIpv6Prefixes: [...prefixes],
    };
  },
});

const unassignIpv6Addresses = operation<UnassignIpv6AddressesRequest, UnassignIpv6AddressesResult>({
  accepts: ['NetworkInterfaceId', 'Ipv6Addresses', 'Ipv6Prefixes'],
  run(input, { scope }) {
    const networkInterface = ownInterface(scope, input.NetworkInterfaceId);
    const addresses = (input.Ipv6Addresses ?? []).map((address) => canonicalAddress(address) ?? address);
    const prefixes = input.Ipv6Prefixes ?? [];
    for (const address of addresses) expectRemovable(networkInterface, address);
    for (const prefix of prefixes) {
      if (!networkInterface.ipv6Prefixes.includes(prefix)) throw notAssigned(networkInterface, prefix);
    }
    unassignIpv6(scope, networkInterface, [...addresses, ...prefixes]);
    return {
      NetworkInterfaceId: networkInterface.id,
      UnassignedIpv6Addresses: addresses,
      UnassignedIpv6Prefixes: prefixes,
    };
  },
});

function expectRemovable(networkInterface: NetworkInterface, address: string): void {
  const assignment = networkInterface.ipv6.find((each) => each.address === address);
  if (!assignment) throw notAssigned(networkInterface, address);
  // The primary address stays until the interface is detached or its instance terminated.
  if (assignment.isPrimary) throw notYours(`The primary IPv6 address ${address} cannot be unassigned.`);
}

function notAssigned({ id }: NetworkInterface, what: string): ApiError {
  return invalidValue(`Some of the specified addresses are not assigned to interface ${id}: ${what}`);
}

export const networkInterfaceOperations: Operations = {
  AssignIpv6Addresses: assignIpv6Addresses,
  AttachNetworkInterface: attachNetworkInterface,
  CreateNetworkInterface: createNetworkInterface,
  DeleteNetworkInterface: deleteNetworkInterface,
  DescribeNetworkInterfaces: describeNetworkInterfaces,
  DetachNetworkInterface: detachNetworkInterface,
  ModifyNetworkInterfaceAttribute: modifyNetworkInterfaceAttribute,
  UnassignIpv6Addresses: unassignIpv6Addresses,
};
