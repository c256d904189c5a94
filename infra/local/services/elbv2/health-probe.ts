/** One health check of one target: what would happen if the load balancer's nodes asked it. */
import type { Scope } from '../../kernel/scope';
import { findInstance } from '../ec2/instance';
import { isListening } from '../ec2/listening';
import type { NetworkInterface } from '../ec2/network-interface';
import { findNetworkInterfaceByAddress, interfacesOfInstance } from '../ec2/network-interface';
import type { End } from '../ec2/reachability';
import { canConnect } from '../ec2/reachability';
import { CROSS_ZONE } from './load-balancer-attributes';
import { interfacesOf } from './load-balancer-interfaces';
import { isActive } from './load-balancers';
import type { LoadBalancer, RegisteredTarget, TargetGroup } from './state';
import { elbv2State, loadBalancersOf } from './state';

/** `timed-out`: no answer comes back, for nothing is there or something between drops it; `refused`: nobody listens. */
export type ProbeOutcome = 'passed' | 'timed-out' | 'refused';

/** What listens is taken to answer well: the local account runs no containers. */
export function probe(scope: Scope, group: TargetGroup, target: RegisteredTarget): ProbeOutcome {
  if (group.targetType === 'alb') return probeLoadBalancer(scope, target);
  const to = endOf(scope, group, target);
  if (!to) return 'timed-out';
  const port = group.healthCheck.port === 'traffic-port' ? target.port : Number(group.healthCheck.port);
  const nodes = nodesFor(scope, group, target);
  const reached = nodes.length > 0 && nodes.every((from) => canConnect(scope, { from, to, port }));
  if (!reached) return 'timed-out';
  return isListening(scope, to.networkInterface, port) ? 'passed' : 'refused';
}

function probeLoadBalancer(scope: Scope, { id }: RegisteredTarget): ProbeOutcome {
  const balancer = elbv2State(scope).loadBalancers.get(id);
  return balancer && isActive(scope, balancer) ? 'passed' : 'refused';
}

/** Where the group's traffic for a target arrives: an instance is reached at the primary address of its family. */
function endOf(scope: Scope, group: TargetGroup, { id }: RegisteredTarget): End | undefined {
  if (group.targetType === 'ip') {
    const networkInterface = findNetworkInterfaceByAddress(scope, group.vpcId, id);
    return networkInterface && { networkInterface, address: id };
  }
  if (findInstance(scope, id)?.state !== 'running') return undefined;
  const [networkInterface] = interfacesOfInstance(scope, id);
  return (
    networkInterface &&
    endAt(
      networkInterface,
      networkInterface.ipv6.find(({ isPrimary }) => isPrimary),
      group,
    )
  );
}

function endAt(
  networkInterface: NetworkInterface,
  ipv6: { readonly address: string } | undefined,
  { ipAddressType }: TargetGroup,
): End | undefined {
  const address = ipAddressType === 'ipv6' ? ipv6?.address : networkInterface.ipv4[0];
  return address === undefined ? undefined : { networkInterface, address };
}

/** The nodes that check the target, with the addresses from which they do; one without such an address is left out. */
function nodesFor(scope: Scope, group: TargetGroup, target: RegisteredTarget): readonly End[] {
  return loadBalancersOf(scope, group.arn)
    .filter((balancer) => isActive(scope, balancer))
    .flatMap((balancer) =>
      interfacesOf(scope, balancer).filter(({ zone }) => isCrossZone(balancer, group) || zone.name === target.zone),
    )
    .flatMap((each) => endAt(each, each.ipv6[0], group) ?? []);
}

/**
 * Nodes look after all zones or after their own; the group decides, and otherwise the load balancer:
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html#cross-zone-load-balancing
 */
function isCrossZone(balancer: LoadBalancer, group: TargetGroup): boolean {
  const own = group.attributes.get(CROSS_ZONE);
  return (own === 'true' || own === 'false' ? own : balancer.attributes.get(CROSS_ZONE)) === 'true';
}
