import { usersOf } from '../../evaluate/users';
import { gapFor, type Cause } from '../../snapshot/gap';
import type { NetworkAcl } from '../../snapshot/network-resources';
import type { Snapshot } from '../../snapshot/snapshot';
import type { OperatingSystem } from '../applicability/table';

/** What runs there, or why it cannot be told of some of it. */
export interface SystemsIn {
  readonly known: ReadonlySet<OperatingSystem>;
  readonly unread: Cause | undefined;
}

/** Operating systems of what runs in the subnets of the ACL. A revision that is gone says nothing, so it is Linux. */
export function systemsIn(snapshot: Snapshot, acl: NetworkAcl): SystemsIn {
  const { services, tasks, instances } = usersOf(snapshot, 'network-acl', acl);
  const arns = [...services, ...tasks].map(({ taskDefinitionArn }) => taskDefinitionArn);
  const known = new Set<OperatingSystem>(instances.map(({ operatingSystem }) => operatingSystem));
  let unread: Cause | undefined;
  for (const arn of arns) {
    const system = snapshot.taskDefinitions.get(arn ?? '')?.operatingSystem;
    const gap = system ? undefined : gapFor(snapshot, 'taskDefinitions', arn);
    unread ??= gap;
    if (!gap) known.add(system ?? 'linux');
  }
  return { known, unread };
}
