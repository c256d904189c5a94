import type { Scope } from '../../kernel/scope';
import { defineReplicatedStore } from '../../kernel/scope';
import type { Kind } from './ec2-error';
import { found } from './ec2-error';
import type { ElasticAddress } from './elastic-address';
import type { NetworkInterface } from './network-interface';
import { attachNetworkInterface, createNetworkInterface, releaseNetworkInterface } from './network-interface-lifecycle';
import { resourceId } from './resource-id';
import type { Tags } from './tag';
import { writeTags } from './tag';

export interface NatGateway {
  readonly id: string;
  readonly vpcId: string;
  readonly subnetId: string;
  readonly connectivity: 'public' | 'private';
  readonly createTime: Date;
  readonly networkInterface: NetworkInterface;
  /** Absent for a private gateway. */
  readonly address: ElasticAddress | undefined;
  deleteTime: Date | undefined;
  state: 'pending' | 'available' | 'deleting' | 'deleted';
}

export const NAT_GATEWAY: Kind = { notFound: 'NatGatewayNotFound', noun: 'NAT gateway' };

/** How long the states in between last here; AWS takes minutes. */
const PENDING_MS = 2_000;
const DELETING_MS = 2_000;
/** A deleted gateway stays visible: https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-working-with.html */
const DELETED_VISIBLE_MS = 60 * 60 * 1_000;

const REQUESTER = 'amazon-nat';

const gateways = defineReplicatedStore(() => new Map<string, NatGateway>());

export function allNatGateways(scope: Scope): readonly NatGateway[] {
  return [...gateways(scope).values()];
}

export function findNatGateway(scope: Scope, id: string): NatGateway | undefined {
  return gateways(scope).get(id);
}

export function requireNatGateway(scope: Scope, id: string): NatGateway {
  return found(findNatGateway(scope, id), NAT_GATEWAY, id);
}

export interface NatGatewayRequest {
  readonly subnetId: string;
  readonly address: ElasticAddress | undefined;
  readonly tags: Tags;
}

export function createNatGateway(scope: Scope, { subnetId, address, tags }: NatGatewayRequest): NatGateway {
  const id = resourceId(scope, 'nat');
  const networkInterface = createNetworkInterface(scope, {
    subnetId,
    description: `Interface for NAT Gateway ${id}`,
    interfaceType: 'nat_gateway',
    requesterId: REQUESTER,
    ipv6: { count: 0 },
  });
  attachNetworkInterface(scope, networkInterface, {
    instanceOwnerId: 'amazon-aws',
    deviceIndex: 1,
    deleteOnTermination: false,
  });
  const [ipv4 = ''] = networkInterface.ipv4;
  if (address) {
    const associationId = resourceId(scope, 'eipassoc');
    address.use = { associationId, networkInterfaceId: networkInterface.id, ipv4 };
  }
  const gateway: NatGateway = {
    id,
    vpcId: networkInterface.vpcId,
    subnetId,
    connectivity: address ? 'public' : 'private',
    createTime: scope.clock.now(),
    networkInterface,
    address,
    deleteTime: undefined,
    state: 'pending',
  };
  gateways(scope).set(id, gateway);
  writeTags(scope, id, tags);
  scope.clock.after(PENDING_MS, () => {
    if (gateway.state === 'pending') gateway.state = 'available';
  });
  return gateway;
}

export function deleteNatGateway(scope: Scope, gateway: NatGateway): void {
  if (gateway.state === 'deleting' || gateway.state === 'deleted') return;
  gateway.state = 'deleting';
  scope.clock.after(DELETING_MS, () => {
    gateway.state = 'deleted';
    gateway.deleteTime = scope.clock.now();
    if (gateway.address) gateway.address.use = undefined;
    releaseNetworkInterface(scope, gateway.networkInterface);
    scope.clock.after(DELETED_VISIBLE_MS, () => {
      gateways(scope).delete(gateway.id);
    });
  });
}
