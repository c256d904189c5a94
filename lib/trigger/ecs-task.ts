import * as v from 'valibot';
import { eventParser } from './event-parser';
import { ecsRequest, serviceArnOf } from './ecs-requests';
import { nothing } from './trigger';

const detail = v.object({
  taskArn: v.pipe(v.string(), v.trim()),
  clusterArn: v.fallback(v.optional(v.string()), undefined),
  lastStatus: v.fallback(v.optional(v.string()), undefined),
  group: v.fallback(v.optional(v.string()), undefined),
});
type Detail = v.InferOutput<typeof detail>;

/** Prefix of `group` for tasks that a service runs: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Task.html */
const SERVICE_GROUP = 'service:';

/** A stopped task may leave a target or a Cloud Map instance behind: these are looked at through its service. */
function bereftService({ lastStatus, group, clusterArn }: Detail) {
  if (lastStatus !== 'STOPPED' || !clusterArn || !group?.startsWith(SERVICE_GROUP)) return undefined;
  const arn = serviceArnOf(clusterArn, group.slice(SERVICE_GROUP.length));
  return arn && ecsRequest('service', arn, clusterArn);
}

/** `ECS Task State Change`: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_task_events.html */
export const ecsTask = eventParser(detail, ({ detail: task }) => {
  const request = ecsRequest('task', task.taskArn, task.clusterArn);
  if (!request) return nothing(`detail.taskArn is not the ARN of a task: ${JSON.stringify(task.taskArn)}`);
  const service = bereftService(task);
  return { requests: service ? [request, service] : [request] };
});
