import { autoAssignmentWanted } from '../facts/subnet-settings';
import { ec2Arn } from '../trigger/ec2-arn';
import { defineRule } from './define-rule';
import { awsCommand } from './fix/shell';

/**
 * AWS asks for the setting; AWS Config's managed rule `subnet-auto-assign-public-ip-disabled` reports what assigns public
 * IPv4 addresses, a setting of its own. https://docs.aws.amazon.com/config/latest/developerguide/subnet-auto-assign-public-ip-disabled.html
 */
export const subnetNotAutoAssigningIpv6 = defineRule({
  meta: {
    id: 'subnet-not-auto-assigning-ipv6',
    title: 'Subnet does not assign IPv6 addresses by itself',
    kind: 'subnet',
    severity: 'medium',
    remedy: 'suggest',
    sweepOnly: 'No event of ECS or EC2 tells of a change of a subnet.',
    source: { url: autoAssignmentWanted.url, checked: autoAssignmentWanted.checked },
    facts: [autoAssignmentWanted],
    reads: ['ec2:DescribeSubnets'],
    messages: { off: '{{id}} does not assign an IPv6 address to what starts in it.' },
  },
  defaults: {},
  check({ resource: { id, vpcId, assignsIpv6, ipv6Cidrs }, snapshot, fact }) {
    if (assignsIpv6 || ipv6Cidrs.length === 0 || !fact(autoAssignmentWanted)) return [];
    const assign = ['--subnet-id', id, '--assign-ipv6-address-on-creation'];
    return [
      {
        messageId: 'off',
        values: { id },
        desired: { assignsIpv6: true },
        actual: { assignsIpv6 },
        related: [ec2Arn(snapshot, 'vpc', vpcId)],
        fix: [awsCommand(snapshot.region, 'ec2', 'modify-subnet-attribute', ...assign)],
      },
    ];
  },
});
