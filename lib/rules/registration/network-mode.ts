import { gapFor, type Gap } from '../../snapshot/gap';
import type { NetworkMode, Service, Snapshot } from '../../snapshot/snapshot';
import { networkModeOf } from '../../snapshot/usage';

/**
 * Network mode of the tasks that the service starts today; under other controllers than ECS its task sets say it.
 * `undefined`: it starts none.
 */
export function networkModeOfService(snapshot: Snapshot, service: Service): NetworkMode | Gap | undefined {
  const current = service.deployments.find(({ status }) => status === 'PRIMARY') ?? service.deployments[0];
  const definition = service.taskDefinitionArn ?? current?.taskDefinitionArn;
  if (definition === undefined) return undefined;
  return networkModeOf(snapshot, definition) ?? gapFor(snapshot, 'taskDefinitions', definition);
}
