import type { ServiceEvent } from '@aws-sdk/client-ecs';
import type { RegistrationFailure } from './task-resources';

/** How ECS tells that a load balancer or Cloud Map refused a task: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages-list.html */
const REFUSED = /failed to register|unable to register/i;

/** What a service said last about tasks that it could not register. ECS keeps the last 100 of its messages. */
export function registrationFailureOf(events: readonly ServiceEvent[] | undefined): RegistrationFailure | undefined {
  const [latest] = (events ?? [])
    .flatMap(({ createdAt, message = '' }) => (createdAt && REFUSED.test(message) ? [{ at: createdAt, message }] : []))
    .sort((left, right) => right.at.getTime() - left.at.getTime());
  return latest;
}
