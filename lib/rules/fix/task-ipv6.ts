import type { Service, Snapshot, Subnet, Task } from '../../snapshot/snapshot';
import { clusterNameOf, serviceOfTask } from '../../snapshot/usage';
import { awsCommand } from './shell';

/** What gives tasks of a subnet IPv6 addresses: the subnet's own setting, or the account's for dual-stack tasks. */
function letSubnetAssign({ region }: Snapshot, { id, assignsIpv6, ipv6Native }: Subnet): readonly string[] {
  if (!assignsIpv6) {
    const assign = ['--subnet-id', id, '--assign-ipv6-address-on-creation'];
    return [awsCommand(region, 'ec2', 'modify-subnet-attribute', ...assign)];
  }
  if (ipv6Native) return [];
  const dualStack = ['--name', 'dualStackIPv6', '--value', 'enabled'];
  return [awsCommand(region, 'ecs', 'put-account-setting-default', ...dualStack)];
}

/** Addresses are given when a task starts. */
function replaceTasks({ region }: Snapshot, { name, clusterArn }: Service): string {
  const named = ['--cluster', clusterNameOf(clusterArn), '--service', name];
  return awsCommand(region, 'ecs', 'update-service', ...named, '--force-new-deployment');
}

/** Commands after which the task's successor has an IPv6 address; in a subnet without IPv6, those that show where to move. */
export function ipv6ForTask(snapshot: Snapshot, task: Task): readonly string[] {
  const subnet = snapshot.subnets.get(task.subnetId ?? '');
  if (!subnet) return [];
  if (subnet.ipv6Cidrs.length === 0) {
    const filters = ['--filters', `Name=vpc-id,Values=${subnet.vpcId}`, 'Name=ipv6-native,Values=true'];
    return [awsCommand(snapshot.region, 'ec2', 'describe-subnets', ...filters)];
  }
  const service = serviceOfTask(snapshot, task);
  return [...letSubnetAssign(snapshot, subnet), ...(service ? [replaceTasks(snapshot, service)] : [])];
}
