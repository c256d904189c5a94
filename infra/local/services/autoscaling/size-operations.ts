/** What makes a group larger or smaller, or different. */
import type { SetDesiredCapacityType, UpdateAutoScalingGroupType } from '@aws-sdk/client-auto-scaling';
import { operation } from '../../kernel/operation';
import type { Scope } from '../../kernel/scope';
import { onGroup } from './access';
import { checkHealthType, checkSize, checkSubnets, checkTemplate, type Size } from './group-request';
import { requestPass } from './group-schedule';
import type { AutoScalingGroup } from './state';
import { groupNamed, validationError } from './state';

/** A new bound moves the desired capacity along, unless the request names one of its own. */
function newSize(group: AutoScalingGroup, { MinSize, MaxSize, DesiredCapacity }: UpdateAutoScalingGroupType): Size {
  const min = MinSize ?? group.minSize;
  const max = MaxSize ?? group.maxSize;
  return checkSize({ min, max, desired: DesiredCapacity ?? Math.max(min, Math.min(max, group.desired)) });
}

type Change = (group: AutoScalingGroup) => void;

/** Everything is checked before anything changes. */
function changesOf(scope: Scope, input: UpdateAutoScalingGroupType, group: AutoScalingGroup): readonly Change[] {
  const size = newSize(group, input);
  const template = input.LaunchTemplate && checkTemplate(scope, input.LaunchTemplate);
  const subnetIds = input.VPCZoneIdentifier === undefined ? undefined : checkSubnets(scope, input.VPCZoneIdentifier);
  const healthCheckType = input.HealthCheckType === undefined ? undefined : checkHealthType(input.HealthCheckType);
  return [
    (each) => Object.assign(each, { minSize: size.min, maxSize: size.max, desired: size.desired }),
    (each) => (each.launchTemplate = template ?? each.launchTemplate),
    (each) => (each.subnetIds = subnetIds ?? each.subnetIds),
    (each) => (each.healthCheckType = healthCheckType ?? each.healthCheckType),
    (each) => (each.healthCheckGraceSeconds = input.HealthCheckGracePeriod ?? each.healthCheckGraceSeconds),
    (each) => (each.cooldownSeconds = input.DefaultCooldown ?? each.cooldownSeconds),
    (each) => (each.protectNew = input.NewInstancesProtectedFromScaleIn ?? each.protectNew),
  ];
}

/** Whoever changes a group does not have to wait out its failures. */
function apply(scope: Scope, group: AutoScalingGroup, changes: readonly Change[]): void {
  for (const change of changes) change(group);
  Object.assign(group.failures, { count: 0, notBefore: undefined });
  requestPass(scope, group);
}

const update = operation<UpdateAutoScalingGroupType, object>({
  accepts: [
    ...['AutoScalingGroupName', 'MinSize', 'MaxSize', 'DesiredCapacity', 'LaunchTemplate', 'VPCZoneIdentifier'],
    ...['HealthCheckType', 'HealthCheckGracePeriod', 'DefaultCooldown', 'NewInstancesProtectedFromScaleIn'],
  ],
  authorize: ({ AutoScalingGroupName }, call) => onGroup(AutoScalingGroupName, call),
  run(input, { scope }) {
    const group = present(scope, input.AutoScalingGroupName);
    apply(scope, group, changesOf(scope, input, group));
    return {};
  },
});

const setDesired = operation<SetDesiredCapacityType, object>({
  accepts: ['AutoScalingGroupName', 'DesiredCapacity'],
  authorize: ({ AutoScalingGroupName }, call) => onGroup(AutoScalingGroupName, call),
  run({ AutoScalingGroupName, DesiredCapacity = 0 }, { scope }) {
    const group = present(scope, AutoScalingGroupName);
    const { minSize, maxSize } = group;
    const complain = (side: string, bound: number) =>
      validationError(
        `New SetDesiredCapacity value ${String(DesiredCapacity)} is ${side} value ${String(bound)} for the AutoScalingGroup.`,
      );
    if (DesiredCapacity > maxSize) throw complain('above max', maxSize);
    if (DesiredCapacity < minSize) throw complain('below min', minSize);
    apply(scope, group, [(each) => (each.desired = DesiredCapacity)]);
    return {};
  },
});

/** A group that is not being deleted. */
function present(scope: Scope, name: string | undefined): AutoScalingGroup {
  const group = groupNamed(scope, name);
  if (!group.deleting) return group;
  throw validationError(`AutoScalingGroup '${group.name}' is pending delete.`);
}

export const sizeOperations = { SetDesiredCapacity: setDesired, UpdateAutoScalingGroup: update };
