import { ipv6OnlyTargetGroupType } from '../facts/target-group-type';
import { defineRule } from './define-rule';
import { createIpv6TargetGroup } from './fix/target-group';
import { groupsOfService } from './registration/service-groups';
import { counted, listed } from './wording/counted';

/** A target group takes addresses of one family only: an IPv6-only task cannot be registered in an IPv4 one. */
export const serviceTargetGroupNotIpv6 = defineRule({
  meta: {
    id: 'service-target-group-not-ipv6',
    title: 'Service uses a target group whose IP address type is not ipv6',
    kind: 'service',
    severity: 'high',
    remedy: 'suggest',
    source: { url: ipv6OnlyTargetGroupType.url, checked: ipv6OnlyTargetGroupType.checked },
    facts: [ipv6OnlyTargetGroupType],
    reads: [...['ecs:DescribeServices', 'ecs:ListServices'], 'elasticloadbalancing:DescribeTargetGroups'],
    messages: { ipv4: '{{name}} registers its tasks in {{groups}} of IP address type ipv4: {{names}}.' },
  },
  defaults: {},
  check({ resource: service, snapshot, fact }) {
    if (service.status !== 'ACTIVE') return [];
    const wanted = fact(ipv6OnlyTargetGroupType);
    const { found, gap } = groupsOfService(snapshot, service);
    const wrong = found.filter(({ ipAddressType }) => ipAddressType !== wanted);
    if (wrong.length === 0) return gap ? [{ gap }] : [];
    return [
      {
        messageId: 'ipv4',
        values: {
          name: service.name,
          groups: counted(wrong.length, 'target group'),
          names: listed(wrong.map(({ name }) => name)),
        },
        desired: { ipAddressType: wanted },
        actual: { ipAddressTypes: Object.fromEntries(wrong.map(({ arn, ipAddressType }) => [arn, ipAddressType])) },
        related: wrong.map(({ arn }) => arn),
        fix: wrong.map((group) => createIpv6TargetGroup(snapshot, group)),
      },
    ];
  },
});
