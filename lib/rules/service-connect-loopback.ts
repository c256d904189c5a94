import { matchesGlob } from '../evaluate/glob';
import { serviceConnectLoopback as loopback } from '../facts/ecs-support';
import { clusterNameOf } from '../snapshot/usage';
import { defineRule } from './define-rule';
import { showPorts } from './fix/task-definition';

const verified: readonly string[] = [];

/** An app that listens on the IPv4 loopback only is out of the proxy's reach; only those who run it can tell. */
export const serviceConnectLoopback = defineRule({
  meta: {
    id: 'service-connect-loopback',
    title: 'Service Connect reaches the app at the IPv6 loopback',
    kind: 'service',
    severity: 'info',
    remedy: 'suggest',
    source: { url: loopback.url, checked: loopback.checked },
    facts: [loopback],
    reads: ['ecs:DescribeServices', 'ecs:DescribeTaskDefinition', 'ecs:ListServices'],
    messages: {
      unverified: 'The Service Connect proxy of {{service}} forwards to {{address}}: see that the app listens there.',
    },
  },
  defaults: { verified },
  check({ resource: service, snapshot, options, fact }) {
    if (service.status !== 'ACTIVE' || !service.serviceConnect) return [];
    const name = `${clusterNameOf(service.clusterArn)}/${service.name}`;
    if (options.verified.some((pattern) => matchesGlob(pattern, name))) return [];
    const address = fact(loopback);
    return [
      {
        messageId: 'unverified',
        values: { service: name, address },
        desired: { verified: name },
        actual: { proxyForwardsTo: address },
        related: service.taskDefinitionArn === undefined ? [] : [service.taskDefinitionArn],
        fix: service.taskDefinitionArn === undefined ? [] : [showPorts(snapshot, service.taskDefinitionArn)],
      },
    ];
  },
});
