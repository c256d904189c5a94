import { defineFact } from './fact';
import { answer, texts } from './fact-types';

/** Whether IPv6-only tasks can use dual-stack interface endpoints of ECR. */
export const ecrPrivateLinkDualStack = defineFact({
  id: 'ecr-privatelink-dual-stack',
  title: 'Whether IPv6-only tasks can use dual-stack interface endpoints of ECR',
  type: answer,
  value: 'conflict',
  doubt:
    'The pages of ECR say that these endpoints are dual-stack; the pages of ECS say that IPv6-only tasks can not use them.',
  url: 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html',
  checked: '2026-11-21',
  recheck: '2027-02-21',
});

/** The interface endpoints of ECR, by the names that follow the region. */
export const ecrEndpointServices = defineFact({
  id: 'ecr-endpoint-services',
  title: 'The interface endpoints of ECR, by the names that follow the region',
  type: texts,
  value: ['ecr.api', 'ecr.dkr', 'ecr-fips.api', 'ecr-fips.dkr'],
  url: 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html',
  checked: '2026-11-21',
  recheck: '2027-05-21',
});
