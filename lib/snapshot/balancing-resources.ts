/** What stands behind the target groups of services: load balancers, and the groups of VPC Lattice. */

/** A load balancer routes IPv6 with both types of `dualstack`. */
export type BalancerAddressType = 'ipv4' | 'dualstack' | 'dualstack-without-public-ipv4';

export interface BalancerZone {
  readonly name?: string;
  readonly subnetId: string;
}

/** Application, Network or Gateway Load Balancer that forwards to a target group of a service. */
export interface LoadBalancer {
  readonly arn: string;
  readonly name: string;
  readonly type: 'application' | 'network' | 'gateway';
  readonly scheme: 'internet-facing' | 'internal';
  /** `undefined`: of a type that is not known here. */
  readonly ipAddressType?: BalancerAddressType;
  /** `active`, `provisioning`, `active_impaired` or `failed` */
  readonly state: string;
  readonly vpcId?: string;
  readonly zones: readonly BalancerZone[];
  readonly subnetIds: readonly string[];
  /** Network Load Balancers may have none. */
  readonly securityGroupIds: readonly string[];
}

/** Attributes of a target group behind a Network Load Balancer. */
export interface TargetGroupSettings {
  /** Of the group. */
  readonly arn: string;
  /** Targets see the addresses of clients in place of the balancer's. */
  readonly preservesClientIp: boolean;
}

/** A target group of VPC Lattice. */
export interface LatticeTargetGroup {
  readonly arn: string;
  readonly name: string;
  /** Only those of type IP have an address type. */
  readonly type: 'IP' | 'INSTANCE' | 'LAMBDA' | 'ALB';
  readonly ipAddressType?: 'IPV4' | 'IPV6';
  readonly protocol?: string;
  readonly port?: number;
  readonly vpcId?: string;
}
