import { modesThatNeedPrimaryIpv6, registrationIsAllOrNothing } from '../facts/primary-ipv6';
import { defineRule } from './define-rule';
import { unblock } from './fix/blocked-registration';
import { blockedRegistration, whyRefused } from './registration/blocked-registration';
import { counted, listed } from './wording/counted';

/** A call that registers several targets fails as a whole because of one: the finding names that one. */
export const targetBlocksRegistration = defineRule({
  meta: {
    id: 'target-blocks-registration',
    title: 'Instance fails every registration of targets that names it',
    kind: 'instance',
    severity: 'high',
    remedy: 'suggest',
    sweepOnly: 'The other tasks of its services are on other hosts, and an event about one host does not read them.',
    source: { url: registrationIsAllOrNothing.url, checked: registrationIsAllOrNothing.checked },
    facts: [registrationIsAllOrNothing, modesThatNeedPrimaryIpv6],
    reads: [
      ...['ec2:DescribeInstances', 'ecs:ListContainerInstances', 'ecs:DescribeContainerInstances', 'ecs:ListTasks'],
      ...['ecs:DescribeTasks', 'ecs:ListServices', 'ecs:DescribeServices', 'ecs:DescribeTaskDefinition'],
      'elasticloadbalancing:DescribeTargetGroups',
    ],
    messages: {
      refused:
        '{{id}} cannot be a target of {{services}}: {{why}}. A call that registers it with others is refused as a whole, at the cost of {{others}} elsewhere.',
    },
  },
  defaults: {},
  check({ resource: instance, snapshot, fact }) {
    const blocked = blockedRegistration(snapshot, instance, fact(modesThatNeedPrimaryIpv6));
    if (!blocked || !fact(registrationIsAllOrNothing)) return [];
    if ('call' in blocked) return [{ gap: blocked }];
    const { refused, services, others } = blocked;
    const names = listed(services.map(({ name }) => name));
    return [
      {
        messageId: 'refused',
        values: {
          ...{ id: instance.id, services: names, why: whyRefused(blocked, instance) },
          others: counted(others.length, 'task'),
        },
        desired: { registrable: true },
        actual: {
          registrable: false,
          refusedBy: Object.fromEntries(refused.map(({ group, why }) => [group.arn, why])),
        },
        related: [...refused.map(({ group }) => group.arn), ...services.map(({ arn }) => arn)],
        fix: unblock(snapshot, instance, blocked),
      },
    ];
  },
});
