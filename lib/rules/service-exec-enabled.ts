import { execOverIpv6Only } from '../facts/ecs-support';
import { defineRule } from './define-rule';
import { updateService } from './fix/service';

/** Whoever counts on a shell in the container learns in an outage that there is none. */
export const serviceExecEnabled = defineRule({
  meta: {
    id: 'service-exec-enabled',
    title: 'Service starts tasks with ECS Exec, which does not work over IPv6 alone',
    kind: 'service',
    severity: 'low',
    remedy: 'suggest',
    remedyOnRequest: 'auto',
    source: { url: execOverIpv6Only.url, checked: execOverIpv6Only.checked },
    facts: [execOverIpv6Only],
    reads: ['ec2:DescribeSubnets', 'ecs:DescribeServices', 'ecs:ListServices'],
    messages: { enabled: '{{name}} starts its tasks with ECS Exec, which does not work over IPv6 alone.' },
  },
  defaults: {},
  check({ resource: service, snapshot, fact }) {
    if (fact(execOverIpv6Only) || !service.execEnabled || service.status !== 'ACTIVE') return [];
    return [
      {
        messageId: 'enabled',
        values: { name: service.name },
        desired: { enableExecuteCommand: false },
        actual: { enableExecuteCommand: true },
        fix: [updateService(snapshot, service, '--disable-execute-command')],
      },
    ];
  },
});
