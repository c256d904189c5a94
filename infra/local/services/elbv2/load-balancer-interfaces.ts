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

export function createInterfaces(scope: Scope, loadBalancer: LoadBalancer): void {
  const made = loadBalancer.zones.map(({ subnetId }) => {
    const networkInterface = createNetworkInterface(scope, {
      subnetId,
      description: descriptionOf(loadBalancer),
      requesterId: ELB_REQUESTER,
      interfaceType: loadBalancer.type === 'network' ? 'network_load_balancer' : 'interface',
      groups: loadBalancer.securityGroups,
      ipv6: { count: loadBalancer.ipAddressType === 'ipv4' ? 0 : 1 },
    });
    attachNetworkInterface(scope, networkInterface, {
      instanceOwnerId: ELB_REQUESTER,
      deviceIndex: 1,
      deleteOnTermination: false,
    });
    // A Network Load Balancer without groups has interfaces without groups; anyone else would get the default one.
    networkInterface.groups = loadBalancer.securityGroups;
    return networkInterface;
  });
  interfaces(scope).set(loadBalancer, made);
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
