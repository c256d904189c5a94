/** Every rule, in alphabetical order of its id. */
import { accountDualStackSettingOff } from './account-dual-stack-setting-off';
import { cloudmapInstanceOrphaned } from './cloudmap-instance-orphaned';
import { cloudmapInstanceWithIpv4 } from './cloudmap-instance-with-ipv4';
import { cloudmapInstanceWithoutIpv6 } from './cloudmap-instance-without-ipv6';
import { containerInsightsOff } from './container-insights-off';
import { ecrEndpointNotDualStack } from './ecr-endpoint-not-dual-stack';
import { efsMountTargetIpv4Only } from './efs-mount-target-ipv4-only';
import { flowLogsOff } from './flow-logs-off';
import { imageNotDualStack } from './image-not-dual-stack';
import { instanceAgentTooOld } from './instance-agent-too-old';
import { instanceAmiNotEcsOptimized } from './instance-ami-not-ecs-optimized';
import { instanceIpCompatibilityMismatch } from './instance-ip-compatibility-mismatch';
import { instanceLaunchTemplateWithoutPrimaryIpv6 } from './instance-launch-template-without-primary-ipv6';
import { instanceOsUnsupported } from './instance-os-unsupported';
import { instanceTypeWithoutIpv6 } from './instance-type-without-ipv6';
import { instanceWithoutPrimaryIpv6 } from './instance-without-primary-ipv6';
import { logEndpointIpv4Only } from './log-endpoint-ipv4-only';
import { networkAclBlocksIpv6 } from './network-acl-blocks-ipv6';
import { networkModeNotAwsvpc } from './network-mode-not-awsvpc';
import { regionUnsupported } from './region-unsupported';
import type { Rule } from './rule';
import { securityGroupBlocksIpv6 } from './security-group-blocks-ipv6';
import { serviceClassicLoadBalancer } from './service-classic-load-balancer';
import { serviceConnectLoopback } from './service-connect-loopback';
import { serviceExecEnabled } from './service-exec-enabled';
import { serviceLatticeTargetGroupNotIpv6 } from './service-lattice-target-group-not-ipv6';
import { serviceLoadBalancerNotDualStack } from './service-load-balancer-not-dual-stack';
import { serviceRegistryRecordType } from './service-registry-record-type';
import { serviceSubnetNotIpv6Only } from './service-subnet-not-ipv6-only';
import { serviceTargetGroupNotIpv6 } from './service-target-group-not-ipv6';
import { serviceTargetTypeMismatch } from './service-target-type-mismatch';
import { subnetNat64Incomplete } from './subnet-nat64-incomplete';
import { subnetNotAutoAssigningIpv6 } from './subnet-not-auto-assigning-ipv6';
import { subnetOpenIpv6Route } from './subnet-open-ipv6-route';
import { subnetWithoutIpv6Route } from './subnet-without-ipv6-route';
import { targetBlocksRegistration } from './target-blocks-registration';
import { targetFamilyMismatch } from './target-family-mismatch';
import { targetOrphaned } from './target-orphaned';
import { taskExecEnabled } from './task-exec-enabled';
import { taskOsUnsupported } from './task-os-unsupported';
import { taskPlatformTooOld } from './task-platform-too-old';
import { taskStuckRegistering } from './task-stuck-registering';
import { taskWithIpv4 } from './task-with-ipv4';
import { taskWithoutIpv6 } from './task-without-ipv6';
import { vpcWithoutIpv6 } from './vpc-without-ipv6';

export const rules: readonly Rule[] = [
  accountDualStackSettingOff,
  cloudmapInstanceOrphaned,
  cloudmapInstanceWithIpv4,
  cloudmapInstanceWithoutIpv6,
  containerInsightsOff,
  ecrEndpointNotDualStack,
  efsMountTargetIpv4Only,
  flowLogsOff,
  imageNotDualStack,
  instanceAgentTooOld,
  instanceAmiNotEcsOptimized,
  instanceIpCompatibilityMismatch,
  instanceLaunchTemplateWithoutPrimaryIpv6,
  instanceOsUnsupported,
  instanceTypeWithoutIpv6,
  instanceWithoutPrimaryIpv6,
  logEndpointIpv4Only,
  networkAclBlocksIpv6,
  networkModeNotAwsvpc,
  regionUnsupported,
  securityGroupBlocksIpv6,
  serviceClassicLoadBalancer,
  serviceConnectLoopback,
  serviceExecEnabled,
  serviceLatticeTargetGroupNotIpv6,
  serviceLoadBalancerNotDualStack,
  serviceRegistryRecordType,
  serviceSubnetNotIpv6Only,
  serviceTargetGroupNotIpv6,
  serviceTargetTypeMismatch,
  subnetNat64Incomplete,
  subnetNotAutoAssigningIpv6,
  subnetOpenIpv6Route,
  subnetWithoutIpv6Route,
  targetBlocksRegistration,
  targetFamilyMismatch,
  targetOrphaned,
  taskExecEnabled,
  taskOsUnsupported,
  taskPlatformTooOld,
  taskStuckRegistering,
  taskWithIpv4,
  taskWithoutIpv6,
  vpcWithoutIpv6,
];
