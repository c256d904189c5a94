import { flowLogsRecommended } from '../facts/observability';
import { nat64Prefix } from '../facts/subnet-settings';
import { ec2Arn } from '../trigger/ec2-arn';
import { defineRule } from './define-rule';
import { firstGap } from './evidence/first-gap';
import { vpcFlowLog } from './fix/flow-log';
import { reasonsToLog } from './network/reasons-to-log';
import { unloggedSubnets } from './network/unlogged-subnets';
import { counted, listed } from './wording/counted';

/** While traffic changes its ways, flow logs are what shows which way it took. */
export const flowLogsOff = defineRule({
  meta: {
    id: 'flow-logs-off',
    title: 'VPC with NAT64, or in migration, has no flow logs',
    kind: 'vpc',
    severity: 'low',
    remedy: 'suggest',
    sweepOnly: 'No event of ECS or EC2 tells of a change of flow logs.',
    source: { url: flowLogsRecommended.url, checked: flowLogsRecommended.checked },
    facts: [flowLogsRecommended, nat64Prefix],
    reads: ['ec2:DescribeFlowLogs', 'ec2:DescribeRouteTables', 'ec2:DescribeSubnets', 'ec2:DescribeVpcs'],
    messages: { off: '{{id}} {{reasons}}, and no flow log is delivered for {{subnets}} that ECS uses: {{names}}.' },
  },
  defaults: {},
  check({ resource: { id }, snapshot, fact }) {
    const reasons = fact(flowLogsRecommended) ? reasonsToLog(snapshot, id, fact(nat64Prefix)) : [];
    const unlogged = unloggedSubnets(snapshot, id);
    if (reasons.length === 0 || unlogged.length === 0) return [];
    // logs may be on the interfaces of tasks and hosts that were not read
    const gap = firstGap(snapshot, ['flowLogs', 'tasks', 'instances']);
    if (gap) return [{ gap }];
    const names = unlogged.map((subnet) => subnet.id);
    return [
      {
        messageId: 'off',
        values: { id, reasons: listed(reasons), subnets: counted(names.length, 'subnet'), names: listed(names) },
        desired: { flowLogs: true },
        actual: { flowLogs: false, subnets: names },
        related: names.map((name) => ec2Arn(snapshot, 'subnet', name)),
        fix: [vpcFlowLog(snapshot, id)],
      },
    ];
  },
});
