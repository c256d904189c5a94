/** A task's own network interface: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking-awsvpc.html */
import type { Scope } from '../../kernel/scope';
import { findNetworkInterface } from '../ec2/network-interface';
import {
  attachNetworkInterface,
  createNetworkInterface,
  givePublicIpv4,
  releaseNetworkInterface,
} from '../ec2/network-interface-lifecycle';
import { ipName } from '../ec2/private-dns';
import { requireSubnet } from '../ec2/subnet';
import { accountSetting } from './account-setting';
import type { TaskInterface, TaskRecord } from './records';
import { ecsArn } from './reference';

/** Tasks share their device index with nothing: the host's own interface is 0. */
const FIRST_TASK_DEVICE = 1;

/** Makes and attaches the interface with the addresses that its subnet and the account's settings allow. */
export function giveInterface(scope: Scope, task: TaskRecord): void {
  const { network, instance } = task;
  if (!network) return;
  const made = createNetworkInterface(scope, {
    subnetId: network.subnetId,
    groups: network.settings.securityGroups,
    description: ecsArn(scope, 'attachment', task.attachmentIds.eni),
    requesterId: scope.account,
    ipv6: { count: takesIpv6(scope, task, network.subnetId) ? 1 : 0 },
  });
  attachNetworkInterface(scope, made, {
    // Managed Instances have a trunk: what hangs on it is not the instance's own.
    instanceId: instance?.managed === true ? undefined : instance?.ec2InstanceId,
    deviceIndex: FIRST_TASK_DEVICE + (instance ? devicesOn(task) : 0),
    deleteOnTermination: false,
  });
  if (network.settings.assignPublicIp === 'ENABLED') givePublicIpv4(scope, made);
  const ipv4 = made.ipv4[0];
  task.networkInterface = {
    id: made.id,
    subnetId: made.subnetId,
    macAddress: made.macAddress,
    privateDnsName: ipv4 === undefined ? undefined : ipName(scope, ipv4),
    ipv4,
    ipv6: made.ipv6[0]?.address,
  };
}

/** The interface is gone afterwards; so it is when EC2 was faster. */
export function dropInterface(scope: Scope, { id }: TaskInterface): void {
  const made = findNetworkInterface(scope, id);
  if (made) releaseNetworkInterface(scope, made);
}

/**
 * An IPv6-only subnet always gives IPv6; a dual-stack one if the account has `dualStackIPv6` on:
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-account-settings.html
 * Fargate needs 1.4.0 for it: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html
 */
function takesIpv6(scope: Scope, { capacity: { platformVersion } }: TaskRecord, subnetId: string): boolean {
  const subnet = requireSubnet(scope, subnetId);
  if (subnet.ipv6Native) return true;
  if (platformVersion === '1.3.0') return false;
  return subnet.ipv6.length > 0 && accountSetting(scope, 'dualStackIPv6') === 'enabled';
}

function devicesOn({ instance }: TaskRecord): number {
  return [...(instance?.tasks ?? [])].filter(({ networkInterface }) => networkInterface).length;
}
