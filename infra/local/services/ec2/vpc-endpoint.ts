import type { Scope } from '../../kernel/scope';
import { defineReplicatedStore } from '../../kernel/scope';
import type { Kind } from './ec2-error';
import { found } from './ec2-error';
import type { NetworkInterface } from './network-interface';
import type { EndpointService } from './vpc-endpoint-service';

export type AddressType = 'ipv4' | 'dualstack' | 'ipv6';

export interface VpcEndpoint {
  readonly id: string;
  readonly service: EndpointService;
  readonly vpcId: string;
  readonly createdAt: Date;
  /** In lower case, unlike the SDK's enum: https://github.com/aws/aws-sdk-go-v2/issues/2864 */
  state: 'pending' | 'available' | 'deleting';
  addressType: AddressType;
  dnsRecordType: AddressType | 'service-defined';
  privateDns: boolean;
  /** Private DNS is for queries from outside the VPC; inside, the gateway endpoint of the service is taken. */
  inboundResolverOnly: boolean | undefined;
  policy: string;
  /** Of a gateway endpoint. */
  routeTableIds: readonly string[];
  /** Of an interface endpoint, one in each of its subnets. */
  interfaces: readonly NetworkInterface[];
  /** Security groups of those. */
  groups: readonly string[];
}

export const VPC_ENDPOINT: Kind = { notFound: 'InvalidVpcEndpointId.NotFound', noun: 'Vpc Endpoint Id' };

const endpoints = defineReplicatedStore(() => new Map<string, VpcEndpoint>());

export function allVpcEndpoints(scope: Scope): readonly VpcEndpoint[] {
  return [...endpoints(scope).values()];
}

export function findVpcEndpoint(scope: Scope, id: string): VpcEndpoint | undefined {
  return endpoints(scope).get(id);
}

/** The endpoint, or `InvalidVpcEndpointId.NotFound`. */
export function requireVpcEndpoint(scope: Scope, id: string): VpcEndpoint {
  return found(findVpcEndpoint(scope, id), VPC_ENDPOINT, id);
}

export function keepVpcEndpoint(scope: Scope, endpoint: VpcEndpoint): void {
  endpoints(scope).set(endpoint.id, endpoint);
}

export function dropVpcEndpoint(scope: Scope, id: string): void {
  endpoints(scope).delete(id);
}
