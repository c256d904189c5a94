import type { LoadBalancer } from '../../snapshot/balancing-resources';
import { gapFor, type Gap } from '../../snapshot/gap';
import type { Service, Snapshot, TargetGroup } from '../../snapshot/snapshot';
import { targetGroupsOf } from '../../snapshot/usage';

/** Things that were read, and the gap that hides one of the others. */
export interface Found<Resource> {
  readonly found: readonly Resource[];
  readonly gap: Gap | undefined;
}

/** Target groups of the service: primary, alternate (blue/green) and task sets'. One that does not exist is left out. */
export function groupsOfService(snapshot: Snapshot, service: Service): Found<TargetGroup> {
  const arns = targetGroupsOf(service);
  return {
    found: arns.flatMap((arn) => snapshot.targetGroups.get(arn) ?? []),
    gap: firstMissing(arns, (arn) =>
      snapshot.targetGroups.has(arn) ? undefined : gapFor(snapshot, 'targetGroups', arn),
    ),
  };
}

/** Load balancers that forward to them. */
export function balancersOfService(snapshot: Snapshot, service: Service): Found<LoadBalancer> {
  const groups = groupsOfService(snapshot, service);
  const arns = [...new Set(groups.found.flatMap(({ loadBalancerArns }) => loadBalancerArns))];
  const unread = firstMissing(arns, (arn) =>
    snapshot.loadBalancers.has(arn) ? undefined : gapFor(snapshot, 'loadBalancers', arn),
  );
  return { found: arns.flatMap((arn) => snapshot.loadBalancers.get(arn) ?? []), gap: unread ?? groups.gap };
}

function firstMissing(arns: readonly string[], gapOf: (arn: string) => Gap | undefined): Gap | undefined {
  return arns.map(gapOf).find((gap) => gap !== undefined);
}
