import { defineFact } from './fact';
import { listOf, oneOf, truth } from './fact-types';

/** Network modes in which ECS registers the container instance itself with load balancers and Cloud Map, by its primary
 * IPv6 address. On Linux `default` is bridge. */
export const modesThatNeedPrimaryIpv6 = defineFact({
  id: 'modes-that-need-primary-ipv6',
  title: 'Network modes in which ECS registers the container instance itself, by its primary IPv6 address',
  type: listOf(oneOf(['awsvpc', 'bridge', 'host', 'none', 'default'])),
  value: ['bridge', 'host', 'default'],
  url: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking.html',
  checked: '2026-11-21',
  recheck: '2027-05-21',
});

/** Whether one target that is refused fails the whole RegisterTargets call. */
export const registrationIsAllOrNothing = defineFact({
  id: 'registration-is-all-or-nothing',
  title: 'Whether one target that is refused fails the whole RegisterTargets call',
  type: truth,
  value: true,
  url: 'https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/3508',
  checked: '2026-11-21',
  recheck: '2027-05-21',
});
