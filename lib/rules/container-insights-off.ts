import { containerInsightsOn } from '../facts/observability';
import { migrationOf } from './cluster/migration';
import { defineRule } from './define-rule';
import { awsCommand } from './fix/shell';

const url = 'https://aws.amazon.com/blogs/containers/amazon-ecs-announces-ipv6-only-support';

/** AWS asks for Container Insights while a workload moves: without it nobody sees what the move does to it. */
export const containerInsightsOff = defineRule({
  meta: {
    id: 'container-insights-off',
    title: 'Container Insights is off while the workload of the cluster moves to IPv6',
    kind: 'cluster',
    severity: 'low',
    remedy: 'suggest',
    sweepOnly: 'A cluster is judged when all of it is read, which no event asks for.',
    source: { url, checked: containerInsightsOn.checked },
    facts: [containerInsightsOn],
    reads: [
      ...['ecs:ListClusters', 'ecs:DescribeClusters', 'ecs:ListServices', 'ecs:DescribeServices', 'ecs:ListTasks'],
      ...['ecs:DescribeTasks', 'ecs:ListContainerInstances', 'ecs:DescribeContainerInstances', 'ec2:DescribeInstances'],
      'ec2:DescribeSubnets',
    ],
    messages: { off: 'Container Insights is {{value}} in {{cluster}}, whose workload is on the move: {{mixture}}.' },
  },
  defaults: {},
  check({ resource: cluster, snapshot, posture, fact }) {
    const { arn, name, containerInsights: value } = cluster;
    const on = fact(containerInsightsOn);
    if (value !== undefined && on.includes(value)) return [];
    const migration = migrationOf(snapshot, cluster, posture);
    if (!migration) return [];
    if ('call' in migration) return [{ gap: migration }];
    if (value === undefined) {
      return [
        { gap: { call: 'ecs:DescribeClusters', reason: 'not stated', message: `ECS shows no settings of ${arn}` } },
      ];
    }
    const update = ['update-cluster-settings', '--cluster', name, '--settings'];
    const fix = on
      .slice(-1)
      .map((best) => awsCommand(snapshot.region, 'ecs', ...update, `name=containerInsights,value=${best}`));
    return [
      {
        messageId: 'off',
        values: { value, cluster: name, mixture: migration.words },
        desired: { containerInsights: on.at(-1) },
        actual: { containerInsights: value, postures: migration.postures },
        fix,
      },
    ];
  },
});
