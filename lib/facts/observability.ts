import { defineFact } from './fact';
import { texts, truth } from './fact-types';

/** Whether AWS recommends VPC flow logs for IPv6-only workloads, with NAT64 above all. */
export const flowLogsRecommended = defineFact({
  id: 'flow-logs-recommended',
  title: 'Whether AWS recommends VPC flow logs for IPv6-only workloads, with NAT64 above all',
  type: truth,
  value: true,
  url: 'https://aws.amazon.com/blogs/containers/amazon-ecs-announces-ipv6-only-support',
  checked: '2026-11-21',
  recheck: '2027-05-21',
});

/** The values of the cluster setting containerInsights with which Container Insights is on. */
export const containerInsightsOn = defineFact({
  id: 'container-insights-on',
  title: 'The values of the cluster setting containerInsights with which Container Insights is on',
  type: texts,
  value: ['enabled', 'enhanced'],
  url: 'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ClusterSetting.html',
  checked: '2026-11-21',
  recheck: '2027-05-21',
});
