import type { ContainerInstance, ContainerInstanceField } from '@aws-sdk/client-ecs';
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
    version: instance.version,
    versionInfo: instance.versionInfo,
    remainingResources: resourceView(instance.remaining),
    registeredResources: resourceView(instance.registered),
    status: instance.status,
    agentConnected: instance.agentConnected,
    ...instanceCounts(instance),
    attributes: [...instance.attributes.values()],
    registeredAt: instance.registeredAt,
    attachments: [],
    tags: include.includes('TAGS') ? renderTags(instance.tags) : [],
  };
}
