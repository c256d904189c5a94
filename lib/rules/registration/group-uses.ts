import { gapFor, type Gap } from '../../snapshot/gap';
import type { NetworkMode, Service, Snapshot, TargetGroup } from '../../snapshot/snapshot';
import { ownGroupsOf, taskSetGroupsOf } from '../../snapshot/usage';
import { currentRevisionOf, networkModeOfRevision } from './network-mode';

/** A target group, and in which network mode the tasks run that are registered there. */
export interface GroupUse {
  readonly group: TargetGroup;
  readonly mode: NetworkMode;
}

/** A task set that is on its way out takes its tasks out of its groups. */
const DRAINING = 'DRAINING';

/** Target groups with the revisions whose tasks go there: each task set has its own, all else is the service's. */
function namedUses(service: Service): readonly (readonly [group: string, revision: string | undefined])[] {
  const ofSets = new Set(taskSetGroupsOf(service));
  const current = currentRevisionOf(service);
  return [
    ...ownGroupsOf(service).flatMap((arn) => (ofSets.has(arn) ? [] : [[arn, current] as const])),
    ...service.deployments
      .filter(({ status }) => status !== DRAINING)
      .flatMap(({ targetGroupArns = [], taskDefinitionArn }) =>
        targetGroupArns.map((arn) => [arn, taskDefinitionArn] as const),
      ),
  ];
}

/** Groups and revisions that do not exist are left out. */
function useOf(snapshot: Snapshot, [arn, revision]: ReturnType<typeof namedUses>[number]): GroupUse | Gap | undefined {
  const group = snapshot.targetGroups.get(arn) ?? gapFor(snapshot, 'targetGroups', arn);
  const mode = networkModeOfRevision(snapshot, revision);
  if (group === undefined || mode === undefined) return undefined;
  if (typeof mode === 'object') return mode;
  return 'call' in group ? group : { group, mode };
}

/** How tasks of the service use its target groups; gaps: uses that could not be read. */
export function groupUses(snapshot: Snapshot, service: Service): readonly (GroupUse | Gap)[] {
  return namedUses(service).flatMap((named) => useOf(snapshot, named) ?? []);
}
