/** Auto Scaling groups behind capacity providers that have no host yet: what they launch next is what counts of them. */
import type { AutoScalingGroup, LaunchTemplate } from './host-resources';
import { groupedBy, indexed } from './indexed';
import { groupsOf, instancesOfGroups } from './launched-by';
import type { Service, Snapshot } from './snapshot';
import { byArn, containerInstancesOf, servicesInCluster } from './usage';

export interface EmptyGroup {
  readonly group: AutoScalingGroup;
  /** Name of the capacity provider that it stands behind. */
  readonly provider: string;
  /** Of a cluster that has the provider. */
  readonly clusterArn: string;
}

type Behind = Omit<EmptyGroup, 'group'>;

/** By name of the group; one provider can serve several clusters. */
const behind = indexed((snapshot) => {
  const clusters = [...snapshot.clusters.values()].sort(byArn);
  const pairs = clusters.flatMap(({ arn: clusterArn, capacityProviders }) =>
    capacityProviders.map((provider): Behind => ({ clusterArn, provider })),
  );
  return groupedBy(pairs, ({ provider }) => snapshot.capacityProviders.get(provider)?.autoScalingGroup);
});

function hasHosts(snapshot: Snapshot, group: AutoScalingGroup): boolean {
  return instancesOfGroups(snapshot, [group]).some(({ id }) => containerInstancesOf(snapshot, id).length > 0);
}

/** Those of the groups that have no host, once for each cluster that they are for. */
export function emptyGroupsIn(snapshot: Snapshot, groups: readonly AutoScalingGroup[]): readonly EmptyGroup[] {
  return groups
    .filter((group) => !hasHosts(snapshot, group))
    .flatMap((group) => (behind(snapshot).get(group.name) ?? []).map((one) => ({ group, ...one })));
}

/** Those that launch from the template. */
export function emptyGroupsOf(snapshot: Snapshot, template: LaunchTemplate): readonly EmptyGroup[] {
  return emptyGroupsIn(snapshot, groupsOf(snapshot, template));
}

/** Services that ask for capacity of this very group. */
export function servicesAwaiting(snapshot: Snapshot, { clusterArn, provider }: EmptyGroup): readonly Service[] {
  return servicesInCluster(snapshot, clusterArn).filter(({ capacityProviders }) =>
    capacityProviders.includes(provider),
  );
}
