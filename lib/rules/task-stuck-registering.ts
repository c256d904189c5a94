import { modesThatNeedPrimaryIpv6, registrationIsAllOrNothing } from '../facts/primary-ipv6';
import { defineRule } from './define-rule';
import { showService } from './fix/service';
import { isRegistered, obstacleTo } from './registration/obstacle';
import { stuckTask } from './registration/stuck';

const url = 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-lifecycle-explanation.html';
/** ECS keeps a task in ACTIVATING until load balancers and Cloud Map have it. */
export const taskStuckRegistering = defineRule({
  meta: {
    id: 'task-stuck-registering',
    title: 'Task does not get to run, because it is not registered',
    kind: 'task',
    severity: 'high',
    remedy: 'suggest',
    source: { url, checked: '2026-11-22' },
    facts: [modesThatNeedPrimaryIpv6, registrationIsAllOrNothing],
    reads: [
      ...['ecs:DescribeTasks', 'ecs:DescribeServices', 'ecs:DescribeTaskDefinition', 'ec2:DescribeInstances'],
      ...['elasticloadbalancing:DescribeTargetGroups', 'elasticloadbalancing:DescribeTargetHealth'],
      ...['servicediscovery:GetService', 'servicediscovery:ListInstances'],
    ],
    messages: {
      known: 'Task {{id}} of {{service}} has been ACTIVATING since {{since}} and is not registered: {{because}}.',
      unknown:
        'Task {{id}} of {{service}} has been ACTIVATING since {{since}} and is not registered; nothing says why.',
    },
  },
  defaults: { minutes: 10 },
  check({ resource: task, snapshot, options, posture, fact }) {
    const stuck = stuckTask(snapshot, task, options.minutes);
    if (!stuck) return [];
    if ('gap' in stuck) return [stuck];
    const { service, since } = stuck;
    const attempt = { snapshot, task, service, posture, fact };
    if (isRegistered(attempt)) return [];
    const obstacle = obstacleTo(attempt);
    const values = { id: task.id, service: service.name, since: since.toISOString() };
    return [
      {
        messageId: obstacle ? 'known' : 'unknown',
        values: obstacle ? { ...values, because: obstacle.because } : values,
        desired: { registered: true },
        actual: { lastStatus: task.lastStatus, serviceEvent: service.registrationFailure?.message },
        related: [service.arn, ...(obstacle?.related ?? [])],
        fix: [showService(snapshot, service)],
      },
    ];
  },
});
