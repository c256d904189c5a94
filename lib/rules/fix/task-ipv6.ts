import type { Snapshot, Subnet, Task } from '../../snapshot/snapshot';
import { serviceOfTask } from '../../snapshot/usage';
import { replaceTask } from './service';
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

/** Where a workload of that VPC can be IPv6-only. */
function listIpv6OnlySubnets({ region }: Snapshot, { vpcId }: Subnet): string {
  const filters = ['--filters', `Name=vpc-id,Values=${vpcId}`, 'Name=ipv6-native,Values=true'];
  return awsCommand(region, 'ec2', 'describe-subnets', ...filters);
}

/** Commands after which the task's successor has no IPv4 address, or that show where to move. */
export function withoutIpv4(snapshot: Snapshot, task: Task): readonly string[] {
  const service = serviceOfTask(snapshot, task);
  const subnets = (service?.subnetIds ?? []).map((id) => snapshot.subnets.get(id));
  // the service has been moved already, only the task has stayed
  if (subnets.length > 0 && subnets.every((one) => one?.ipv6Native)) return replaceTask(snapshot, task);
  const subnet = snapshot.subnets.get(task.subnetId ?? '');
  return subnet ? [listIpv6OnlySubnets(snapshot, subnet)] : [];
}

/** Commands after which the task's successor has an IPv6 address; in a subnet without IPv6, those that show where to move. */
export function ipv6ForTask(snapshot: Snapshot, task: Task): readonly string[] {
  const subnet = snapshot.subnets.get(task.subnetId ?? '');
  if (!subnet) return [];
  if (subnet.ipv6Cidrs.length === 0) return [listIpv6OnlySubnets(snapshot, subnet)];
  // addresses are given when a task starts
  return [...letSubnetAssign(snapshot, subnet), ...replaceTask(snapshot, task)];
}
