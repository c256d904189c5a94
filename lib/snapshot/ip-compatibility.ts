/**
 * What can be seen of the family for which the agent of a host takes it: no API tells. An agent that takes its host for
 * IPv6-only drops the IPv4 bindings of bridge tasks, any other one the IPv6 bindings.
 * https://github.com/aws/amazon-ecs-agent/blob/master/README.md
 */
import type { ContainerInstance, Instance, Snapshot, Task } from './snapshot';
import { networkModeOf, tasksOnContainerInstance } from './usage';

const ANY_IPV4 = '0.0.0.0';
const ANY_IPV6 = '::';

/** None of its own interfaces has an IPv4 address; those of tasks on it are in namespaces of their own. */
export function isIpv6Only(snapshot: Snapshot, host: ContainerInstance, { interfaces }: Instance): boolean {
  const ofTasks = new Set(
    tasksOnContainerInstance(snapshot, host.arn).map(({ networkInterfaceId }) => networkInterfaceId),
  );
  const own = interfaces.filter(({ id }) => !ofTasks.has(id));
  const hasIpv6 = own.some(({ ipv6Addresses, ipv6Prefixes }) => ipv6Addresses.length + ipv6Prefixes.length > 0);
  return hasIpv6 && own.every(({ ipv4Addresses }) => ipv4Addresses.length === 0);
}

export interface SeenBindings {
  readonly family: 'ipv4' | 'ipv6';
  /** Tasks that show it, by ARN. */
  readonly tasks: readonly Task[];
}

function boundTo(snapshot: Snapshot, host: ContainerInstance, address: string): readonly Task[] {
  return tasksOnContainerInstance(snapshot, host.arn).filter((task) => {
    const mode = networkModeOf(snapshot, task.taskDefinitionArn);
    if (mode !== 'bridge' && mode !== 'default') return false;
    return task.bindings?.some(({ bindIp }) => bindIp === address) ?? false;
  });
}

/** What its bridge tasks are bound to; `undefined`: none says. */
export function seenBindings(snapshot: Snapshot, host: ContainerInstance): SeenBindings | undefined {
  const ipv4 = boundTo(snapshot, host, ANY_IPV4);
  if (ipv4.length > 0) return { family: 'ipv4', tasks: ipv4 };
  const ipv6 = boundTo(snapshot, host, ANY_IPV6);
  return ipv6.length > 0 ? { family: 'ipv6', tasks: ipv6 } : undefined;
}
