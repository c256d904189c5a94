/** Answers of Elastic Load Balancing and Cloud Map in our own terms. */
import type * as elbv2 from '@aws-sdk/client-elastic-load-balancing-v2';
import type * as cloudMap from '@aws-sdk/client-servicediscovery';
import { distinct, pick } from './pick';
import type { CloudMapInstance, CloudMapService, Tags, Target, TargetGroup, TargetState } from './snapshot';

const targetTypes: readonly TargetGroup['targetType'][] = ['instance', 'ip', 'lambda', 'alb'];

export function toTargetGroup(group: elbv2.TargetGroup, tags?: Tags): TargetGroup {
  return {
    arn: group.TargetGroupArn ?? '',
    name: group.TargetGroupName ?? '',
    targetType: pick(targetTypes, group.TargetType) ?? 'instance',
    ipAddressType: group.IpAddressType === 'ipv6' ? 'ipv6' : 'ipv4',
    protocol: group.Protocol,
    port: group.Port,
    vpcId: group.VpcId,
    loadBalancerArns: group.LoadBalancerArns ?? [],
    // `traffic-port`, unless a number
    healthCheckPort: /^\d+$/.test(group.HealthCheckPort ?? '') ? Number(group.HealthCheckPort) : undefined,
    tags,
  };
}

const targetStates: readonly TargetState[] = [
  'initial',
  'healthy',
  'unhealthy',
  'unhealthy.draining',
  'unused',
  'draining',
  'unavailable',
];

export function toTarget({ Target, TargetHealth }: elbv2.TargetHealthDescription, targetGroupArn: string): Target {
  const { Id: targetId = '', Port: port, AvailabilityZone: availabilityZone } = Target ?? {};
  const suffix = port === undefined ? '' : `:${port}`;
  return {
    key: `${targetGroupArn}#${targetId}${suffix}`,
    targetGroupArn,
    targetId,
    port,
    availabilityZone,
    // a state that AWS may add some day is no reason to remove anything
    state: pick(targetStates, TargetHealth?.State) ?? 'unavailable',
    reason: TargetHealth?.Reason,
  };
}

export function toTagMap(tags: readonly { readonly Key?: string; readonly Value?: string }[] | undefined): Tags {
  return Object.fromEntries((tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value]));
}

export function toCloudMapService(service: cloudMap.ServiceSummary, tags?: Tags): CloudMapService {
  const { Arn: arn = '', Id: id = '', Name: name = '', DnsConfig } = service;
  return { arn, id, name, recordTypes: distinct((DnsConfig?.DnsRecords ?? []).map(({ Type }) => Type)), tags };
}

/** AWS's own pages spell the keys of addresses in two ways. */
function attribute(attributes: Tags, name: string): string | undefined {
  const found = Object.keys(attributes).find((key) => key.toUpperCase() === name);
  return found === undefined ? undefined : attributes[found];
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-discovery.html */
export function toCloudMapInstance(instance: cloudMap.InstanceSummary, serviceArn: string): CloudMapInstance {
  const { Id: instanceId = '', Attributes: attributes = {} } = instance;
  const port = Number.parseInt(attribute(attributes, 'AWS_INSTANCE_PORT') ?? '', 10);
  return {
    key: `${serviceArn}#${instanceId}`,
    serviceArn,
    instanceId,
    attributes,
    ipv4: attribute(attributes, 'AWS_INSTANCE_IPV4'),
    ipv6: attribute(attributes, 'AWS_INSTANCE_IPV6'),
    port: Number.isNaN(port) ? undefined : port,
    ecsClusterName: attributes['ECS_CLUSTER_NAME'],
    ecsServiceName: attributes['ECS_SERVICE_NAME'],
  };
}
