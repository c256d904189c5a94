import { gapFor } from '../snapshot/gap';
import type { Target } from '../snapshot/snapshot';
import { usersOfTargetGroup } from '../snapshot/usage';
import { defineRule } from './define-rule';
import { deregisterTarget } from './fix/registration';
import { isSoleRegistrar } from './registration/sole-registrar';
import { severityOf, strayTarget } from './registration/stray-target';
import { nameIn } from './wording/arn-name';
import { listed } from './wording/counted';

const url = 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-load-balancing.html';

const isDraining = ({ state }: Target): boolean => state === 'draining' || state === 'unhealthy.draining';

/** ECS takes its targets out when tasks stop; one that stays gets traffic that nobody, or somebody else, answers. */
export const targetOrphaned = defineRule({
  meta: {
    id: 'target-orphaned',
    title: 'Registered target belongs to no task',
    kind: 'target',
    severity: 'high',
    remedy: 'auto',
    source: { url, checked: '2026-11-21' },
    facts: [],
    reads: [
      ...['elasticloadbalancing:DescribeTargetGroups', 'elasticloadbalancing:DescribeTargetHealth', 'ecs:ListTasks'],
      ...['ecs:DescribeTasks', 'ecs:ListServices', 'ecs:DescribeServices', 'ecs:ListContainerInstances'],
      ...['ecs:DescribeContainerInstances', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeVpcs'],
    ],
    messages: {
      orphaned: '{{target}} in {{group}} is {{state}} and belongs to no task of {{services}}.',
      'port-taken': '{{target}} in {{group}} is {{state}}, but the port belongs to task {{by}}, not to {{services}}.',
      held: '{{target}} in {{group}} is {{state}} and no task of {{services}}: {{by}} holds the address.',
      outside: '{{target}} in {{group}} is {{state}} and no task of {{services}}: it lies outside the VPC.',
      'not-ecs': '{{target}} in {{group}} is {{state}} and no task of {{services}}: ECS does not know {{by}}.',
    },
  },
  defaults: {},
  check({ resource: target, snapshot }) {
    const { targetGroupArn, key, state } = target;
    if (isDraining(target)) return [];
    const group = snapshot.targetGroups.get(targetGroupArn);
    if (!group) return [gapFor(snapshot, 'targetGroups', targetGroupArn)].flatMap((gap) => (gap ? [{ gap }] : []));
    const stray = strayTarget(snapshot, target, group);
    if (!stray) return [];
    if ('gap' in stray) return [stray];
    const users = usersOfTargetGroup(snapshot, targetGroupArn);
    const names = { group: group.name, services: listed(users.map(nameIn)), by: nameIn(stray.by ?? '') };
    return [
      {
        messageId: stray.kind,
        severity: severityOf(stray, target),
        // what may be somebody's is not removed automatically
        remedy: stray.kind === 'orphaned' && isSoleRegistrar(snapshot, targetGroupArn) ? 'auto' : 'suggest',
        values: { target: key.slice(key.indexOf('#') + 1), state, ...names },
        desired: { registered: false },
        actual: { registered: true, state },
        related: [targetGroupArn, ...users],
        fix: [deregisterTarget(snapshot, target)],
      },
    ];
  },
});
