import { ownerOfCloudMapInstance } from '../snapshot/ownership';
import { serviceOfRegistration } from '../snapshot/usage';
import { defineRule } from './define-rule';
import { deregisterCloudMapInstance } from './fix/registration';
import { nameIn } from './wording/arn-name';

const url = 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-discovery.html';

/** ECS takes its Cloud Map instances out when tasks stop; one that stays is an address that clients get and nobody answers. */
export const cloudmapInstanceOrphaned = defineRule({
  meta: {
    id: 'cloudmap-instance-orphaned',
    title: 'Cloud Map instance of an ECS service belongs to no task',
    kind: 'cloudmap-instance',
    severity: 'high',
    remedy: 'auto',
    source: { url, checked: '2026-11-21' },
    facts: [],
    reads: [
      ...['servicediscovery:GetService', 'servicediscovery:ListInstances', 'ecs:ListServices', 'ecs:DescribeServices'],
      ...['ecs:ListTasks', 'ecs:DescribeTasks', 'ecs:DescribeContainerInstances', 'ec2:DescribeInstances'],
    ],
    messages: { orphaned: '{{id}} ({{address}}) in Cloud Map service {{registry}} belongs to no task of {{service}}.' },
  },
  defaults: {},
  check({ resource: instance, snapshot }) {
    const owner = ownerOfCloudMapInstance(snapshot, instance);
    if (owner.kind === 'unknown') return [{ gap: owner.cause }];
    const service = serviceOfRegistration(snapshot, instance);
    if (owner.kind !== 'orphan' || !service) return [];
    const { instanceId: id, serviceArn, ipv4, ipv6 } = instance;
    const registry = snapshot.cloudMapServices.get(serviceArn)?.name ?? nameIn(serviceArn);
    const isRegistry = service.registries.some(({ registryArn }) => registryArn === serviceArn);
    return [
      {
        messageId: 'orphaned',
        // the service does not name this registry (any more): a task set's, or left behind by a change; people decide
        remedy: isRegistry ? 'auto' : 'suggest',
        values: { id, address: ipv6 ?? ipv4 ?? 'no address', registry, service: service.name },
        desired: { registered: false },
        actual: { registered: true, ipv4, ipv6 },
        related: [serviceArn, service.arn],
        fix: [deregisterCloudMapInstance(snapshot, instance)],
      },
    ];
  },
});
