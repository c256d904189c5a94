import type { NetworkAcl } from '../snapshot/network-resources';
import type { Cause } from '../snapshot/gap';
import { ec2Arn } from '../trigger/ec2-arn';
import { defineRule } from './define-rule';
import { createEntry, missingEntries } from './fix/network-acl';
import { admitted, type Crossing } from './network/acl';
import { crossingsOf, describeCrossing } from './network/crossings';
import { listed } from './wording/counted';

const url = 'https://docs.aws.amazon.com/vpc/latest/userguide/default-network-acl.html';
const call = 'ec2:DescribeNetworkAcls';
/** Faults named in a message; the rest is a number. */
const SHOWN = 4;

function partly({ id }: NetworkAcl, crossing: Crossing): Cause {
  const message = `${id} lets ${describeCrossing(crossing)} through for some addresses only; whether they are the ones needed is not known`;
  return { call, reason: 'allowed in part', message };
}

/** What no entry for IPv6 allows is denied, also where everything is allowed for IPv4. */
export const networkAclBlocksIpv6 = defineRule({
  meta: {
    id: 'network-acl-blocks-ipv6',
    title: 'Network ACL denies IPv6 or ICMPv6 that tasks need',
    kind: 'network-acl',
    severity: 'high',
    remedy: 'suggest',
    sweepOnly: 'No event of ECS or EC2 tells of a change of a network ACL.',
    source: { url, checked: '2026-11-21' },
    facts: [],
    reads: [
      ...[call, 'ec2:DescribeSubnets', 'ecs:DescribeServices', 'ecs:DescribeTaskDefinition'],
      ...['elasticloadbalancing:DescribeLoadBalancers', 'elasticloadbalancing:DescribeTargetGroups'],
    ],
    messages: { denied: '{{id}} denies {{crossings}}.' },
  },
  defaults: {},
  check({ resource: acl, snapshot }) {
    const crossings = crossingsOf(snapshot, acl);
    const denied = crossings.filter((crossing) => !crossing.doubt && admitted(acl, crossing) === 'none');
    if (denied.length === 0) {
      const doubtful = crossings.find((crossing) => admitted(acl, crossing) !== 'whole');
      return doubtful ? [{ gap: doubtful.doubt ?? partly(acl, doubtful) }] : [];
    }
    const entries = missingEntries(acl, denied);
    return [
      {
        messageId: 'denied',
        severity: denied.some(({ protocol }) => protocol === 'tcp') ? 'high' : 'medium',
        values: { id: acl.id, crossings: listed(denied.map(describeCrossing), SHOWN) },
        desired: { entries },
        actual: { denied: denied.map(describeCrossing) },
        related: acl.subnetIds.filter((id) => snapshot.subnets.has(id)).map((id) => ec2Arn(snapshot, 'subnet', id)),
        fix: entries.map((entry) => createEntry(snapshot, acl, entry)),
      },
    ];
  },
});
