/** The network interface of a mount target, and the addresses that its address type allows. */
import type { CreateMountTargetRequest } from '@aws-sdk/client-efs';
import { ApiError } from '../../kernel/api-error';
import type { Scope } from '../../kernel/scope';
import { attachNetworkInterface, createNetworkInterface, type Ipv6Request } from '../ec2/network-interface-lifecycle';
import type { Subnet } from '../ec2/subnet';
import { badRequest, conflict, efsError } from './efs-error';
import type { MountTarget } from './state';

/** https://docs.aws.amazon.com/efs/latest/ug/API_CreateMountTarget.html: what `requesterId` says */
const EFS_REQUESTER = 'EFS';

interface Wanted extends CreateMountTargetRequest {
  readonly id: string;
  readonly fileSystemId: string;
}

/**
 * Which subnets an address type can be created in; an IPv6-only mount target in a dual-stack subnet is not supported:
 * https://docs.aws.amazon.com/efs/latest/ug/API_CreateMountTarget.html#efs-CreateMountTarget-request-IpAddressType
 * The code of the refusal is not documented.
 */
function checkType({ IpAddressType = 'IPV4_ONLY' }: Wanted, { id, ipv4, ipv6 }: Subnet): void {
  const fits = {
    IPV4_ONLY: ipv4 !== undefined,
    DUAL_STACK: ipv4 !== undefined && ipv6.length > 0,
    IPV6_ONLY: ipv4 === undefined,
  };
  if (!fits[IpAddressType])
    throw badRequest(`The subnet '${id}' does not support mount targets of IpAddressType ${IpAddressType}.`);
}

function checkAddresses({ IpAddressType = 'IPV4_ONLY', IpAddress, Ipv6Address }: Wanted): void {
  if (IpAddress !== undefined && IpAddressType === 'IPV6_ONLY')
    throw badRequest('IpAddress can not be specified for IpAddressType IPV6_ONLY.');
  if (Ipv6Address !== undefined && IpAddressType === 'IPV4_ONLY')
    throw badRequest('Ipv6Address can not be specified for IpAddressType IPV4_ONLY.');
}

function ipv6Of({ IpAddressType = 'IPV4_ONLY', Ipv6Address }: Wanted): Ipv6Request {
  if (IpAddressType === 'IPV4_ONLY') return { count: 0 };
  return Ipv6Address === undefined ? { count: 1 } : { addresses: [Ipv6Address] };
}

/** EC2's refusals, in EFS's words. */
function inWordsOfEfs(error: unknown): unknown {
  if (!(error instanceof ApiError)) return error;
  if (error.code === 'InsufficientFreeAddressesInSubnet') return conflict('NoFreeAddressesInSubnet', error.message);
  if (error.code === 'InvalidIPAddress.InUse') return conflict('IpAddressInUse', error.message);
  return efsError('BadRequest', error.message);
}

type Addresses = Pick<MountTarget, 'networkInterfaceId' | 'ipv4' | 'ipv6'>;

/** @throws ApiError BadRequest, NoFreeAddressesInSubnet, IpAddressInUse */
export function createInterface(scope: Scope, subnet: Subnet, wanted: Wanted): Addresses {
  checkType(wanted, subnet);
  checkAddresses(wanted);
  try {
    const made = createNetworkInterface(scope, {
      subnetId: subnet.id,
      description: `Mount target ${wanted.id} for file system ${wanted.fileSystemId}`,
      requesterId: EFS_REQUESTER,
      interfaceType: 'efs',
      ...(wanted.SecurityGroups && { groups: wanted.SecurityGroups }),
      ...(wanted.IpAddress !== undefined && { ipv4: wanted.IpAddress }),
      ipv6: ipv6Of(wanted),
    });
    attachNetworkInterface(scope, made, { instanceOwnerId: 'amazon-efs', deviceIndex: 1, deleteOnTermination: false });
    return { networkInterfaceId: made.id, ipv4: made.ipv4[0], ipv6: made.ipv6[0]?.address };
  } catch (error) {
    throw inWordsOfEfs(error);
  }
}
