import { isRemoval, type DestructiveAction } from '../plan/action';
import type { Snapshot } from '../snapshot/snapshot';
import { serviceOfRegistration, usersOfRegistry, usersOfTargetGroup } from '../snapshot/usage';

/** Everything that an action touches: the registration itself, what holds it, and the services whose it was; or what it changes. */
export function touchedBy(action: DestructiveAction, snapshot: Snapshot): readonly string[] {
  if (!isRemoval(action)) return [action.resource];
  if (action.kind === 'deregister-target') {
    return [action.resource, action.targetGroupArn, ...usersOfTargetGroup(snapshot, action.targetGroupArn)];
  }
  const registration = snapshot.cloudMapInstances.get(action.resource);
  const named = registration && serviceOfRegistration(snapshot, registration);
  const services = [...usersOfRegistry(snapshot, action.serviceArn), ...(named ? [named] : [])];
  return [action.resource, action.serviceArn, ...services.map(({ arn }) => arn)];
}
