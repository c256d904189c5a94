/** What a service tells: its own list of events, and events on the bus. */
import { publish } from '../../kernel/events';
import type { Scope } from '../../kernel/scope';
import type { DeploymentRecord, InstanceRecord, ServiceRecord } from './records';
import type { TaskSetRecord } from './rollout-records';

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages.html */
const MAX_MESSAGES = 100;

/** Adds `(service web) ...` to the service's list. */
export function tell(scope: Scope, service: ServiceRecord, text: string): void {
  add(scope, service, `(service ${service.name}) ${text}`);
}

/** Adds `(service web, taskSet ecs-svc/1) ...`. */
export function tellOfTaskSet(scope: Scope, service: ServiceRecord, { id, text }: { id: string; text: string }): void {
  add(scope, service, `(service ${service.name}, taskSet ${id}) ${text}`);
}

function add(scope: Scope, service: ServiceRecord, text: string): void {
  const message = { id: scope.ids.uuid(), createdAt: scope.clock.now(), message: text };
  service.events = [message, ...service.events].slice(0, MAX_MESSAGES);
}

export interface ServiceAction {
  readonly eventType: 'INFO' | 'WARN' | 'ERROR';
  readonly eventName: string;
  readonly reason?: string;
  readonly containerInstances?: readonly InstanceRecord[];
  readonly taskSets?: readonly TaskSetRecord[];
}

/** `ECS Service Action`: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_service_events.html */
export function publishAction(scope: Scope, service: ServiceRecord, action: ServiceAction): void {
  const { containerInstances, taskSets, reason } = action;
  publish(scope, {
    source: 'aws.ecs',
    detailType: 'ECS Service Action',
    resources: [service.arn],
    detail: {
      eventType: action.eventType,
      eventName: action.eventName,
      clusterArn: service.cluster.arn,
      ...(containerInstances ? { containerInstanceArns: containerInstances.map(({ arn }) => arn) } : {}),
      ...(taskSets ? { taskSetArns: taskSets.map(({ arn }) => arn) } : {}),
      ...(reason === undefined ? {} : { reason }),
      createdAt: scope.clock.now().toISOString(),
    },
  });
}

export type RolloutEvent =
  'SERVICE_DEPLOYMENT_IN_PROGRESS' | 'SERVICE_DEPLOYMENT_COMPLETED' | 'SERVICE_DEPLOYMENT_FAILED';

/** `ECS Deployment State Change`: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_service_deployment_events.html */
export function publishRollout(
  scope: Scope,
  service: ServiceRecord,
  { deployment, eventName }: { readonly deployment: DeploymentRecord; readonly eventName: RolloutEvent },
): void {
  publish(scope, {
    source: 'aws.ecs',
    detailType: 'ECS Deployment State Change',
    resources: [service.arn],
    detail: {
      eventType: eventName === 'SERVICE_DEPLOYMENT_FAILED' ? 'ERROR' : 'INFO',
      eventName,
      clusterArn: service.cluster.arn,
      deploymentId: deployment.id,
      updatedAt: deployment.updatedAt.toISOString(),
      reason: deployment.rolloutStateReason,
    },
  });
}
