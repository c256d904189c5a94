import { gapFor, type Gap } from '../../snapshot/gap';
import type { NetworkMode, Service, Snapshot } from '../../snapshot/snapshot';
import { networkModeOf } from '../../snapshot/usage';

/** What the service starts today; under other controllers than ECS its task sets say it. */
export function currentRevisionOf({ taskDefinitionArn, deployments }: Service): string | undefined {
  const current = deployments.find(({ status }) => status === 'PRIMARY') ?? deployments[0];
  return taskDefinitionArn ?? current?.taskDefinitionArn;
}

/** Network mode of the tasks of a revision; `undefined`: there is no such revision. */
export function networkModeOfRevision(snapshot: Snapshot, arn: string | undefined): NetworkMode | Gap | undefined {
  if (arn === undefined) return undefined;
  return networkModeOf(snapshot, arn) ?? gapFor(snapshot, 'taskDefinitions', arn);
}

/** Network mode of the tasks that the service starts today; `undefined`: it starts none. */
export function networkModeOfService(snapshot: Snapshot, service: Service): NetworkMode | Gap | undefined {
  return networkModeOfRevision(snapshot, currentRevisionOf(service));
}
