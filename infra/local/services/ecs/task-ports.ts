/** The ports on which a task's containers listen, from their start to the signal that ends them. */
import type { Scope } from '../../kernel/scope';
import type { Socket } from '../ec2/listening';
import { closeSockets, openSockets } from '../ec2/listening';
import { interfacesOfInstance } from '../ec2/network-interface';
import type { TaskRecord } from './records';

export function openPorts(scope: Scope, task: TaskRecord): void {
  openSockets(scope, task.arn, socketsOf(scope, task));
}

export function closePorts(scope: Scope, task: TaskRecord): void {
  closeSockets(scope, task.arn);
}

/** A task with an interface of its own listens on its container ports, others on the host's at the ports bound there. */
function socketsOf(scope: Scope, { networkInterface, instance, definition, containers }: TaskRecord): Socket[] {
  if (networkInterface) {
    const mappings = definition.definition.containerDefinitions?.flatMap(({ portMappings = [] }) => portMappings) ?? [];
    return mappings.flatMap(({ containerPort: port, protocol }) =>
      port === undefined ? [] : [{ interfaceId: networkInterface.id, port, protocol: protocol ?? 'tcp' }],
    );
  }
  const [host] = instance ? interfacesOfInstance(scope, instance.ec2InstanceId) : [];
  if (!host) return [];
  const bindings = containers.flatMap((container) => container.bindings);
  return bindings.map(({ hostPort: port, protocol }) => ({ interfaceId: host.id, port, protocol }));
}
