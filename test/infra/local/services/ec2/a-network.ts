import { SimulatedClock } from '../../../../../infra/local/kernel/clock';
import type { Scope } from '../../../../../infra/local/kernel/scope';
import { createWorld } from '../../../../../infra/local/kernel/world';
import { createNetwork } from '../../../../../infra/local/services/ec2/network';
import type { Subnet, SubnetRequest } from '../../../../../infra/local/services/ec2/subnet';
import { createSubnet } from '../../../../../infra/local/services/ec2/subnet';
import type { Vpc } from '../../../../../infra/local/services/ec2/vpc';

export interface Network {
  readonly clock: SimulatedClock;
  readonly scope: Scope;
  readonly vpc: Vpc;
  /** IPv4 and IPv6. */
  readonly dual: Subnet;
  /** IPv6 only. */
  readonly native: Subnet;
}

/** A VPC 10.0.0.0/16 with an IPv6 block, one dual-stack and one IPv6-only subnet, on a clock that stands still. */
export function aNetwork(): Network {
  const clock = new SimulatedClock({ start: new Date('2026-11-22T10:00:00Z'), running: false });
  const scope = createWorld({ clock }).scope('111122223333', 'eu-west-2');
  const vpc = createNetwork(scope, { cidrBlock: '10.0.0.0/16', ipv6: true });
  const subnet = (request: Omit<SubnetRequest, 'vpcId'>): Subnet => createSubnet(scope, { ...request, vpcId: vpc.id });
  const dual = subnet({ cidrBlock: '10.0.1.0/24', ipv6CidrBlock: slice(vpc, 1) });
  const native = subnet({ ipv6Native: true, ipv6CidrBlock: slice(vpc, 2) });
  return { clock, scope, vpc, dual, native };
}

/** The n-th /64 of the VPC's IPv6 block. */
export function slice(vpc: Vpc, n: number): string {
  const block = vpc.ipv6[0]?.cidr.text ?? '';
  return block.replace(/00::\/56$/, `${n.toString(16).padStart(2, '0')}::/64`);
}
