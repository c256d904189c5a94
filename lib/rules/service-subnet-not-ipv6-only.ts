import type { Service, Snapshot, Subnet } from '../snapshot/snapshot';
import { gapFor } from '../snapshot/gap';
import { ec2Arn } from '../trigger/ec2-arn';
import { defineRule } from './define-rule';
import { awsCommand } from './fix/shell';
import type { Unknown } from './rule';
import { listed } from './wording/counted';

const url = 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html';

const isIpv6Only = ({ ipv6Native, ipv6Cidrs }: Subnet): boolean => ipv6Native && ipv6Cidrs.length > 0;

function unread(snapshot: Snapshot, { subnetIds }: Service): readonly Unknown[] {
  const gap = subnetIds
    .filter((id) => !snapshot.subnets.has(id))
    .map((id) => gapFor(snapshot, 'subnets', id))
    .find((found) => found !== undefined);
  return gap ? [{ gap }] : [];
}

/** The IPv6-only subnets of the same VPC: candidates to move to, or nothing if there are none yet. */
function showCandidates({ region }: Snapshot, vpcId: string): string {
  const filters = ['--filters', `Name=vpc-id,Values=${vpcId}`, 'Name=ipv6-native,Values=true'];
  return awsCommand(region, 'ec2', 'describe-subnets', ...filters);
}

/** Tasks get IPv4 addresses wherever their subnet has some. */
export const serviceSubnetNotIpv6Only = defineRule({
  meta: {
    id: 'service-subnet-not-ipv6-only',
    title: 'Service places tasks in a subnet that is not IPv6-only',
    kind: 'service',
    severity: 'high',
    remedy: 'suggest',
    source: { url, checked: '2026-11-21' },
    facts: [],
    reads: ['ec2:DescribeSubnets', 'ecs:DescribeServices', 'ecs:ListServices'],
    messages: { ipv4: '{{name}} places its tasks in {{subnets}}, where they get IPv4 addresses.' },
  },
  defaults: {},
  check({ resource: service, snapshot }) {
    if (service.status !== 'ACTIVE') return [];
    const subnets = service.subnetIds.flatMap((id) => snapshot.subnets.get(id) ?? []);
    const wrong = subnets.filter((subnet) => !isIpv6Only(subnet));
    if (wrong.length === 0) return unread(snapshot, service);
    return [
      {
        messageId: 'ipv4',
        values: { name: service.name, subnets: listed(wrong.map(({ id }) => id)) },
        desired: { ipv6Native: true },
        actual: { ipv6Native: Object.fromEntries(wrong.map(({ id, ipv6Native }) => [id, ipv6Native])) },
        related: wrong.map(({ id }) => ec2Arn(snapshot, 'subnet', id)),
        fix: [...new Set(wrong.map(({ vpcId }) => showCandidates(snapshot, vpcId)))],
      },
    ];
  },
});
