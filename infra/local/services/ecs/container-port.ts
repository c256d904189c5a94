import type { PortMapping } from '@aws-sdk/client-ecs';
import { invalidParameter } from './ecs-error';
import type { DefinitionRecord } from './records';

/** The container must exist and listen there: its port mapping. */
export function checkContainerPort({ definition }: DefinitionRecord, name = '', port = 0): PortMapping {
  const container = definition.containerDefinitions?.find((each) => each.name === name);
  if (!container) throw invalidParameter(`The container ${name} does not exist in the task definition.`);
  const mapping = container.portMappings?.find(({ containerPort }) => containerPort === port);
  if (mapping) return mapping;
  throw invalidParameter(`The container ${name} did not have a container port ${port} defined.`);
}
