import { latticeTargetGroupType } from '../facts/target-group-type';
import { gapFor, type Cause } from '../snapshot/gap';
import type { Service, Snapshot } from '../snapshot/snapshot';
import { defineRule } from './define-rule';
import { createIpv6LatticeGroup } from './fix/lattice';
import { counted, listed } from './wording/counted';

const call = 'vpc-lattice:GetTargetGroup';

/** Why nothing can be said of a group: not read, or of an unknown type. One that does not exist says enough. */
function doubt(snapshot: Snapshot, service: Service): Cause | undefined {
  const causes = service.latticeTargetGroupArns.map((arn): Cause | undefined => {
    const group = snapshot.latticeTargetGroups.get(arn);
    if (group?.type === 'IP' && group.ipAddressType === undefined)
      return { call, reason: 'unknown IP address type', message: `${group.name} has a type that is not known here` };
    if (group || snapshot.gone.has(arn)) return undefined;
    const unread = { call, reason: 'not read', message: `only sweeps and people read ${arn}` };
    return gapFor(snapshot, 'latticeTargetGroups', arn) ?? unread;
  });
  return causes.find((cause) => cause !== undefined);
}

/** As in a load balancer's, in a target group of VPC Lattice all addresses are of one family. */
export const serviceLatticeTargetGroupNotIpv6 = defineRule({
  meta: {
    id: 'service-lattice-target-group-not-ipv6',
    title: 'Service uses a VPC Lattice target group whose IP address type is not IPV6',
    kind: 'service',
    severity: 'high',
    remedy: 'suggest',
    sweepOnly: 'VPC Lattice answers for one target group at a time, and functions that handle events do without it.',
    source: { url: latticeTargetGroupType.url, checked: latticeTargetGroupType.checked },
    facts: [latticeTargetGroupType],
    reads: ['ecs:DescribeServices', 'ecs:ListServices', call],
    messages: { ipv4: '{{name}} registers its tasks in {{groups}} of IP address type IPV4: {{names}}.' },
  },
  defaults: {},
  check({ resource: service, snapshot, fact }) {
    if (service.status !== 'ACTIVE') return [];
    const wanted = fact(latticeTargetGroupType);
    const groups = service.latticeTargetGroupArns.flatMap((arn) => snapshot.latticeTargetGroups.get(arn) ?? []);
    const wrong = groups.filter(({ ipAddressType }) => ipAddressType !== undefined && ipAddressType !== wanted);
    const gap = doubt(snapshot, service);
    if (wrong.length === 0) return gap ? [{ gap }] : [];
    return [
      {
        messageId: 'ipv4',
        values: {
          name: service.name,
          groups: counted(wrong.length, 'VPC Lattice target group'),
          names: listed(wrong.map(({ name }) => name)),
        },
        desired: { ipAddressType: wanted },
        actual: { ipAddressTypes: Object.fromEntries(wrong.map(({ arn, ipAddressType }) => [arn, ipAddressType])) },
        related: wrong.map(({ arn }) => arn),
        fix: wrong.map((group) => createIpv6LatticeGroup(snapshot, group)),
      },
    ];
  },
});
