import { publish } from '../../kernel/events';
import type { Scope } from '../../kernel/scope';
import { resourceEvent } from './host-resources';
import { instanceCounts } from './container-instance-counts';
import type { InstanceRecord } from './records';

/**
 * `ECS Container Instance State Change`, as
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_container_instance_events.html shows it.
 */
export function publishInstance(scope: Scope, instance: InstanceRecord): void {
  publish(scope, {
    source: 'aws.ecs',
    detailType: 'ECS Container Instance State Change',
    resources: [instance.arn],
    detail: {
      agentConnected: instance.agentConnected,
      ...(instance.agentUpdateStatus === undefined ? {} : { agentUpdateStatus: instance.agentUpdateStatus }),
      attributes: [...instance.attributes.values()],
      clusterArn: instance.cluster.arn,
      containerInstanceArn: instance.arn,
      ec2InstanceId: instance.ec2InstanceId,
      registeredResources: resourceEvent(instance.registered),
      remainingResources: resourceEvent(instance.remaining),
      status: instance.status,
      version: instance.version,
      versionInfo: instance.versionInfo,
      updatedAt: scope.clock.now().toISOString(),
      ...instanceCounts(instance),
      registeredAt: instance.registeredAt.toISOString(),
      attachments: [],
    },
  });
}
