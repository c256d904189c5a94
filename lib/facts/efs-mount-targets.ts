import { defineFact } from './fact';
import { listOf, oneOf } from './fact-types';

/** The IP address types of EFS mount targets that can be reached over IPv6. */
export const mountTargetTypesWithIpv6 = defineFact({
  id: 'mount-target-types-with-ipv6',
  title: 'The IP address types of EFS mount targets that can be reached over IPv6',
  type: listOf(oneOf(['IPV4_ONLY', 'IPV6_ONLY', 'DUAL_STACK'])),
  value: ['IPV6_ONLY', 'DUAL_STACK'],
  url: 'https://docs.aws.amazon.com/efs/latest/ug/API_CreateMountTarget.html',
  checked: '2026-11-21',
  recheck: '2027-05-21',
});
