import { defineFact } from './fact';
import { version } from './fact-types';

/** The oldest Fargate platform version on which tasks can be IPv6-only. */
export const minimumFargatePlatform = defineFact({
  id: 'minimum-fargate-platform',
  title: 'The oldest Fargate platform version on which tasks can be IPv6-only',
  type: version,
  value: '1.4.0',
  url: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html',
  checked: '2026-11-21',
  recheck: '2027-05-21',
});
