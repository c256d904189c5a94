import type { ContainerInstance, ContainerInstanceField, ContainerInstanceHealthStatus } from '@aws-sdk/client-ecs';
import { instanceCounts } from './container-instance-counts';
import { resourceView } from './host-resources';
import type { InstanceRecord } from './records';
import { renderTags } from './tag';

/** A container instance as the API shows it. */
export function instanceView(
  instance: InstanceRecord,
  include: readonly (ContainerInstanceField | undefined)[] = [],
): ContainerInstance {
  return {
    containerInstanceArn: instance.arn,
    ec2InstanceId: instance.ec2InstanceId,
    capacityProviderName: instance.capacityProviderName,
    version: instance.version,
    versionInfo: instance.versionInfo,
    remainingResources: resourceView(instance.remaining),
    registeredResources: resourceView(instance.registered),
    status: instance.status,
    agentConnected: instance.agentConnected,
    agentUpdateStatus: instance.agentUpdateStatus,
    ...instanceCounts(instance),
    attributes: [...instance.attributes.values()],
    registeredAt: instance.registeredAt,
    attachments: [],
    healthStatus: include.includes('CONTAINER_INSTANCE_HEALTH') ? healthOf(instance) : undefined,
    tags: include.includes('TAGS') ? renderTags(instance.tags) : [],
  };
}

/** The container runtime never fails: nothing runs. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/container-instance-health.html */
function healthOf({ agentConnected, registeredAt }: InstanceRecord): ContainerInstanceHealthStatus {
  const status = agentConnected ? 'OK' : 'INSUFFICIENT_DATA';
  return {
    overallStatus: status,
    details: [{ type: 'CONTAINER_RUNTIME', status, lastUpdated: registeredAt, lastStatusChange: registeredAt }],
  };
}
