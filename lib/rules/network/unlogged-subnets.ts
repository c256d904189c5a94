import { usersOf } from '../../evaluate/users';
import { indexed } from '../../snapshot/indexed';
import type { Snapshot, Subnet } from '../../snapshot/snapshot';
import { tasksOfService } from '../../snapshot/usage';
import { subnetsInUse } from './subnets-in-use';

const logged = indexed(
  ({ flowLogs }) =>
    new Set([...flowLogs.values()].filter((log) => log.isActive && log.isDelivered).map((log) => log.resourceId)),
);

/** Network interfaces in the subnet that tasks and container instances have. */
function interfacesIn(snapshot: Snapshot, subnet: Subnet): readonly string[] {
  const { services, tasks, instances } = usersOf(snapshot, 'subnet', subnet);
  const ofTasks = [...tasks, ...services.flatMap((service) => tasksOfService(snapshot, service))];
  const own = ofTasks.filter(({ subnetId }) => subnetId === subnet.id).map((task) => task.networkInterfaceId);
  const ofHosts = instances.flatMap(({ interfaces }) => interfaces).filter(({ subnetId }) => subnetId === subnet.id);
  return [...own, ...ofHosts.map(({ id }) => id)].filter((id) => id !== undefined);
}

function isLogged(snapshot: Snapshot, subnet: Subnet): boolean {
  const ids = logged(snapshot);
  if (ids.has(subnet.id)) return true;
  const interfaces = interfacesIn(snapshot, subnet);
  return interfaces.length > 0 && interfaces.every((id) => ids.has(id));
}

/** Subnets of the VPC in use for which no flow log is active and delivered: on the VPC, on them, or on all in them. */
export function unloggedSubnets(snapshot: Snapshot, vpcId: string): readonly Subnet[] {
  if (logged(snapshot).has(vpcId)) return [];
  return subnetsInUse(snapshot, vpcId).filter((subnet) => !isLogged(snapshot, subnet));
}
