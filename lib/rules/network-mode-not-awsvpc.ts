import { recommendedNetworkMode } from '../facts/ecs-support';
import { defineRule } from './define-rule';
import { revisionName, useOf } from './evidence/revision-use';
import { inNetworkMode, reregister } from './fix/task-definition';

const byHost = 'load balancers and Cloud Map reach them by the primary IPv6 address of their host';

/** Advice: in awsvpc mode a task has an IPv6 address of its own, and its host needs none. */
export const networkModeNotAwsvpc = defineRule({
  meta: {
    id: 'network-mode-not-awsvpc',
    title: 'Task definition does not use network mode awsvpc',
    kind: 'task-definition',
    severity: 'low',
    remedy: 'suggest',
    source: { url: recommendedNetworkMode.url, checked: recommendedNetworkMode.checked },
    facts: [recommendedNetworkMode],
    reads: [
      ...['ec2:DescribeSubnets', 'ecs:DescribeServices', 'ecs:DescribeTaskDefinition', 'ecs:DescribeTasks'],
      ...['ecs:ListServices', 'ecs:ListTasks'],
    ],
    messages: {
      bridge: `{{revision}} uses network mode bridge: its tasks have no address of their own, ${byHost}, at host ports.`,
      default: `{{revision}} states no network mode, so it is bridge: its tasks have no address of their own, ${byHost}, at host ports.`,
      host: `{{revision}} uses network mode host: its tasks share addresses and ports with their host; ${byHost}.`,
      none: '{{revision}} uses network mode none: its tasks have no network, neither over IPv6 nor over IPv4.',
    },
  },
  defaults: {},
  check({ resource: definition, snapshot, fact }) {
    const { networkMode } = definition;
    const recommended = fact(recommendedNetworkMode);
    const use = useOf(snapshot, definition);
    // on Linux, none stated is bridge
    if (networkMode === 'awsvpc' || (networkMode === 'default' ? 'bridge' : networkMode) === recommended) return [];
    if (!use) return [];
    if ('call' in use) return [{ gap: use }];
    return [
      {
        messageId: networkMode,
        severity: networkMode === 'none' ? 'info' : 'low',
        values: { revision: revisionName(definition) },
        desired: { networkMode: recommended },
        actual: { networkMode },
        related: use.users,
        fix: reregister(snapshot, definition, { edits: inNetworkMode(recommended), services: [] }),
      },
    ];
  },
});
