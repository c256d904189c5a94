import type { Instance, Snapshot } from '../../snapshot/snapshot';
import { containerInstancesOf } from '../../snapshot/usage';
import { inService } from './in-service';

/** ARNs of the container instances as which an instance that is up takes tasks; none: it does not. */
export function knownAs(snapshot: Snapshot, { id, state }: Instance): readonly string[] {
  if (state !== 'pending' && state !== 'running') return [];
  return containerInstancesOf(snapshot, id)
    .filter(inService)
    .map(({ arn }) => arn);
}

/** As ECS names it, e.g. `arm64`; `undefined`: the agent did not say. */
export function architectureOf(snapshot: Snapshot, { id }: Instance): string | undefined {
  return containerInstancesOf(snapshot, id)
    .map(({ attributes }) => attributes['ecs.cpu-architecture'])
    .find((found) => found !== undefined);
}
