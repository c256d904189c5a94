import * as v from 'valibot';
import { defineFact } from './fact';
import { listOf, text, truth } from './fact-types';

const suffix = v.strictObject({ ipv4: text, dualStack: v.optional(text), hasFips: v.optional(truth, false) });

/** How the hosts of ECR private registries end, in one group of partitions. */
export interface EcrSuffix {
  /** After `<account>.dkr.ecr.<region>.` */
  readonly ipv4: string;
  /** After `<account>.dkr-ecr.<region>.`; absent: AWS does not say, so nothing is concluded. */
  readonly dualStack?: string | undefined;
  /** There are FIPS hosts: `dkr.ecr-fips`, `dkr-ecr-fips`. */
  readonly hasFips: boolean;
}

/** Host names of ECR private registries. In the partitions without a dual-stack suffix AWS documents none. */
export const ecrPrivateHosts = defineFact<readonly EcrSuffix[]>({
  id: 'ecr-private-hosts',
  title: 'How the host names of ECR private registries end: with IPv4 only, and dual-stack',
  type: listOf(suffix),
  value: [
    { ipv4: 'amazonaws.com', dualStack: 'on.aws', hasFips: true }, // aws, aws-us-gov
    { ipv4: 'amazonaws.com.cn', dualStack: 'on.amazonwebservices.com.cn', hasFips: false }, // aws-cn
    { ipv4: 'amazonaws.eu', hasFips: false }, // aws-eusc
    { ipv4: 'c2s.ic.gov', hasFips: false }, // aws-iso
    { ipv4: 'sc2s.sgov.gov', hasFips: false }, // aws-iso-b
    { ipv4: 'csp.hci.ic.gov', hasFips: false }, // aws-iso-f
    { ipv4: 'cloud.adc-e.uk', hasFips: false }, // aws-iso-e
  ],
  doubt: 'AWS documents no dual-stack form in the European Sovereign Cloud and the isolated partitions.',
  url: 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/ecr-requests.html',
  checked: '2026-11-21',
  recheck: '2027-05-21',
});

/** Host names of ECR Public. */
export const ecrPublicHosts = defineFact({
  id: 'ecr-public-hosts',
  title: 'The host names of ECR Public: with IPv4 only, and dual-stack',
  type: v.strictObject({ ipv4: text, dualStack: text }),
  value: { ipv4: 'public.ecr.aws', dualStack: 'ecr-public.aws.com' },
  url: 'https://docs.aws.amazon.com/AmazonECR/latest/public/public-ecr-requests.html',
  checked: '2026-11-21',
  recheck: '2027-05-21',
});
