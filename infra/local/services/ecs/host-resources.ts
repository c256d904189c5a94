/** CPU, memory and ports of a container instance. */
import type { Resource } from '@aws-sdk/client-ecs';
import type { HostResources } from './records';

/** SSH, Docker and the agent: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html */
const RESERVED_PORTS: readonly number[] = [22, 2_375, 2_376, 51_678, 51_679];
/** Where the kernel takes dynamic ports from; same source. */
export const DYNAMIC_PORTS = { first: 32_768, last: 60_999 };

export interface Demand {
  readonly cpu: number;
  readonly memory: number;
  readonly tcp: readonly number[];
  readonly udp: readonly number[];
}

export type Shortage = 'RESOURCE:CPU' | 'RESOURCE:MEMORY' | 'RESOURCE:PORTS';

export function hostResources(cpu: number, memory: number): HostResources {
  return { cpu, memory, tcp: new Set(RESERVED_PORTS), udp: new Set() };
}

/** As the agent states them on registration; what it leaves out is none, and ports are the reserved ones. */
export function readResources(resources: readonly Resource[]): HostResources {
  const named = new Map(resources.map((resource) => [resource.name, resource]));
  const amount = (name: string): number => named.get(name)?.integerValue ?? 0;
  const ports = (name: string, standard: readonly number[]): ReadonlySet<number> =>
    new Set(named.get(name)?.stringSetValue?.map(Number) ?? standard);
  return {
    cpu: amount('CPU'),
    memory: amount('MEMORY'),
    tcp: ports('PORTS', RESERVED_PORTS),
    udp: ports('PORTS_UDP', []),
  };
}

/** What is short first, in the order in which AWS checks; undefined if the demand fits. */
export function shortage({ cpu, memory, tcp, udp }: HostResources, demand: Demand): Shortage | undefined {
  if (demand.tcp.some((port) => tcp.has(port)) || demand.udp.some((port) => udp.has(port))) return 'RESOURCE:PORTS';
  if (demand.cpu > cpu) return 'RESOURCE:CPU';
  if (demand.memory > memory) return 'RESOURCE:MEMORY';
  return undefined;
}

export function take({ cpu, memory, tcp, udp }: HostResources, demand: Demand): HostResources {
  return {
    cpu: cpu - demand.cpu,
    memory: memory - demand.memory,
    tcp: new Set([...tcp, ...demand.tcp]),
    udp: new Set([...udp, ...demand.udp]),
  };
}

export function giveBack({ cpu, memory, tcp, udp }: HostResources, demand: Demand): HostResources {
  return {
    cpu: cpu + demand.cpu,
    memory: memory + demand.memory,
    tcp: new Set([...tcp].filter((port) => !demand.tcp.includes(port))),
    udp: new Set([...udp].filter((port) => !demand.udp.includes(port))),
  };
}

/** The API fills unused members with zeros. */
export function resourceView(resources: HostResources): Resource[] {
  const zero = { doubleValue: 0, longValue: 0, integerValue: 0 };
  return resourceEvent(resources).map((resource) => ({ ...zero, ...resource }));
}

/** Events show only what applies. */
export function resourceEvent({ cpu, memory, tcp, udp }: HostResources): Resource[] {
  return [
    { name: 'CPU', type: 'INTEGER', integerValue: cpu },
    { name: 'MEMORY', type: 'INTEGER', integerValue: memory },
    { name: 'PORTS', type: 'STRINGSET', stringSetValue: [...tcp].map(String) },
    { name: 'PORTS_UDP', type: 'STRINGSET', stringSetValue: [...udp].map(String) },
  ];
}
