import * as v from 'valibot';
import { defineFact } from './fact';
import { listOf, oneOf, text } from './fact-types';

const recordTypeList = listOf(oneOf(['A', 'AAAA', 'SRV', 'CNAME']));

/** The DNS record types of Cloud Map that ECS takes: of awsvpc services by posture, of services whose instance registers. */
export const recordTypes = defineFact({
  id: 'record-types',
  title:
    'The DNS record types of Cloud Map that ECS takes: of awsvpc services by posture, of services whose instance registers',
  type: v.strictObject({ ipv6Only: recordTypeList, dualStack: recordTypeList, instance: recordTypeList }),
  value: { ipv6Only: ['AAAA', 'SRV'], dualStack: ['A', 'AAAA', 'SRV'], instance: ['SRV'] },
  url: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-discovery.html',
  checked: '2026-11-21',
  recheck: '2027-05-21',
});

/** The attributes in which ECS writes the addresses of a task to its Cloud Map instance. */
export const addressAttributes = defineFact({
  id: 'cloudmap-address-attributes',
  title: 'The attributes in which ECS writes the addresses of a task to its Cloud Map instance',
  type: v.strictObject({ ipv4: text, ipv6: text }),
  value: { ipv4: 'AWS_INSTANCE_IPV4', ipv6: 'AWS_INSTANCE_IPV6' },
  fixed: 'addresses are read from these attributes',
  url: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-discovery.html',
  checked: '2026-11-21',
  recheck: '2027-05-21',
});
