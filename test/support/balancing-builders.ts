/** Load balancers and groups of VPC Lattice of the workload that `builders.ts` makes. */
import type { LatticeTargetGroup, LoadBalancer } from '../../lib/snapshot/balancing-resources';
import { ACCOUNT, REGION } from './builders';

export const LOAD_BALANCER_ARN = `arn:aws:elasticloadbalancing:${REGION}:${ACCOUNT}:loadbalancer/app/front/0123456789abcdef`;
export const LATTICE_GROUP_ARN = `arn:aws:vpc-lattice:${REGION}:${ACCOUNT}:targetgroup/tg-0123456789abcdef0`;

/** A dual-stack, internet-facing Application Load Balancer. */
export function aLoadBalancer(over: Partial<LoadBalancer> = {}): LoadBalancer {
  return {
    arn: LOAD_BALANCER_ARN,
    name: 'front',
    type: 'application',
    scheme: 'internet-facing',
    ipAddressType: 'dualstack',
    state: 'active',
    vpcId: 'vpc-1',
    zones: [{ name: `${REGION}a`, subnetId: 'subnet-front' }],
    subnetIds: ['subnet-front'],
    securityGroupIds: ['sg-front'],
    ...over,
  };
}

/** An IPv6 group of type IP. */
export function aLatticeTargetGroup(over: Partial<LatticeTargetGroup> = {}): LatticeTargetGroup {
  return {
    ...{ arn: LATTICE_GROUP_ARN, name: 'api', type: 'IP', ipAddressType: 'IPV6' },
    ...{ protocol: 'HTTP', port: 8080, vpcId: 'vpc-1' },
    ...over,
  };
}
