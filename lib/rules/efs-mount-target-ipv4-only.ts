import { usersOfFileSystem } from '../evaluate/users';
import { defineRule } from './define-rule';
import { mountOverIpv6 } from './fix/mount-target';
import { mountTargetsFor, unreachedPlaces } from './storage/mount-reach';
import { listed } from './wording/counted';

const url = 'https://docs.aws.amazon.com/efs/latest/ug/manage-fs-access-create-delete-mount-targets.html';

/** A task without IPv4 does not start if its volume can be mounted over IPv4 alone. */
export const efsMountTargetIpv4Only = defineRule({
  meta: {
    id: 'efs-mount-target-ipv4-only',
    title: 'EFS file system has no IPv6 mount target within reach of its tasks',
    kind: 'file-system',
    severity: 'high',
    remedy: 'suggest',
    sweepOnly: 'Mount targets are read one file system at a time, and nothing tells when they change.',
    source: { url, checked: '2026-11-22' },
    facts: [],
    reads: [
      ...[
        'elasticfilesystem:DescribeMountTargets',
        'ec2:DescribeInstances',
        'ec2:DescribeSubnets',
        'ecs:DescribeContainerInstances',
      ],
      ...['ecs:DescribeServices', 'ecs:DescribeTaskDefinition', 'ecs:DescribeTasks'],
    ],
    messages: {
      ipv4: '{{id}} is mounted by {{users}} in {{zones}}, where its mount targets have no IPv6 address: {{targets}}.',
      none: '{{id}} is mounted by {{users}} in {{zones}}, and has no mount target in that VPC.',
    },
  },
  defaults: {},
  check({ resource: fileSystem, snapshot }) {
    const users = usersOfFileSystem(snapshot, fileSystem.id);
    const cut = unreachedPlaces(snapshot, fileSystem, users);
    if ('gap' in cut) return [cut];
    if (cut.length === 0) return [];
    const targets = [...new Set(cut.flatMap((subnet) => mountTargetsFor(fileSystem, subnet)))];
    const zones = [...new Set(cut.map(({ availabilityZone, id }) => availabilityZone ?? id))].sort();
    return [
      {
        messageId: targets.length > 0 ? 'ipv4' : 'none',
        values: {
          id: fileSystem.id,
          users: listed([...users.services.map(({ name }) => name), ...users.tasks.map(({ id }) => `task ${id}`)]),
          zones: listed(zones),
          targets: listed(targets.map(({ id }) => id)),
        },
        desired: { ipv6MountTargetsIn: zones },
        actual: { mountTargets: Object.fromEntries(targets.map(({ id, ipv4Address }) => [id, ipv4Address])) },
        related: [...users.services, ...users.tasks].map(({ arn }) => arn),
        fix: mountOverIpv6(snapshot, fileSystem, cut),
      },
    ];
  },
});
