import { windowsOverIpv6Only } from '../facts/ecs-support';
import { defineRule } from './define-rule';
import { newestImage } from './fix/host-image';
import { inService } from './host/in-service';

/** No task on a Windows host can be IPv6-only. */
export const instanceOsUnsupported = defineRule({
  meta: {
    id: 'instance-os-unsupported',
    title: 'Container instance runs Windows, which ECS does not support over IPv6 alone',
    kind: 'container-instance',
    severity: 'high',
    remedy: 'suggest',
    source: { url: windowsOverIpv6Only.url, checked: windowsOverIpv6Only.checked },
    facts: [windowsOverIpv6Only],
    reads: ['ecs:ListContainerInstances', 'ecs:DescribeContainerInstances', 'ec2:DescribeInstances'],
    messages: { windows: '{{id}} runs Windows; ECS supports IPv6-only on Linux alone.' },
  },
  defaults: {},
  check({ resource: host, snapshot, fact }) {
    if (!inService(host) || fact(windowsOverIpv6Only)) return [];
    const { ec2InstanceId: id = '' } = host;
    const instance = snapshot.instances.get(id);
    return [
      {
        messageId: 'windows',
        values: { id },
        desired: { operatingSystem: 'linux' },
        actual: { operatingSystem: 'windows' },
        related: instance ? [instance.arn] : [],
        fix: [newestImage(snapshot, undefined)],
      },
    ];
  },
});
