import { usersOf } from '../../evaluate/users';
import { groupedBy, indexed } from '../../snapshot/indexed';
import type { Snapshot, Subnet } from '../../snapshot/snapshot';

const none: readonly never[] = [];

const inUse = indexed((snapshot) => {
  const used = [...snapshot.subnets.values()].filter((subnet) => {
    const { services, tasks, instances } = usersOf(snapshot, 'subnet', subnet);
    return services.length + tasks.length + instances.length > 0;
  });
  const inOrder = used.sort((one, other) => (one.id < other.id ? -1 : 1));
  return groupedBy(inOrder, ({ vpcId }) => vpcId);
});

/** Subnets of the VPC in which services, tasks of no service or container instances have addresses, by id. */
export function subnetsInUse(snapshot: Snapshot, vpcId: string): readonly Subnet[] {
  return inUse(snapshot).get(vpcId) ?? none;
}
