import { addressAttributes } from '../facts/cloudmap-records';
import { defineRule } from './define-rule';
import { deregisterCloudMapInstance } from './fix/registration';
import { cloudMapRegistration } from './registration/cloudmap-registration';

/** Clients that ask for an IPv6-only service get an IPv4 address, and go on using it. */
export const cloudmapInstanceWithIpv4 = defineRule({
  meta: {
    id: 'cloudmap-instance-with-ipv4',
    title: 'Cloud Map instance of an IPv6-only service has an IPv4 address',
    kind: 'cloudmap-instance',
    severity: 'medium',
    remedy: 'auto',
    source: { url: addressAttributes.url, checked: addressAttributes.checked },
    facts: [addressAttributes],
    reads: [
      ...['servicediscovery:GetService', 'servicediscovery:ListInstances', 'ecs:ListServices', 'ecs:DescribeServices'],
      ...['ecs:ListTasks', 'ecs:DescribeTasks', 'ecs:DescribeContainerInstances', 'ec2:DescribeInstances'],
    ],
    messages: {
      owned: '{{id}} in Cloud Map service {{registry}} has the IPv4 address {{ipv4}} of task {{task}} of {{service}}.',
      other: '{{id}} in Cloud Map service {{registry}} has the IPv4 address {{ipv4}} and is no known task of ECS.',
    },
  },
  defaults: {},
  check({ resource: instance, snapshot, mayTakeOwned }) {
    const { instanceId: id, ipv4, ipv6 } = instance;
    if (ipv4 === undefined) return [];
    const { cause, task, related, isRemovable, isOfEcs, names } = cloudMapRegistration(snapshot, instance);
    if (cause) return [{ gap: cause }];
    return [
      {
        messageId: task ? 'owned' : 'other',
        // what a task owns is ECS's; what ECS did not register, or registered elsewhere, is for people to judge
        remedy: isRemovable || (mayTakeOwned && isOfEcs) ? 'auto' : 'suggest',
        values: { id, ipv4, ...names },
        desired: { ipv4: 'absent' },
        actual: { ipv4, ipv6 },
        related,
        fix: task ? [] : [deregisterCloudMapInstance(snapshot, instance)],
      },
    ];
  },
});
