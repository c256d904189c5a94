import { ipv6OnlyHypervisors } from '../facts/ipv6-hypervisors';
import { defineRule } from './define-rule';
import { listFittingTypes } from './fix/instance-type';
import { knownAs } from './host/known-as';
import { typeVerdict } from './host/type-verdict';

/** What the hardware cannot do, no setting mends. */
export const instanceTypeWithoutIpv6 = defineRule({
  meta: {
    id: 'instance-type-without-ipv6',
    title: 'Container instance is of a type that cannot do what IPv6 needs',
    kind: 'instance',
    severity: 'high',
    remedy: 'suggest',
    source: { url: ipv6OnlyHypervisors.url, checked: ipv6OnlyHypervisors.checked },
    facts: [ipv6OnlyHypervisors],
    reads: [
      'ecs:ListContainerInstances',
      'ecs:DescribeContainerInstances',
      'ec2:DescribeInstances',
      'ec2:DescribeInstanceTypes',
    ],
    messages: {
      ipv6: '{{id}} is of type {{type}}, which has no IPv6 at all.',
      hypervisor: '{{id}} is of type {{type}}, which is not built on Nitro: no IPv6-only subnet takes it.',
    },
  },
  defaults: {},
  check({ resource: instance, snapshot, posture, fact }) {
    const hosts = knownAs(snapshot, instance);
    if (hosts.length === 0) return [];
    const hypervisors = posture === 'ipv6-only' ? fact(ipv6OnlyHypervisors) : undefined;
    const verdict = typeVerdict(snapshot, instance, hypervisors);
    if (verdict === 'fit') return [];
    if ('call' in verdict) return [{ gap: verdict }];
    const { lacks, type } = verdict;
    return [
      {
        messageId: lacks,
        values: { id: instance.id, type: type.name },
        desired: { ipv6Supported: true, ...(hypervisors && { hypervisors }) },
        actual: { instanceType: type.name, ipv6Supported: type.ipv6Supported, hypervisor: type.hypervisor },
        related: hosts,
        fix: [listFittingTypes(snapshot, type)],
      },
    ];
  },
});
