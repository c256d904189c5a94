import { defineFact } from './fact';
import { version } from './fact-types';

/** The oldest container agent with which ECS supports IPv6-only on EC2 Linux. */
export const minimumAgent = defineFact({
  id: 'minimum-agent',
  title: 'The oldest container agent with which ECS supports IPv6-only on EC2 Linux',
  type: version,
  value: '1.99.1',
  url: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking.html',
  checked: '2026-11-21',
  recheck: '2027-05-21',
});
