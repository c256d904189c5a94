import { defineFact } from './fact';
import { listOf, oneOf } from './fact-types';

/** The hypervisors of instances that can be launched into IPv6-only subnets. */
export const ipv6OnlyHypervisors = defineFact({
  id: 'ipv6-only-hypervisors',
  title: 'The hypervisors of instances that can be launched into IPv6-only subnets',
  type: listOf(oneOf(['nitro', 'xen'])),
  value: ['nitro'],
  url: 'https://docs.aws.amazon.com/vpc/latest/userguide/create-subnets.html',
  checked: '2026-11-21',
  recheck: '2027-05-21',
});
