import type { Scope } from '../../kernel/scope';
import type { PlacementFailure } from './placement';
import type { InstanceRecord, ServiceRecord } from './records';
import { publishAction, tell } from './service-message';
import { backOff } from './throttle';

/** Words of https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages-list.html */
const SHORTCOMINGS: Readonly<Record<PlacementFailure, string>> = {
  'RESOURCE:PORTS': 'is already using a port required by your task',
  'RESOURCE:CPU': 'has insufficient CPU units available',
  'RESOURCE:MEMORY': 'has insufficient memory available',
  'RESOURCE:ENI': 'has no network interface available',
  ATTRIBUTE: 'is missing an attribute required by your task',
  AGENT: 'encountered error "AGENT"',
  DISTINCT: 'already runs a task of the service, which asks for distinct instances',
  'EMPTY CLUSTER': '',
};

export interface FailedPlacement {
  readonly failure: PlacementFailure;
  readonly closest: InstanceRecord | undefined;
}

/** Tells that no container instance will do, and lets the scheduler wait before its next try. */
export function notePlacementFailure(
  scope: Scope,
  service: ServiceRecord,
  { failure, closest }: FailedPlacement,
): void {
  backOff(service.placements, scope.clock.now());
  const why = closest
    ? `The closest matching (container-instance ${closest.id}) ${SHORTCOMINGS[failure]}.`
    : 'Reason: No Container Instances were found in your cluster.';
  tell(
    scope,
    service,
    `was unable to place a task because no container instance met all of its requirements. ${why} ` +
      'For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.',
  );
  publishAction(scope, service, {
    eventType: 'ERROR',
    eventName: 'SERVICE_TASK_PLACEMENT_FAILURE',
    reason: failure,
    ...(closest ? { containerInstances: [closest] } : {}),
  });
}
