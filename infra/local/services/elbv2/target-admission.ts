/**
 * Which targets a group takes: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-register-targets.html
 * The messages are those that people have reported from AWS; ids in them are joined as AWS joins them.
 */
import type { Scope } from '../../kernel/scope';
import { canonicalAddress, cidrContains, familyOf, parseCidr } from '../ec2/cidr';
import type { Instance } from '../ec2/instance';
import { findInstance } from '../ec2/instance';
import { interfacesOfInstance } from '../ec2/network-interface';
import { findSubnetByAddress } from '../ec2/subnet';
import { invalidTarget, validationError } from './errors';
import { listenersOf } from './listeners';
import type { TargetGroup } from './state';
import { elbv2State } from './state';

/** Private ranges that may lie outside the VPC: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html */
const OUTSIDE_RANGES = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'].flatMap(
  (text) => parseCidr(text) ?? [],
);
const INSTANCE_ID = /^i-([0-9a-f]{8}|[0-9a-f]{17})$/;

export interface Target {
  readonly id: string;
  /** The group's port if absent, on registration and deregistration alike. */
  readonly port?: number;
  /** For an address outside the VPC: `all`, or the zone whose load balancer nodes use it. */
  readonly availabilityZone?: string;
}

export interface AdmittedTarget {
  /** Addresses in their canonical spelling. */
  readonly id: string;
  readonly port: number;
  readonly zone: string | undefined;
}

/** All of the targets as the group will keep them, or AWS's error: one bad target fails the whole call. */
export function admit(scope: Scope, group: TargetGroup, targets: readonly Target[]): readonly AdmittedTarget[] {
  return ADMISSIONS[group.targetType](scope, group, targets);
}

type Admission = typeof admit;

const ADMISSIONS: Readonly<Record<TargetGroup['targetType'], Admission>> = {
  alb: admitLoadBalancers,
  instance: admitInstances,
  ip: (scope, group, targets) => targets.map((target) => admitAddress(scope, group, target)),
};

function admitAddress(scope: Scope, group: TargetGroup, target: Target): AdmittedTarget {
  const wanted = group.ipAddressType === 'ipv4' ? 4 : 6;
  if (familyOf(target.id) !== wanted) {
    throw validationError(`The IP address '${target.id}' is not a valid IPv${wanted} address`);
  }
  const subnet = findSubnetByAddress(scope, group.vpcId, target.id);
  const zone = subnet ? insideZone(target, subnet.zone.name) : outsideZone(group, target);
  return { id: canonicalAddress(target.id) ?? target.id, port: target.port ?? group.port, zone };
}

function insideZone({ id, availabilityZone }: Target, zone: string): string {
  if (availabilityZone === undefined || availabilityZone === zone) return zone;
  throw validationError(
    `The IP address '${id}' is within the VPC, and cannot have its Availability Zone overridden to '${availabilityZone}' from '${zone}'`,
  );
}

function outsideZone({ ipAddressType, vpcId }: TargetGroup, { id, availabilityZone }: Target): string {
  if (ipAddressType === 'ipv6') throw validationError(`The IP address '${id}' is not within the VPC '${vpcId}'`);
  if (!OUTSIDE_RANGES.some((range) => cidrContains(range, id))) {
    throw validationError(`The IP address '${id}' is publicly routable and cannot be registered`);
  }
  if (availabilityZone !== undefined) return availabilityZone;
  throw validationError(`The Availability Zone is required for IP address '${id}' because it is not in the VPC`);
}

function admitInstances(scope: Scope, group: TargetGroup, targets: readonly Target[]): readonly AdmittedTarget[] {
  for (const { id, availabilityZone } of targets) {
    if (!INSTANCE_ID.test(id)) throw validationError(`Instance ID '${id}' is not valid`);
    if (availabilityZone)
      throw validationError('You cannot specify an Availability Zone for a target of type instance');
  }
  const refuseUnless = (
    accepts: (instance: Instance | undefined) => boolean,
    refusal: (ids: string) => string,
  ): void => {
    const refused = new Set(targets.map(({ id }) => id).filter((id) => !accepts(findInstance(scope, id))));
    if (refused.size > 0) throw invalidTarget(refusal([...refused].join("', '")));
  };
  refuseUnless(
    (each) => each !== undefined,
    (ids) => `The following instances do not exist: '${ids}'`,
  );
  refuseUnless(
    (each) => each?.vpcId === group.vpcId,
    (ids) => `The following targets are not in the target group VPC '${group.vpcId}': '${ids}'`,
  );
  refuseUnless(
    (each) => each?.state === 'running',
    (ids) => `The following targets are not in a running state and cannot be registered: '${ids}'`,
  );
  if (group.ipAddressType === 'ipv6') refuseUnless((each) => hasPrimaryIpv6(scope, each), missingPrimaryIpv6);
  return targets.map(({ id, port }) => ({
    id,
    port: port ?? group.port,
    zone: findInstance(scope, id)?.zone.name,
  }));
}

/** The quotation marks stand between the ids only, as in AWS's own answer. */
function missingPrimaryIpv6(ids: string): string {
  return `The following targets cannot be used with this IPv6 target group because of missing primary IPv6 addresses: ${ids}`;
}

/** Does the instance's primary network interface have a primary IPv6 address? */
function hasPrimaryIpv6(scope: Scope, instance: Instance | undefined): boolean {
  const [primary] = instance ? interfacesOfInstance(scope, instance.id) : [];
  return primary?.ipv6.some(({ isPrimary }) => isPrimary) ?? false;
}

function admitLoadBalancers(scope: Scope, group: TargetGroup, targets: readonly Target[]): readonly AdmittedTarget[] {
  return targets.map(({ id, port = group.port }) => {
    const balancer = elbv2State(scope).loadBalancers.get(id);
    if (balancer?.type !== 'application' || balancer.vpcId !== group.vpcId) {
      throw invalidTarget(`'${id}' is not an Application Load Balancer in the VPC '${group.vpcId}'`);
    }
    if (!listenersOf(scope, id).some((listener) => listener.port === port)) {
      throw invalidTarget(`The Application Load Balancer '${id}' has no listener with the port '${port}'`);
    }
    return { id, port, zone: undefined };
  });
}
