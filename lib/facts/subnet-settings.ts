import { defineFact } from './fact';
import { text, truth } from './fact-types';

/** Whether subnets of IPv6-only tasks are to assign IPv6 addresses automatically. */
export const autoAssignmentWanted = defineFact({
  id: 'auto-assignment-wanted',
  title: 'Whether subnets of IPv6-only tasks are to assign IPv6 addresses automatically',
  type: truth,
  value: true,
  doubt: 'AWS names it as a step of the set-up and does not say what ECS does without it.',
  url: 'https://aws.amazon.com/blogs/containers/amazon-ecs-announces-ipv6-only-support',
  checked: '2026-11-21',
  recheck: '2027-05-21',
});

/** The prefix to which DNS64 maps IPv4 addresses, and which a NAT gateway translates. */
export const nat64Prefix = defineFact({
  id: 'nat64-prefix',
  title: 'The prefix to which DNS64 maps IPv4 addresses, and which a NAT gateway translates',
  type: text,
  value: '64:ff9b::/96',
  fixed: 'RFC 6052 fixes it, and so do the checks of security groups and network ACLs',
  url: 'https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-nat64-dns64.html',
  checked: '2026-11-21',
  recheck: '2027-05-21',
});
