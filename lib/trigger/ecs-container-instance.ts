import * as v from 'valibot';
import { instanceRequest } from './ec2-instance';
import { ecsRequest } from './ecs-requests';
import { eventParser } from './event-parser';
import { nothing } from './trigger';

const detail = v.object({
  containerInstanceArn: v.pipe(v.string(), v.trim()),
  clusterArn: v.fallback(v.optional(v.string()), undefined),
  ec2InstanceId: v.fallback(v.optional(v.string()), undefined),
});

/**
 * `ECS Container Instance State Change`: the host in ECS, and the machine in EC2 beneath it.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_container_instance_events.html
 */
export const ecsContainerInstance = eventParser(detail, ({ detail: host }) => {
  const request = ecsRequest('container-instance', host.containerInstanceArn, host.clusterArn);
  if (!request) {
    return nothing(
      `detail.containerInstanceArn is not the ARN of a container instance: ${JSON.stringify(host.containerInstanceArn)}`,
    );
  }
  const instance = host.ec2InstanceId === undefined ? undefined : instanceRequest(host.ec2InstanceId, request);
  return { requests: instance ? [request, instance] : [request] };
});
