/** What a set of security groups keeps from crossing, told of the one among them that a person would change. */
import { gapFor, type Cause } from '../../snapshot/gap';
import type { SecurityGroup, SecurityPermission } from '../../snapshot/network-resources';
import type { LoadBalancer } from '../../snapshot/balancing-resources';
import type { Service, Snapshot } from '../../snapshot/snapshot';
import { primaryInterfaceOf } from '../../snapshot/primary-interface';
import { balancersOf, byArn } from '../../snapshot/usage';
import { usersOf } from '../../evaluate/users';
import { portsBehind } from './ports-behind';
import { admits, anyIpv6, type Admission, type Peer } from './permissions';

/** A permission that is missing. */
export interface Missing {
  readonly egress: boolean;
  readonly permission: SecurityPermission;
}

export interface GroupFault {
  /** `lets nothing out over IPv6 for api` */
  readonly text: string;
  readonly missing: Missing;
  readonly related: readonly string[];
}

interface Asked extends GroupFault {
  readonly groupIds: readonly string[];
  readonly admission: (permissions: readonly SecurityPermission[]) => Admission;
}

const open: SecurityPermission = { protocol: '-1', ipv6Cidrs: ['::/0'], groupIds: [], prefixListIds: [] };

function outward(groupIds: readonly string[], name: string, arn: string): Asked {
  const text = `lets nothing out over IPv6 for ${name}`;
  return { groupIds, text, related: [arn], missing: { egress: true, permission: open }, admission: anyIpv6 };
}

const blocksOf = ({ subnets }: Snapshot, ids: readonly string[]): readonly string[] =>
  ids.flatMap((id) => subnets.get(id)?.ipv6Cidrs ?? []);

/** The first of the peer's groups is enough. */
function toPeer(port: number, groupIds: readonly string[]): SecurityPermission {
  const ends = { ipv6Cidrs: [], groupIds: groupIds.slice(0, 1), prefixListIds: [] };
  return { ...ends, protocol: 'tcp', fromPort: port, toPort: port };
}

/** From the balancer to the tasks: out of its groups, and into theirs. A balancer without groups lets everything out. */
function inward(snapshot: Snapshot, service: Service, balancer: LoadBalancer): readonly Asked[] {
  const { securityGroupIds: near } = balancer;
  const { securityGroupIds: far } = service;
  if (near.length === 0 || far.length === 0) return [];
  const from: Peer = { groupIds: near, cidrs: blocksOf(snapshot, balancer.subnetIds) };
  const to: Peer = { groupIds: far, cidrs: blocksOf(snapshot, service.subnetIds) };
  // a balancer without IPv6 reaches nobody over it, whatever its groups allow
  if (from.cidrs.length === 0 && !gapFor(snapshot, 'subnets')) return [];
  return portsBehind(snapshot, service, balancer).flatMap((port) => [
    {
      groupIds: far,
      text: `keeps load balancer ${balancer.name} from port ${port} of ${service.name} over IPv6`,
      related: [service.arn, balancer.arn],
      missing: { egress: false, permission: toPeer(port, near) },
      admission: (permissions) => admits(permissions, port, from),
    },
    {
      groupIds: near,
      text: `does not let load balancer ${balancer.name} out to port ${port} of ${service.name} over IPv6`,
      related: [service.arn, balancer.arn],
      missing: { egress: true, permission: toPeer(port, far) },
      admission: (permissions) => admits(permissions, port, to),
    },
  ]);
}

const hasIpv6 = ({ subnets }: Snapshot, ids: readonly (string | undefined)[]): boolean =>
  ids.some((id) => (subnets.get(id ?? '')?.ipv6Cidrs.length ?? 0) > 0);

function askedOf(snapshot: Snapshot, group: SecurityGroup): readonly Asked[] {
  const { services, instances } = usersOf(snapshot, 'security-group', group);
  const ofServices = services
    .filter(({ status, subnetIds }) => status === 'ACTIVE' && hasIpv6(snapshot, subnetIds))
    .sort(byArn)
    .flatMap((service) => [
      outward(service.securityGroupIds, service.name, service.arn),
      ...balancersOf(snapshot, service).flatMap((balancer) => inward(snapshot, service, balancer)),
    ]);
  const ofHosts = instances.toSorted(byArn).flatMap((host) => {
    const primary = primaryInterfaceOf(host);
    const isAsked = primary && hasIpv6(snapshot, [primary.subnetId]);
    return isAsked ? [outward(primary.securityGroupIds, host.id, host.arn)] : [];
  });
  return [...ofServices, ...ofHosts];
}

/** Several groups on one interface let through what any of them does; the first of them is the one that is told of. */
export function groupFaults(snapshot: Snapshot, group: SecurityGroup): readonly (GroupFault | { gap: Cause })[] {
  const { securityGroups } = snapshot;
  const own = askedOf(snapshot, group).filter(
    ({ groupIds }) => groupIds.find((id) => securityGroups.has(id)) === group.id,
  );
  const results = own.flatMap(({ groupIds, admission, ...fault }) => {
    const groups = groupIds.flatMap((id) => securityGroups.get(id) ?? []);
    const answer = admission(groups.flatMap(({ egress, ingress }) => (fault.missing.egress ? egress : ingress)));
    if (answer === 'yes') return [];
    const unread = gapFor(snapshot, 'securityGroups') ?? gapFor(snapshot, 'subnets');
    if (unread) return [{ gap: unread }];
    return [answer === 'no' ? fault : { gap: unclear(group, fault.text) }];
  });
  return results;
}

function unclear({ id }: SecurityGroup, text: string): Cause {
  const message = `whether ${id} ${text} depends on a prefix list, or on which of several addresses are meant`;
  return { call: 'ec2:DescribeSecurityGroups', reason: 'unclear', message };
}
