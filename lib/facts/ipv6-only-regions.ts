import { defineFact } from './fact';
import { texts } from './fact-types';

/** The regions in which ECS supports IPv6-only. */
export const ipv6OnlyRegions = defineFact({
  id: 'ipv6-only-regions',
  title: 'The regions in which ECS supports IPv6-only',
  type: texts,
  value: [
    ...['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2', 'ca-central-1', 'ca-west-1', 'sa-east-1'],
    ...['eu-central-1', 'eu-west-2', 'eu-west-3', 'eu-south-1', 'eu-south-2'],
    ...['af-south-1', 'il-central-1', 'me-central-1', 'me-south-1'],
    ...['ap-east-1', 'ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-south-1', 'ap-south-2'],
    ...['ap-southeast-1', 'ap-southeast-2', 'ap-southeast-3', 'ap-southeast-4'],
    ...['cn-north-1', 'cn-northwest-1', 'us-gov-east-1', 'us-gov-west-1'],
  ],
  url: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking.html',
  checked: '2026-11-21',
  recheck: '2027-02-21',
});
