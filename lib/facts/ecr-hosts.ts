import type { Fact } from './fact';

/** How the hosts of ECR private registries end, in one group of partitions. */
export interface EcrSuffix {
  /** After `<account>.dkr.ecr.<region>.` */
  readonly ipv4: string;
  /** After `<account>.dkr-ecr.<region>.`; `undefined`: AWS does not say, so nothing is concluded. */
  readonly dualStack?: string;
  /** There are FIPS hosts: `dkr.ecr-fips`, `dkr-ecr-fips`. */
  readonly hasFips: boolean;
}

/** Host names of ECR private registries. In the partitions without a dual-stack suffix AWS documents none. */
export const ecrPrivateHosts: Fact<readonly EcrSuffix[]> = {
  value: [
    { ipv4: 'amazonaws.com', dualStack: 'on.aws', hasFips: true }, // aws, aws-us-gov
    { ipv4: 'amazonaws.com.cn', dualStack: 'on.amazonwebservices.com.cn', hasFips: false }, // aws-cn
    { ipv4: 'amazonaws.eu', hasFips: false }, // aws-eusc
    { ipv4: 'c2s.ic.gov', hasFips: false }, // aws-iso
    { ipv4: 'sc2s.sgov.gov', hasFips: false }, // aws-iso-b
    { ipv4: 'csp.hci.ic.gov', hasFips: false }, // aws-iso-f
    { ipv4: 'cloud.adc-e.uk', hasFips: false }, // aws-iso-e
  ],
  url: 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/ecr-requests.html',
  checked: '2026-11-21',
  recheck: '2027-05-21',
};

/** Host names of ECR Public. */
export const ecrPublicHosts: Fact<{ readonly ipv4: string; readonly dualStack: string }> = {
  value: { ipv4: 'public.ecr.aws', dualStack: 'ecr-public.aws.com' },
  url: 'https://docs.aws.amazon.com/AmazonECR/latest/public/public-ecr-requests.html',
  checked: '2026-11-21',
  recheck: '2027-05-21',
};
