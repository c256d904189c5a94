import type { Fact } from './fact';

/** The IP address type that every target group of an IPv6-only service must have. */
export const ipv6OnlyTargetGroupType: Fact<'ipv6'> = {
  value: 'ipv6',
  url: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking.html',
  checked: '2026-11-21',
  recheck: '2027-05-21',
};
