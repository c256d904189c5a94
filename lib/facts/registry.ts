/** Every dated fact, in alphabetical order of its id. */
import { agentBindsIpv6Only, ipv6OnlyCapability } from './agent-ip-compatibility';
import { addressAttributes, recordTypes } from './cloudmap-records';
import { dualStackSettingDefault } from './dual-stack-account-setting';
import { ecrEndpointServices, ecrPrivateLinkDualStack } from './ecr-endpoints';
import { ecrPrivateHosts, ecrPublicHosts } from './ecr-hosts';
import { ecsOptimizedAmiNames } from './ecs-optimized-amis';
import {
  classicLoadBalancerWithAwsvpc,
  execOverIpv6Only,
  ipv6OnlyLaunchTypes,
  recommendedNetworkMode,
  serviceConnectLoopback,
  windowsOverIpv6Only,
} from './ecs-support';
import type { Fact } from './fact';
import { ipv6OnlyHypervisors } from './ipv6-hypervisors';
import { ipv6OnlyRegions } from './ipv6-only-regions';
import { internalDualStackLoadBalancers, ipv6LoadBalancerTypes } from './load-balancer-types';
import { apiSuffixes, fargateFipsLogsDualStack } from './log-endpoints';
import { minimumAgent } from './minimum-agent';
import { minimumFargatePlatform } from './minimum-fargate-platform';
import { containerInsightsOn, flowLogsRecommended } from './observability';
import { modesThatNeedPrimaryIpv6, registrationIsAllOrNothing } from './primary-ipv6';
import { autoAssignmentWanted, nat64Prefix } from './subnet-settings';
import { ipv6OnlyTargetGroupType, latticeTargetGroupType, targetTypes } from './target-group-type';

export const facts: readonly Fact<unknown>[] = [
  agentBindsIpv6Only,
  apiSuffixes,
  autoAssignmentWanted,
  classicLoadBalancerWithAwsvpc,
  addressAttributes,
  containerInsightsOn,
  dualStackSettingDefault,
  ecrEndpointServices,
  ecrPrivateHosts,
  ecrPrivateLinkDualStack,
  ecrPublicHosts,
  ecsOptimizedAmiNames,
  execOverIpv6Only,
  fargateFipsLogsDualStack,
  flowLogsRecommended,
  internalDualStackLoadBalancers,
  ipv6LoadBalancerTypes,
  ipv6OnlyCapability,
  ipv6OnlyHypervisors,
  ipv6OnlyLaunchTypes,
  ipv6OnlyRegions,
  ipv6OnlyTargetGroupType,
  latticeTargetGroupType,
  minimumAgent,
  minimumFargatePlatform,
  modesThatNeedPrimaryIpv6,
  nat64Prefix,
  recommendedNetworkMode,
  recordTypes,
  registrationIsAllOrNothing,
  serviceConnectLoopback,
  targetTypes,
  windowsOverIpv6Only,
];
