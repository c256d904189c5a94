/** Host ports of tasks that share their host's network. */
import type { ContainerDefinition, PortMapping } from '@aws-sdk/client-ecs';
import type { InstanceRecord, PortBinding } from './records';
import { DYNAMIC_PORTS, take } from './host-resources';

type PortKeeper = Pick<InstanceRecord, 'remaining' | 'nextPort'>;

/** Binds each port of a container to each wildcard; the fixed ones are taken already, dynamic ones are taken now. */
export function bindPorts(
  instance: PortKeeper,
  { portMappings = [] }: ContainerDefinition,
  wildcards: readonly string[],
): PortBinding[] {
  return portMappings.flatMap((mapping) => {
    const { containerPort = 0 } = mapping;
    const hostPort = mapping.hostPort === 0 ? takeDynamicPort(instance, mapping) : (mapping.hostPort ?? 0);
    return wildcards.map((bindIP) => ({ containerPort, hostPort, protocol: protocolOf(mapping), bindIP }));
  });
}

function protocolOf({ protocol }: PortMapping): 'tcp' | 'udp' {
  return protocol === 'udp' ? 'udp' : 'tcp';
}

function takeDynamicPort(instance: PortKeeper, mapping: PortMapping): number {
  const protocol = protocolOf(mapping);
  const port = nextFree(instance, protocol);
  instance.nextPort = port + 1;
  const nothing = { cpu: 0, memory: 0, tcp: [], udp: [] };
  instance.remaining = take(instance.remaining, { ...nothing, [protocol]: [port] });
  return port;
}

/** Ports are handed out upwards and from the start again, as Docker does. */
function nextFree({ remaining, nextPort }: PortKeeper, protocol: 'tcp' | 'udp'): number {
  const { first, last } = DYNAMIC_PORTS;
  const span = last - first + 1;
  for (let step = 0; step < span; step++) {
    const port = first + ((nextPort - first + step) % span);
    if (!remaining[protocol].has(port)) return port;
  }
  throw new Error(`Every dynamic port from ${String(first)} to ${String(last)} is taken.`);
}
