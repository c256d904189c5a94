import * as v from 'valibot';
import { ecsRequest } from './ecs-requests';
import { eventParser } from './event-parser';
import { nothing } from './trigger';

const detail = v.fallback(v.object({ clusterArn: v.fallback(v.optional(v.string()), undefined) }), {});

/**
 * `ECS Service Action` and `ECS Deployment State Change`: the service is named by the event's resources only, and the
 * documented deployment event does not name its cluster.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_service_events.html
 */
export const ecsService = eventParser(detail, ({ detail: { clusterArn }, event }) => {
  const requests = event.resources.flatMap((arn) => ecsRequest('service', arn.trim(), clusterArn) ?? []);
  return requests.length > 0 ? { requests } : nothing(`${event['detail-type']} names no service in its resources`);
});
