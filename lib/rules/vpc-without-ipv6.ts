import { ec2Arn } from '../trigger/ec2-arn';
import { defineRule } from './define-rule';
import { awsCommand } from './fix/shell';
import { subnetsInUse } from './network/subnets-in-use';
import { counted } from './wording/counted';

const url = 'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-migrate-ipv6-add.html';

/** Every subnet takes its IPv6 block from one of its VPC. */
export const vpcWithoutIpv6 = defineRule({
  meta: {
    id: 'vpc-without-ipv6',
    title: 'VPC has no IPv6 block',
    kind: 'vpc',
    severity: 'high',
    remedy: 'suggest',
    sweepOnly: 'No event of ECS or EC2 tells of a change of a VPC.',
    source: { url, checked: '2026-11-21' },
    facts: [],
    reads: ['ec2:DescribeSubnets', 'ec2:DescribeVpcs'],
    messages: { none: '{{id}} has no IPv6 block, so none of its subnets can have one; ECS uses {{subnets}} of it.' },
  },
  defaults: {},
  check({ resource: { id, ipv4Cidrs, ipv6Cidrs }, snapshot }) {
    if (ipv6Cidrs.length > 0) return [];
    const subnets = subnetsInUse(snapshot, id);
    const associate = ['--vpc-id', id, '--amazon-provided-ipv6-cidr-block'];
    return [
      {
        messageId: 'none',
        values: { id, subnets: counted(subnets.length, 'subnet') },
        desired: { ipv6Cidr: true },
        actual: { ipv4Cidrs, ipv6Cidrs },
        related: subnets.map((subnet) => ec2Arn(snapshot, 'subnet', subnet.id)),
        fix: [awsCommand(snapshot.region, 'ec2', 'associate-vpc-cidr-block', ...associate)],
      },
    ];
  },
});
