import type { ContainerDefinition, TaskOverride } from '@aws-sdk/client-ecs';
import type { Demand } from './host-resources';
import type { DefinitionRecord } from './records';
import { networkModeOf } from './task-definition';
import { taskSize } from './task-size';

/** What a task takes of its host: the task's own size, or the sum of its containers. */
export function taskDemand({ definition, ...record }: DefinitionRecord, overrides: TaskOverride = {}): Demand {
  const containers = definition.containerDefinitions ?? [];
  const size = taskSize({ cpu: overrides.cpu ?? definition.cpu, memory: overrides.memory ?? definition.memory });
  const ownInterface = networkModeOf({ definition, ...record }) === 'awsvpc';
  return {
    cpu: size.cpu ?? sum(containers, ({ cpu }) => cpu),
    memory: size.memory ?? sum(containers, ({ memory, memoryReservation }) => memoryReservation ?? memory),
    tcp: ownInterface ? [] : fixedPorts(containers, 'tcp'),
    udp: ownInterface ? [] : fixedPorts(containers, 'udp'),
  };
}

function sum(containers: readonly ContainerDefinition[], amount: (each: ContainerDefinition) => number | undefined) {
  return containers.reduce((total, each) => total + (amount(each) ?? 0), 0);
}

/** Host ports that the definition fixes; 0 lets the host choose. */
function fixedPorts(containers: readonly ContainerDefinition[], protocol: 'tcp' | 'udp'): number[] {
  return containers
    .flatMap(({ portMappings = [] }) => portMappings)
    .filter((mapping) => mapping.protocol === protocol && mapping.hostPort !== 0)
    .map(({ hostPort = 0 }) => hostPort);
}
