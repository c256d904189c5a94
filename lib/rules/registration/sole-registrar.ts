import type { Snapshot } from '../../snapshot/snapshot';
import { taskSetGroupsOf, usersOfTargetGroup } from '../../snapshot/usage';

/** One ECS service alone uses the group, as its primary group: whatever is in it was meant to be that service's. */
export function isSoleRegistrar(snapshot: Snapshot, targetGroupArn: string): boolean {
  const [user = '', ...others] = usersOfTargetGroup(snapshot, targetGroupArn);
  const service = snapshot.services.get(user);
  if (!service || others.length > 0 || taskSetGroupsOf(service).includes(targetGroupArn)) return false;
  const isAlternate = service.loadBalancers.some((one) => one.alternateTargetGroupArn === targetGroupArn);
  return !isAlternate && service.loadBalancers.some((one) => one.targetGroupArn === targetGroupArn);
}
