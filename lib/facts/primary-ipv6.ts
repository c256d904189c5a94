import type { NetworkMode } from '../snapshot/snapshot';
import type { Fact } from './fact';

/**
 * Network modes in which ECS registers the container instance itself with load balancers and Cloud Map, by its primary
 * IPv6 address. On Linux `default` is bridge.
 */
export const modesThatNeedPrimaryIpv6: Fact<readonly NetworkMode[]> = {
  value: ['bridge', 'host', 'default'],
  url: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking.html',
  checked: '2026-11-21',
  recheck: '2027-05-21',
};
