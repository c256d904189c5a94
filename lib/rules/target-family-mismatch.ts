import { ipv6OnlyTargetGroupType } from '../facts/target-group-type';
import { gapFor } from '../snapshot/gap';
import { usersOfTargetGroup } from '../snapshot/usage';
import { defineRule } from './define-rule';
import { deregisterTarget } from './fix/registration';
import { isRemovable, misplaced } from './registration/misplaced-target';
import { nameIn } from './wording/arn-name';
import { listed } from './wording/counted';

/** They get no traffic. */
const idle = new Set(['draining', 'unhealthy.draining', 'unused']);

/** A load balancer refuses addresses that do not fit a group: what does not fit after all is in the wrong group. */
export const targetFamilyMismatch = defineRule({
  meta: {
    id: 'target-family-mismatch',
    title: 'Target has the wrong address family, or is in a group that is not its own',
    kind: 'target',
    severity: 'high',
    remedy: 'auto',
    source: { url: ipv6OnlyTargetGroupType.url, checked: ipv6OnlyTargetGroupType.checked },
    facts: [ipv6OnlyTargetGroupType],
    reads: [
      ...['elasticloadbalancing:DescribeTargetGroups', 'elasticloadbalancing:DescribeTargetHealth', 'ecs:ListTasks'],
      ...['ecs:DescribeTasks', 'ecs:ListServices', 'ecs:DescribeServices', 'ecs:DescribeContainerInstances'],
    ],
    messages: {
      family: '{{target}} in {{group}} is reached over {{family}}; {{services}} is to be reached over IPv6 only.',
      group: '{{target}} in {{group}} of {{services}} is task {{task}} of {{owner}}, which does not use that group.',
    },
  },
  defaults: {},
  check({ resource: target, snapshot, fact, mayTakeOwned }) {
    const { targetGroupArn: arn, key, state } = target;
    const group = snapshot.targetGroups.get(arn);
    const users = usersOfTargetGroup(snapshot, arn);
    if (!group) return [gapFor(snapshot, 'targetGroups', arn)].flatMap((gap) => (gap ? [{ gap }] : []));
    const fault = misplaced(snapshot, target, { group, wanted: fact(ipv6OnlyTargetGroupType) });
    if (!fault || users.length === 0 || idle.has(state)) return [];
    if (fault.kind === 'unknown') return [{ gap: fault.gap }];
    const named = { target: key.slice(key.indexOf('#') + 1), group: group.name, services: listed(users.map(nameIn)) };
    const remove = { actual: { registered: true, state }, fix: [deregisterTarget(snapshot, target)] };
    if (fault.kind === 'group') {
      const { task, owner } = fault;
      const values = { ...named, task: task.id, owner: owner.name };
      const related = [arn, task.arn];
      return [{ ...remove, messageId: 'group', remedy: 'suggest', values, related, desired: { registered: false } }];
    }
    const { task, family } = fault;
    // what a task owns is ECS's: the service's group has to change
    const remedy = isRemovable(snapshot, target, { group, mayTakeOwned }) ? 'auto' : 'suggest';
    const known = { values: { ...named, family }, related: [arn, ...users], desired: { family: 'ipv6' } };
    return [{ ...remove, messageId: 'family', severity: 'medium', remedy, ...known, ...(task && { fix: [] }) }];
  },
});
