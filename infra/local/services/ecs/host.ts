/** The EC2 instance under a container instance, as far as ECS cares. */
import type { Scope } from '../../kernel/scope';
import { findInstance } from '../ec2/instance';
import type { NetworkInterface } from '../ec2/network-interface';
import { interfacesOfInstance } from '../ec2/network-interface';

export interface Host {
  readonly instanceId: string;
  readonly state: string;
  readonly availabilityZone: string;
  readonly instanceType: string;
  readonly imageId: string;
  /** Of the image, if it is one made for ECS. */
  readonly agentVersion: string | undefined;
  readonly dockerVersion: string | undefined;
  readonly subnetId: string;
  readonly vpcId: string;
  /** CPU units. */
  readonly cpu: number;
  /** MiB. */
  readonly memory: number;
  /** Network interfaces that tasks may have; the first one is the host's own. */
  readonly taskInterfaces: number;
}

/** CPU units that ECS counts for a vCPU. */
const UNITS_PER_VCPU = 1_024;

export function findHost(scope: Scope, instanceId: string): Host | undefined {
  const instance = findInstance(scope, instanceId);
  if (!instance) return undefined;
  const { id, state, zone, type, image, subnetId, vpcId } = instance;
  return {
    instanceId: id,
    state,
    availabilityZone: zone.name,
    instanceType: type.name,
    imageId: image.id,
    agentVersion: image.ecs?.agentVersion,
    dockerVersion: image.ecs?.dockerVersion,
    subnetId,
    vpcId,
    cpu: type.vcpus * UNITS_PER_VCPU,
    memory: type.memoryMib,
    taskInterfaces: type.maxInterfaces - 1,
  };
}

export interface HostAddresses {
  readonly ipv4: string | undefined;
  /** The primary IPv6 address: the only one under which an instance can be registered. */
  readonly primaryIpv6: string | undefined;
  /** Nothing on it speaks IPv4. */
  readonly ipv6Only: boolean;
}

export function hostAddresses(scope: Scope, instanceId: string): HostAddresses {
  const primary: NetworkInterface | undefined = interfacesOfInstance(scope, instanceId)[0];
  return {
    ipv4: primary?.ipv4[0],
    primaryIpv6: primary?.ipv6.find(({ isPrimary }) => isPrimary)?.address,
    ipv6Only: primary?.ipv6Native ?? false,
  };
}
