import { targetTypes } from '../facts/target-group-type';
import { groupedBy } from '../snapshot/indexed';
import { defineRule } from './define-rule';
import { createTypedTargetGroup } from './fix/target-group';
import { groupUses, type GroupUse } from './registration/group-uses';
import { counted, listed } from './wording/counted';

/** `api (ip) and web (ip) for bridge tasks, which need instance` */
function inWords(wrong: readonly (GroupUse & { readonly wanted: string })[]): string {
  const byMode = groupedBy(wrong, ({ mode, wanted }) => `${mode} tasks, which need ${wanted}`);
  const texts = [...byMode].map(([need, uses]) => {
    const names = new Set(uses.map(({ group }) => `${group.name} (${group.targetType})`));
    return `${listed([...names])} for ${need}`;
  });
  return texts.join('; ');
}

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
    messages: { type: '{{name}} uses {{groups}} of the wrong type: {{uses}}.' },
  },
  defaults: {},
  check({ resource: service, snapshot, fact }) {
    if (service.status !== 'ACTIVE') return [];
    const uses = groupUses(snapshot, service);
    const wrong = uses.flatMap((use) => {
      if ('call' in use || use.mode === 'none') return [];
      const wanted = fact(targetTypes)[use.mode];
      return use.group.targetType === wanted ? [] : [{ ...use, wanted }];
    });
    if (wrong.length === 0) return uses.flatMap((use) => ('call' in use ? [{ gap: use }] : [])).slice(0, 1);
    const groups = new Map(wrong.map((use) => [use.group.arn, use]));
    return [
      {
        messageId: 'type',
        values: { name: service.name, groups: counted(groups.size, 'target group'), uses: inWords(wrong) },
        desired: { targetTypes: Object.fromEntries([...groups].map(([arn, { wanted }]) => [arn, wanted])) },
        actual: { targetTypes: Object.fromEntries([...groups].map(([arn, { group }]) => [arn, group.targetType])) },
        related: [...groups.keys()],
        fix: [...groups.values()].map(({ group, wanted }) => createTypedTargetGroup(snapshot, group, wanted)),
      },
    ];
  },
});
