import { defineFact } from './fact';
import { listOf, oneOf, text, truth } from './fact-types';

/** Whether ECS supports IPv6-only for Windows tasks and instances. */
export const windowsOverIpv6Only = defineFact({
  id: 'windows-over-ipv6-only',
  title: 'Whether ECS supports IPv6-only for Windows tasks and instances',
  type: truth,
  value: false,
  url: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking.html',
  checked: '2026-11-21',
  recheck: '2027-05-21',
});

/** The launch types for which AWS says that tasks can be IPv6-only. */
export const ipv6OnlyLaunchTypes = defineFact({
  id: 'ipv6-only-launch-types',
  title: 'The launch types for which AWS says that tasks can be IPv6-only',
  type: listOf(oneOf(['EC2', 'FARGATE', 'EXTERNAL', 'MANAGED_INSTANCES'])),
  value: ['EC2', 'FARGATE', 'MANAGED_INSTANCES'],
  doubt: 'AWS says neither that ECS Anywhere (EXTERNAL) can be IPv6-only nor that it can not.',
  url: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/managed-instance-networking.html',
  checked: '2026-11-21',
  recheck: '2027-05-21',
});

/** Whether ECS Exec works for IPv6-only tasks. */
export const execOverIpv6Only = defineFact({
  id: 'exec-over-ipv6-only',
  title: 'Whether ECS Exec works for IPv6-only tasks',
  type: truth,
  value: false,
  url: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html',
  checked: '2026-11-21',
  recheck: '2027-02-21',
});

/** The network mode that AWS recommends unless another is needed. */
export const recommendedNetworkMode = defineFact({
  id: 'recommended-network-mode',
  title: 'The network mode that AWS recommends unless another is needed',
  type: oneOf(['awsvpc', 'bridge', 'host']),
  value: 'awsvpc',
  url: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking.html',
  checked: '2026-11-21',
  recheck: '2027-05-21',
});

/** Whether tasks in awsvpc network mode can be behind a Classic Load Balancer. */
export const classicLoadBalancerWithAwsvpc = defineFact({
  id: 'classic-load-balancer-with-awsvpc',
  title: 'Whether tasks in awsvpc network mode can be behind a Classic Load Balancer',
  type: truth,
  value: false,
  url: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html',
  checked: '2026-11-21',
  recheck: '2027-05-21',
});

/** The address to which the Service Connect proxy of an IPv6-only task forwards. */
export const serviceConnectLoopback = defineFact({
  id: 'service-connect-loopback',
  title: 'The address to which the Service Connect proxy of an IPv6-only task forwards',
  type: text,
  value: '::1',
  url: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts-deploy.html',
  checked: '2026-11-21',
  recheck: '2027-05-21',
});
