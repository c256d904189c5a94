import { apiSuffixes, fargateFipsLogsDualStack } from '../facts/log-endpoints';
import { defineRule } from './define-rule';
import { revisionName, useOf } from './evidence/revision-use';
import { reregister, withLogEndpoints } from './fix/task-definition';
import { destinationsOf } from './logging/destinations';
import { fipsLogsOf } from './logging/fips-mode';
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
      ...['ecs:ListAccountSettings', 'ecs:ListServices', 'ecs:ListTasks'],
    ],
    messages: {
      ipv4: '{{revision}} sends logs to {{hosts}}, which has no IPv6 address.',
      fips: '{{revision}} sends logs of {{containers}} in FIPS mode of Fargate, for which CloudWatch Logs has no endpoint with an IPv6 address.',
    },
  },
  defaults: { allowHosts },
  check({ resource: definition, snapshot, options, fact }) {
    const names = { suffixes: fact(apiSuffixes), fipsLogsDualStack: fact(fargateFipsLogsDualStack) };
    const { hosts, actual, rewritten, doubt } = destinationsOf(definition, names, options.allowHosts);
    const { containers, doubt: doubtOfMode } = fipsLogsOf(snapshot, definition, names.fipsLogsDualStack);
    const doubts = [doubt, doubtOfMode].filter((one) => one !== undefined);
    if (hosts.length + containers.length + doubts.length === 0) return [];
    const use = useOf(snapshot, definition);
    if (!use) return [];
    if ('call' in use) return [{ gap: use }];
    const [revision, related] = [revisionName(definition), use.users];
    if (hosts.length > 0) {
      // an address has no other name: only its owner knows where else logs could go
      const isMendable = Object.keys(rewritten).length > 0;
      const [values, edits] = [{ revision, hosts: listed(hosts) }, withLogEndpoints(rewritten)];
      const fix = isMendable ? reregister(snapshot, definition, { edits, services: use.services }) : [];
      const [desired, now] = [{ endpoints: rewritten }, { endpoints: actual }];
      return [{ messageId: 'ipv4', values, desired, actual: now, related, fix }];
    }
    if (containers.length === 0) return doubts.slice(0, 1).map((gap) => ({ gap }));
    const values = { revision, containers: listed(containers) };
    const now = { fipsLogs: containers, fargateFIPSMode: 'enabled' };
    // to leave FIPS mode, or to send logs past it, is for whoever has to comply with it to decide
    return [{ messageId: 'fips', values, desired: { fipsLogs: [] }, actual: now, related, fix: [] }];
  },
});
