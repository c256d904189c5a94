/** How load balancers reach what a service runs over IPv6: with what they are sent, and to see whether it is healthy. */
import type { LoadBalancer } from '../../snapshot/balancing-resources';
import { gapFor, type Gap } from '../../snapshot/gap';
import type { PortRange } from '../../snapshot/network-resources';
import type { Service, Snapshot, TargetGroup } from '../../snapshot/snapshot';
import { blocksOf, doorsOf, type Door } from './doors';
import type { Peer } from './permissions';

/** Whose address arrives; `either`: that was not read. */
export type Source = 'balancer' | 'clients' | 'either';

export interface Reach {
  readonly balancer: LoadBalancer;
  /** Where it comes from. */
  readonly near: Peer;
  readonly door: Door;
  readonly source: Source;
  /** Why it is `either`. */
  readonly unread: Gap | undefined;
  /** It is for health checks alone, which the balancer sends from its own addresses. */
  readonly isCheck: boolean;
  /** The same leaves the balancer for nothing else. */
  readonly leavesAnew: boolean;
}

/** Protocols of target groups whose traffic is no TCP; health checks are. */
const WITHOUT_TCP = new Set(['UDP', 'QUIC']);

/** Only Network Load Balancers hand on the addresses of clients, and what they do is an attribute of the group. */
function sourceOf({ targetGroupSettings }: Snapshot, group: TargetGroup, { type }: LoadBalancer): Source {
  if (type !== 'network') return 'balancer';
  const settings = targetGroupSettings.get(group.arn);
  if (!settings) return 'either';
  return settings.preservesClientIp ? 'clients' : 'balancer';
}

const isOnly = (port: number, { from, to }: PortRange): boolean => from === port && port === to;

function reachesOf(snapshot: Snapshot, group: TargetGroup, way: Pick<Reach, 'balancer' | 'near' | 'door'>) {
  const { healthCheckPort: port } = group;
  const { door } = way;
  const source = sourceOf(snapshot, group, way.balancer);
  const unread = source === 'either' ? gapFor(snapshot, 'targetGroupSettings', group.arn) : undefined;
  const isTraffic = !WITHOUT_TCP.has(group.protocol ?? '');
  const checksElsewhere = port !== undefined && !isOnly(port, door.ports);
  const checked = checksElsewhere ? { ...door, ports: { from: port, to: port }, present: [port] } : door;
  const traffic: Reach = { ...way, source, unread, isCheck: false, leavesAnew: true };
  const leavesAnew = checksElsewhere || !isTraffic;
  const check: Reach = { ...way, door: checked, source: 'balancer', unread: undefined, isCheck: true, leavesAnew };
  const seesTheSame = isTraffic && !checksElsewhere && source === 'balancer';
  return [...(isTraffic ? [traffic] : []), ...(seesTheSame ? [] : [check])];
}

/** A balancer without IPv6 reaches nobody over it, whatever groups allow. */
function nearEnd(snapshot: Snapshot, { securityGroupIds, subnetIds }: LoadBalancer): Peer | undefined {
  const cidrs = blocksOf(snapshot, subnetIds);
  return cidrs.length > 0 || gapFor(snapshot, 'subnets') ? { groupIds: securityGroupIds, cidrs } : undefined;
}

/** Every way in which a load balancer of the service has to get to its tasks. */
export function reachesTo(snapshot: Snapshot, service: Service): readonly Reach[] {
  return service.loadBalancers.flatMap((named) =>
    [named.targetGroupArn, named.alternateTargetGroupArn]
      .flatMap((arn) => snapshot.targetGroups.get(arn ?? '') ?? [])
      .filter(({ ipAddressType }) => ipAddressType === 'ipv6')
      .flatMap((group) => {
        const doors = doorsOf(snapshot, service, { balancer: named, group });
        return group.loadBalancerArns.toSorted().flatMap((arn) => {
          const balancer = snapshot.loadBalancers.get(arn);
          const near = balancer && nearEnd(snapshot, balancer);
          return near ? doors.flatMap((door) => reachesOf(snapshot, group, { balancer, near, door })) : [];
        });
      }),
  );
}
