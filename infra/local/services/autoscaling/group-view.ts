/** Groups and their instances in the shape of the API. */
import type {
  AutoScalingGroup as GroupView,
  AutoScalingInstanceDetails,
  Instance as InstanceView,
  TagDescription,
} from '@aws-sdk/client-auto-scaling';
import type { Scope } from '../../kernel/scope';
import { arn } from '../../kernel/scope';
import { findSubnet } from '../ec2/subnet';
import type { AutoScalingGroup, GroupTag, Member } from './state';

const RESOURCE_TYPE = 'auto-scaling-group';

export function groupView(scope: Scope, group: AutoScalingGroup): GroupView {
  const targetGroups = [...group.targetGroupArns];
  return {
    AutoScalingGroupName: group.name,
    AutoScalingGroupARN: group.arn,
    ...settings(group),
    AvailabilityZones: zonesOf(scope, group),
    LoadBalancerNames: [],
    TargetGroupARNs: targetGroups,
    TrafficSources: targetGroups.map((Identifier) => ({ Identifier, Type: 'elbv2' })),
    Instances: [...group.members.values()].map(instanceView),
    CreatedTime: group.createdAt,
    SuspendedProcesses: [...group.suspended].map(([ProcessName, SuspensionReason]) => ({
      ProcessName,
      SuspensionReason,
    })),
    EnabledMetrics: [],
    Status: group.deleting ? 'Delete in progress' : undefined,
    Tags: [...group.tags].map(([key, tag]) => tagView(group, key, tag)),
    ServiceLinkedRoleARN: serviceLinkedRole(scope),
  };
}

function settings(group: AutoScalingGroup) {
  return {
    LaunchTemplate: group.launchTemplate,
    MinSize: group.minSize,
    MaxSize: group.maxSize,
    DesiredCapacity: group.desired,
    DefaultCooldown: group.cooldownSeconds,
    HealthCheckType: group.healthCheckType,
    HealthCheckGracePeriod: group.healthCheckGraceSeconds,
    VPCZoneIdentifier: group.subnetIds.join(','),
    TerminationPolicies: ['Default'],
    NewInstancesProtectedFromScaleIn: group.protectNew,
  };
}

function zonesOf(scope: Scope, { subnetIds }: AutoScalingGroup): string[] {
  return [...new Set(subnetIds.flatMap((id) => findSubnet(scope, id)?.zone.name ?? []))].sort();
}

/** https://docs.aws.amazon.com/autoscaling/ec2/userguide/autoscaling-service-linked-role.html */
function serviceLinkedRole(scope: Scope): string {
  const role = 'role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling';
  return arn({ ...scope, region: '' }, 'iam', role);
}

function instanceView(member: Member): InstanceView {
  return {
    InstanceId: member.instanceId,
    InstanceType: member.type,
    AvailabilityZone: member.zone.name,
    AvailabilityZoneId: member.zone.id,
    LifecycleState: member.state,
    HealthStatus: member.health,
    LaunchTemplate: member.launchTemplate,
    ProtectedFromScaleIn: member.protected,
  };
}

/** Here AWS writes the health in capitals. */
export function detailsView({ name }: AutoScalingGroup, member: Member): AutoScalingInstanceDetails {
  return { ...instanceView(member), AutoScalingGroupName: name, HealthStatus: member.health.toUpperCase() };
}

export function tagView({ name }: AutoScalingGroup, key: string, { value, propagate }: GroupTag): TagDescription {
  return { ResourceId: name, ResourceType: RESOURCE_TYPE, Key: key, Value: value, PropagateAtLaunch: propagate };
}
