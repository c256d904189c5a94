import type { Fact } from './fact';

/** The oldest container agent with which ECS supports IPv6-only on EC2 Linux. */
export const minimumAgentVersion: Fact<string> = {
  value: '1.99.1',
  url: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking.html',
  checked: '2026-11-21',
  recheck: '2027-05-21',
};
