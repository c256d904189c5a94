/** The network interfaces of load balancers: they hold addresses, and keep subnets and VPCs from being deleted. */
import type { Scope } from '../../kernel/scope';
import { defineStore } from '../../kernel/scope';
import type { NetworkInterface } from '../ec2/network-interface';
import {
  assignIpv6,
  attachNetworkInterface,
  createNetworkInterface,
  releaseNetworkInterface,
  unassignIpv6,
} from '../ec2/network-interface-lifecycle';
import { pathOf } from './names';
import type { LoadBalancer } from './state';

/** Who the interfaces of load balancers say has made them. */
export const ELB_REQUESTER = 'amazon-elb';

function descriptionOf({ arn }: LoadBalancer): string {
  return `ELB ${pathOf(arn)}`;
}

const interfaces = defineStore(() => new Map<LoadBalancer, readonly NetworkInterface[]>());

/** The load balancer's interfaces, one for each of its subnets. */
export function interfacesOf(scope: Scope, loadBalancer: LoadBalancer): readonly NetworkInterface[] {
  return interfaces(scope).get(loadBalancer) ?? [];
}

/** Sees to it that there is an interface in each of the load balancer's subnets, and nowhere else. */
export function placeInterfaces(scope: Scope, loadBalancer: LoadBalancer): void {
  const present = interfacesOf(scope, loadBalancer);
  const wanted = loadBalancer.zones.map(({ subnetId }) => subnetId);
  for (const each of present) if (!wanted.includes(each.subnetId)) releaseNetworkInterface(scope, each);
  const placed = wanted.map(
    (id) => present.find(({ subnetId }) => subnetId === id) ?? createInterface(scope, loadBalancer, id),
  );
  interfaces(scope).set(loadBalancer, placed);
}

function createInterface(scope: Scope, loadBalancer: LoadBalancer, subnetId: string): NetworkInterface {
  const made = createNetworkInterface(scope, {
    subnetId,
    description: descriptionOf(loadBalancer),
    requesterId: ELB_REQUESTER,
    interfaceType: loadBalancer.type === 'network' ? 'network_load_balancer' : 'interface',
    groups: loadBalancer.securityGroups,
    ipv6: { count: loadBalancer.ipAddressType === 'ipv4' ? 0 : 1 },
  });
  attachNetworkInterface(scope, made, { instanceOwnerId: ELB_REQUESTER, deviceIndex: 1, deleteOnTermination: false });
  // A Network Load Balancer without groups has interfaces without groups; anyone else would get the default one.
  made.groups = loadBalancer.securityGroups;
  return made;
}

/** Puts the interfaces into the load balancer's security groups. */
export function regroupInterfaces(scope: Scope, loadBalancer: LoadBalancer): void {
  for (const each of interfacesOf(scope, loadBalancer)) each.groups = loadBalancer.securityGroups;
}

/** Gives each interface its IPv6 address, or takes it away, when the load balancer's address type changes. */
export function adaptInterfaces(scope: Scope, loadBalancer: LoadBalancer): void {
  for (const networkInterface of interfacesOf(scope, loadBalancer)) {
    const held = networkInterface.ipv6.map(({ address }) => address);
    if (loadBalancer.ipAddressType === 'ipv4') unassignIpv6(scope, networkInterface, held);
    else if (held.length === 0) assignIpv6(scope, networkInterface, { count: 1 });
  }
}

export function releaseInterfaces(scope: Scope, loadBalancer: LoadBalancer): void {
  for (const networkInterface of interfacesOf(scope, loadBalancer)) releaseNetworkInterface(scope, networkInterface);
  interfaces(scope).delete(loadBalancer);
}
