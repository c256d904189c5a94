import { modesThatNeedPrimaryIpv6 } from '../facts/primary-ipv6';
import { defineRule } from './define-rule';
import { renewTemplate } from './fix/launch-template';
import { lackIn } from './host/launch-lack';
import { launchNeed } from './host/launch-need';
import { listed } from './wording/counted';

/** As long as the template stays as it is, every new host has the fault that was mended on the old ones. */
export const instanceLaunchTemplateWithoutPrimaryIpv6 = defineRule({
  meta: {
    id: 'instance-launch-template-without-primary-ipv6',
    title: 'Auto Scaling group launches container instances without a primary IPv6 address',
    kind: 'launch-template',
    severity: 'critical',
    remedy: 'suggest',
    sweepOnly: 'No event tells of a launch template or of a group, so that they are read by sweeps and people alone.',
    source: { url: modesThatNeedPrimaryIpv6.url, checked: modesThatNeedPrimaryIpv6.checked },
    facts: [modesThatNeedPrimaryIpv6],
    reads: [
      ...['ec2:DescribeInstances', 'autoscaling:DescribeAutoScalingGroups', 'ec2:DescribeLaunchTemplateVersions'],
      ...['ecs:DescribeCapacityProviders', 'ecs:DescribeClusters', 'ec2:DescribeSubnets'],
      ...['ecs:ListContainerInstances', 'ecs:DescribeContainerInstances', 'ecs:ListTasks', 'ecs:DescribeTasks'],
      ...['ecs:ListServices', 'ecs:DescribeServices', 'ecs:DescribeTaskDefinition'],
      'elasticloadbalancing:DescribeTargetGroups',
    ],
    messages: {
      needed: 'New hosts of {{groups}} get no primary IPv6 address, which tasks of {{services}} need: {{what}}.',
      idle: 'New hosts of {{groups}} get no primary IPv6 address: {{what}}. Nothing there needs one now.',
    },
  },
  defaults: {},
  check({ resource: template, snapshot, posture, fact }) {
    const lack = lackIn(snapshot, template);
    if (!lack) return [];
    const need = launchNeed(snapshot, lack, { posture, fact });
    if (need === undefined) return [];
    if ('call' in need) return [{ gap: need }];
    const { severity, services } = need;
    const groups = listed(lack.groups.map(({ name }) => name));
    return [
      {
        messageId: services.length > 0 ? 'needed' : 'idle',
        severity,
        values: { groups, what: lack.what, services: listed(services.map(({ name }) => name)) },
        desired: { primaryIpv6: true },
        actual: { primaryIpv6: false, versions: Object.fromEntries(lack.versions) },
        related: [...lack.groups, ...lack.instances, ...services].map(({ arn }) => arn),
        fix: renewTemplate(snapshot, template, lack),
      },
    ];
  },
});
