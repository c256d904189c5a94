/** Managed scaling of Auto Scaling groups: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cluster-auto-scaling.html */
import type { Scope } from '../../kernel/scope';
import { requestPass } from '../autoscaling/group-schedule';
import type { AutoScalingGroup } from '../autoscaling/state';
import { autoScalingGroups } from '../autoscaling/state';
import { findInstanceType } from '../ec2/instance-type';
import type { CapacityProviderRecord } from './capacity-provider';
import { groupNameOf, grows } from './capacity-provider';
import type { TaskRecord } from './records';
import { taskDemand } from './task-demand';

const UNITS_PER_VCPU = 1_024;

/** Makes the group larger by what the waiting tasks need, within its size and the provider's steps. */
export function scaleOut(scope: Scope, provider: CapacityProviderRecord, waiting: readonly TaskRecord[]): void {
  const group = autoScalingGroups(scope).get(groupNameOf(provider) ?? '');
  if (!group || !grows(provider) || waiting.length === 0 || isBusy(group)) return;
  const desired = Math.min(group.desired + stepOf(provider, hostsNeeded(group, waiting)), group.maxSize);
  if (desired === group.desired) return;
  group.desired = desired;
  requestPass(scope, group);
}

function stepOf({ group }: CapacityProviderRecord, needed: number): number {
  const { minimumScalingStepSize: least = 1, maximumScalingStepSize: most = Infinity } = group?.managedScaling ?? {};
  return Math.min(Math.max(needed, least), most);
}

/** What was asked for before has not arrived yet. */
function isBusy({ desired, members }: AutoScalingGroup): boolean {
  const arrived = [...members.values()].filter(({ state }) => state === 'InService');
  return arrived.length < desired;
}

/** By the size of the hosts that are there; one at a time where there is none to go by, as AWS does. */
function hostsNeeded({ members }: AutoScalingGroup, waiting: readonly TaskRecord[]): number {
  const [member] = members.values();
  const type = member && findInstanceType(member.type);
  if (!type) return 1;
  const demands = waiting.map((task) => taskDemand(task.definition, task.overrides));
  const share = (of: 'cpu' | 'memory', whole: number): number =>
    demands.reduce((sum, demand) => sum + demand[of], 0) / whole;
  return Math.ceil(Math.max(share('cpu', type.vcpus * UNITS_PER_VCPU), share('memory', type.memoryMib)));
}
