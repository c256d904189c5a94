import { apiSuffixes, fargateFipsLogsDualStack } from '../facts/log-endpoints';
import { defineRule } from './define-rule';
import { revisionName, useOf } from './evidence/revision-use';
import { reregister, withLogEndpoints } from './fix/task-definition';
import { destinationsOf } from './logging/destinations';
import { listed } from './wording/counted';

const allowHosts: readonly string[] = [];

/** Without IPv4, logs that are sent to an IPv4-only host do not arrive, and the container may not even start. */
export const logEndpointIpv4Only = defineRule({
  meta: {
    id: 'log-endpoint-ipv4-only',
    title: 'Logs are sent to a host that has no IPv6 address',
    kind: 'task-definition',
    severity: 'high',
    remedy: 'suggest',
    source: { url: apiSuffixes.url, checked: apiSuffixes.checked },
    facts: [apiSuffixes, fargateFipsLogsDualStack],
    reads: [
      ...['ec2:DescribeSubnets', 'ecs:DescribeServices', 'ecs:DescribeTaskDefinition', 'ecs:DescribeTasks'],
      ...['ecs:ListServices', 'ecs:ListTasks'],
    ],
    messages: { ipv4: '{{revision}} sends logs to {{hosts}}, which has no IPv6 address.' },
  },
  defaults: { allowHosts },
  check({ resource: definition, snapshot, options, fact }) {
    const names = { suffixes: fact(apiSuffixes), fipsLogsDualStack: fact(fargateFipsLogsDualStack) };
    const { hosts, actual, rewritten, doubt } = destinationsOf(definition, names, options.allowHosts);
    if (hosts.length === 0 && !doubt) return [];
    const use = useOf(snapshot, definition);
    if (!use) return [];
    if ('call' in use) return [{ gap: use }];
    if (hosts.length === 0 && doubt) return [{ gap: doubt }];
    // an address has no other name: only its owner knows where else logs could go
    const isMendable = Object.keys(rewritten).length > 0;
    const edits = withLogEndpoints(rewritten);
    return [
      {
        messageId: 'ipv4',
        values: { revision: revisionName(definition), hosts: listed(hosts) },
        desired: { endpoints: rewritten },
        actual: { endpoints: actual },
        related: use.users,
        fix: isMendable ? reregister(snapshot, definition, { edits, services: use.services }) : [],
      },
    ];
  },
});
