/** What a set of security groups keeps from crossing, told of the one among them that a person would change. */
import { gapFor, type Cause, type Gap } from '../../snapshot/gap';
import { perKey } from '../../snapshot/indexed';
import type { PortRange, SecurityGroup, SecurityPermission } from '../../snapshot/network-resources';
import { primaryInterfaceOf } from '../../snapshot/primary-interface';
import type { Instance, Service, Snapshot } from '../../snapshot/snapshot';
import { byArn, containerInstancesOf, serviceOfTask, tasksOnContainerInstance } from '../../snapshot/usage';
import { usersOf } from '../../evaluate/users';
import { DEFAULT_ROUTE } from './anywhere';
import { blocksOf, type Door } from './doors';
import { admits, admitsClients, anyIpv6, cutsOf, together, type Admission, type Peer } from './permissions';
import { reachesTo, type Reach } from './reaches';

type Permissions = readonly SecurityPermission[];

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
  readonly admission: (permissions: Permissions) => Admission;
  /** What would tell more. */
  readonly unread?: Gap | undefined;
}

const open: SecurityPermission = { protocol: '-1', ipv6Cidrs: ['::/0'], groupIds: [], prefixListIds: [] };

function outward(groupIds: readonly string[], name: string, arn: string): Asked {
  const text = `lets nothing out over IPv6 for ${name}`;
  return { groupIds, text, related: [arn], missing: { egress: true, permission: open }, admission: anyIpv6 };
}

const portsText = ({ from, to }: PortRange): string => (from === to ? `port ${from}` : `ports ${from}-${to}`);

/** The first of the peer's groups is enough; without a group it is its addresses. */
function toPeer({ from, to }: PortRange, { groupIds, cidrs }: Peer): SecurityPermission {
  const ends = groupIds.length > 0 ? { groupIds: groupIds.slice(0, 1), ipv6Cidrs: [] } : { groupIds, ipv6Cidrs: cidrs };
  return { ...ends, prefixListIds: [], protocol: 'tcp', fromPort: from, toPort: to };
}

/** Of a range, one is the port that counts: those in use now have to be let through, and any other may be the next. */
function overPorts({ ports, present }: Door, admission: (permissions: Permissions, port: number) => Admission) {
  return (permissions: Permissions): Admission => {
    if (present.some((port) => admission(permissions, port) === 'no')) return 'no';
    return together(cutsOf(permissions, ports).map((port) => admission(permissions, port)));
  };
}

function admissionFrom({ near, source }: Reach) {
  return (permissions: Permissions, port: number): Admission => {
    const ofBalancer = source === 'clients' ? [] : [admits(permissions, port, near)];
    const ofClients = source === 'balancer' ? [] : [admitsClients(permissions, port, near)];
    return together([...ofBalancer, ...ofClients]);
  };
}

const everyone: Peer = { groupIds: [], cidrs: [DEFAULT_ROUTE] };

/** Into the groups where tasks listen. */
function into(reach: Reach): Asked {
  const { balancer, near, door, source, isCheck } = reach;
  const who = isCheck ? 'health checks of ' : source === 'balancer' ? '' : 'clients of ';
  const peer = source === 'balancer' || near.groupIds.length > 0 ? near : everyone;
  return {
    groupIds: door.end.groupIds,
    text: `keeps ${who}load balancer ${balancer.name} from ${portsText(door.ports)} of ${door.name} over IPv6`,
    related: [...door.related, balancer.arn],
    missing: { egress: false, permission: toPeer(door.ports, peer) },
    admission: overPorts(door, admissionFrom(reach)),
    unread: reach.unread,
  };
}

/** Out of those of the balancer; one without groups lets everything out. */
function outOf({ balancer, near, door, isCheck }: Reach): Asked {
  const what = isCheck ? 'health checks of ' : '';
  return {
    groupIds: near.groupIds,
    text: `does not let ${what}load balancer ${balancer.name} out to ${portsText(door.ports)} of ${door.name} over IPv6`,
    related: [...door.related, balancer.arn],
    missing: { egress: true, permission: toPeer(door.ports, door.end) },
    admission: overPorts(door, (permissions, port) => admits(permissions, port, door.end)),
  };
}

const balanced = perKey((snapshot, service: Service): readonly Asked[] =>
  reachesTo(snapshot, service).flatMap((reach) => [into(reach), ...(reach.leavesAnew ? [outOf(reach)] : [])]),
);

const hasIpv6 = (snapshot: Snapshot, ids: readonly (string | undefined)[]): boolean =>
  blocksOf(snapshot, ids).length > 0;

/** Services with tasks on the host. */
function servicesOn(snapshot: Snapshot, { id }: Instance): readonly Service[] {
  return containerInstancesOf(snapshot, id)
    .flatMap(({ arn }) => tasksOnContainerInstance(snapshot, arn))
    .flatMap((task) => serviceOfTask(snapshot, task) ?? []);
}

function askedOf(snapshot: Snapshot, group: SecurityGroup): readonly Asked[] {
  const { services, instances } = usersOf(snapshot, 'security-group', group);
  const isActive = ({ status }: Service): boolean => status === 'ACTIVE';
  const involved = new Set([...services, ...instances.flatMap((one) => servicesOn(snapshot, one))]);
  const ofServices = services
    .toSorted(byArn)
    .filter((service) => isActive(service) && hasIpv6(snapshot, service.subnetIds))
    .map((service) => outward(service.securityGroupIds, service.name, service.arn));
  const ofHosts = instances.toSorted(byArn).flatMap((host) => {
    const first = primaryInterfaceOf(host);
    return first && hasIpv6(snapshot, [first.subnetId]) ? [outward(first.securityGroupIds, host.id, host.arn)] : [];
  });
  return [
    ...ofServices,
    ...[...involved]
      .filter(isActive)
      .sort(byArn)
      .flatMap((one) => balanced(snapshot, one)),
    ...ofHosts,
  ];
}

/** Several groups on one interface let through what any of them does; the first of them is the one that is told of. */
export function groupFaults(snapshot: Snapshot, group: SecurityGroup): readonly (GroupFault | { gap: Cause })[] {
  const { securityGroups } = snapshot;
  const own = askedOf(snapshot, group).filter(
    ({ groupIds }) => groupIds.find((id) => securityGroups.has(id)) === group.id,
  );
  const results = own.flatMap(({ groupIds, admission, unread: untold, ...fault }) => {
    const groups = groupIds.flatMap((id) => securityGroups.get(id) ?? []);
    const answer = admission(groups.flatMap(({ egress, ingress }) => (fault.missing.egress ? egress : ingress)));
    if (answer === 'yes') return [];
    const unread = gapFor(snapshot, 'securityGroups') ?? gapFor(snapshot, 'subnets');
    if (unread) return [{ gap: unread }];
    return [answer === 'no' ? fault : { gap: untold ?? unreadLists(snapshot, groups) ?? unclear(group, fault.text) }];
  });
  return results;
}

/** Why some prefix list of the groups is not known. */
function unreadLists(snapshot: Snapshot, groups: readonly SecurityGroup[]): Gap | undefined {
  const ids = groups.flatMap(({ ingress, egress }) => [...ingress, ...egress].flatMap((one) => one.prefixListIds));
  return ids.map((id) => gapFor(snapshot, 'prefixLists', id)).find((gap) => gap !== undefined);
}

function unclear({ id }: SecurityGroup, text: string): Cause {
  const message = `whether ${id} ${text} depends on a prefix list, or on which of several addresses or ports are meant`;
  return { call: 'ec2:DescribeSecurityGroups', reason: 'unclear', message };
}
