import * as v from 'valibot';
import { defineFact } from './fact';
import { oneOf } from './fact-types';

const targetType = oneOf(['ip', 'instance']);

/** The IP address type that every target group of an IPv6-only service must have. */
export const ipv6OnlyTargetGroupType = defineFact({
  id: 'ipv6-only-target-group-type',
  title: 'The IP address type that every target group of an IPv6-only service must have',
  type: oneOf(['ipv4', 'ipv6']),
  value: 'ipv6',
  url: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking.html',
  checked: '2026-11-21',
  recheck: '2027-05-21',
});

/** The target type that a target group needs, by the network mode of the tasks. */
export const targetTypes = defineFact({
  id: 'target-types',
  title: 'The target type that a target group needs, by the network mode of the tasks',
  type: v.strictObject({ awsvpc: targetType, bridge: targetType, host: targetType, default: targetType }),
  value: { awsvpc: 'ip', bridge: 'instance', host: 'instance', default: 'instance' },
  url: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/alb.html',
  checked: '2026-11-21',
  recheck: '2027-05-21',
});

/** The IP address type that a VPC Lattice target group of IPv6-only tasks must have. */
export const latticeTargetGroupType = defineFact({
  id: 'lattice-target-group-type',
  title: 'The IP address type that a VPC Lattice target group of IPv6-only tasks must have',
  type: oneOf(['IPV4', 'IPV6']),
  value: 'IPV6',
  url: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-vpc-lattice.html',
  checked: '2026-11-21',
  recheck: '2027-05-21',
});
