import type { Scope } from '../../kernel/scope';
import { defineReplicatedStore } from '../../kernel/scope';
import type { Kind } from './ec2-error';
import { found } from './ec2-error';
import { resourceId } from './resource-id';

/** Lets both families in and out; not attached to a VPC when new. */
export interface InternetGateway {
  readonly id: string;
  vpcId: string | undefined;
}

/** Lets IPv6 out only; belongs to its VPC from the start. */
export interface EgressOnlyGateway {
  readonly id: string;
  readonly vpcId: string;
}

export const INTERNET_GATEWAY: Kind = { notFound: 'InvalidInternetGatewayID.NotFound', noun: 'internetGateway ID' };

export const EGRESS_ONLY_GATEWAY: Kind = {
  notFound: 'InvalidGatewayID.NotFound',
  noun: 'eigw ID',
};

const gateways = defineReplicatedStore(() => new Map<string, InternetGateway>());
const egressOnly = defineReplicatedStore(() => new Map<string, EgressOnlyGateway>());

export function allInternetGateways(scope: Scope): readonly InternetGateway[] {
  return [...gateways(scope).values()];
}

export function requireInternetGateway(scope: Scope, id: string): InternetGateway {
  return found(gateways(scope).get(id), INTERNET_GATEWAY, id);
}

/** Internet gateways and egress-only ones that belong to the VPC. */
export function attachedGateways(scope: Scope, vpcId: string): readonly (InternetGateway | EgressOnlyGateway)[] {
  return [...allInternetGateways(scope), ...allEgressOnlyGateways(scope)].filter((each) => each.vpcId === vpcId);
}

export function createInternetGateway(scope: Scope): InternetGateway {
  const gateway: InternetGateway = { id: resourceId(scope, 'igw'), vpcId: undefined };
  gateways(scope).set(gateway.id, gateway);
  return gateway;
}

export function dropInternetGateway(scope: Scope, id: string): void {
  gateways(scope).delete(id);
}

export function allEgressOnlyGateways(scope: Scope): readonly EgressOnlyGateway[] {
  return [...egressOnly(scope).values()];
}

export function requireEgressOnlyGateway(scope: Scope, id: string): EgressOnlyGateway {
  return found(egressOnly(scope).get(id), EGRESS_ONLY_GATEWAY, id);
}

export function createEgressOnlyGateway(scope: Scope, vpcId: string): EgressOnlyGateway {
  const gateway = { id: resourceId(scope, 'eigw'), vpcId };
  egressOnly(scope).set(gateway.id, gateway);
  return gateway;
}

export function dropEgressOnlyGateway(scope: Scope, id: string): void {
  egressOnly(scope).delete(id);
}
