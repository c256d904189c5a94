import * as v from 'valibot';
import { defineFact } from './fact';
import { listOf, text, texts, truth } from './fact-types';

/** Whether CloudWatch Logs has a dual-stack FIPS endpoint, as tasks in Fargate FIPS mode need it. */
export const fargateFipsLogsDualStack = defineFact({
  id: 'fargate-fips-logs-dual-stack',
  title: 'Whether CloudWatch Logs has a dual-stack FIPS endpoint, as tasks in Fargate FIPS mode need it',
  type: truth,
  value: false,
  url: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html',
  checked: '2026-11-21',
  recheck: '2027-05-21',
});

/** How the host names of AWS APIs end in each group of partitions: with IPv4 only, and dual-stack. */
export const apiSuffixes = defineFact({
  id: 'api-suffixes',
  title: 'How the host names of AWS APIs end in each group of partitions: with IPv4 only, and dual-stack',
  type: listOf(v.strictObject({ ipv4: text, dualStack: text, partitions: v.optional(texts) })),
  value: [
    { ipv4: 'amazonaws.com', dualStack: 'api.aws', partitions: ['aws', 'aws-us-gov'] },
    { ipv4: 'amazonaws.com.cn', dualStack: 'api.amazonwebservices.com.cn', partitions: ['aws-cn'] },
    { ipv4: 'amazonaws.eu', dualStack: 'api.amazonwebservices.eu', partitions: ['aws-eusc'] },
    { ipv4: 'c2s.ic.gov', dualStack: 'api.aws.ic.gov', partitions: ['aws-iso'] },
    { ipv4: 'sc2s.sgov.gov', dualStack: 'api.aws.scloud', partitions: ['aws-iso-b'] },
    { ipv4: 'csp.hci.ic.gov', dualStack: 'api.aws.hci.ic.gov', partitions: ['aws-iso-f'] },
    { ipv4: 'cloud.adc-e.uk', dualStack: 'api.cloud-aws.adc-e.uk', partitions: ['aws-iso-e'] },
  ],
  doubt: 'The names are those of the SDKs; whether each service answers by them in every region is not said.',
  url: 'https://docs.aws.amazon.com/sdkref/latest/guide/feature-endpoints.html',
  checked: '2026-11-21',
  recheck: '2027-05-21',
});
