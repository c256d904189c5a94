import { targetTypes } from '../facts/target-group-type';
import { defineRule } from './define-rule';
import { createTypedTargetGroup } from './fix/target-group';
import { networkModeOfService } from './registration/network-mode';
import { groupsOfService } from './registration/service-groups';
import { counted, listed } from './wording/counted';

/** ECS registers awsvpc tasks by their address and others by their instance: a group takes only one of the two. */
export const serviceTargetTypeMismatch = defineRule({
  meta: {
    id: 'service-target-type-mismatch',
    title: 'Service uses a target group whose target type does not fit its network mode',
    kind: 'service',
    severity: 'high',
    remedy: 'suggest',
    source: { url: targetTypes.url, checked: targetTypes.checked },
    facts: [targetTypes],
    reads: [
      ...['ecs:DescribeServices', 'ecs:DescribeTaskDefinition', 'ecs:ListServices'],
      'elasticloadbalancing:DescribeTargetGroups',
    ],
    messages: { type: '{{name}} runs in {{mode}} mode, which takes type {{wanted}}; it uses {{groups}}: {{names}}.' },
  },
  defaults: {},
  check({ resource: service, snapshot, fact }) {
    const { found, gap } = groupsOfService(snapshot, service);
    if (service.status !== 'ACTIVE' || (found.length === 0 && !gap)) return [];
    const mode = networkModeOfService(snapshot, service);
    if (typeof mode === 'object') return [{ gap: mode }];
    if (mode === undefined || mode === 'none') return [];
    const wanted = fact(targetTypes)[mode];
    const wrong = found.filter(({ targetType }) => targetType !== wanted);
    if (wrong.length === 0) return gap ? [{ gap }] : [];
    return [
      {
        messageId: 'type',
        values: {
          ...{ name: service.name, mode, wanted },
          groups: counted(wrong.length, 'target group'),
          names: listed(wrong.map(({ name, targetType }) => `${name} (${targetType})`)),
        },
        desired: { targetType: wanted },
        actual: { targetTypes: Object.fromEntries(wrong.map(({ arn, targetType }) => [arn, targetType])) },
        related: wrong.map(({ arn }) => arn),
        fix: wrong.map((group) => createTypedTargetGroup(snapshot, group, wanted)),
      },
    ];
  },
});
