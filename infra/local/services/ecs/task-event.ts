import type { Attachment, Container } from '@aws-sdk/client-ecs';
import { publish } from '../../kernel/events';
import type { Scope } from '../../kernel/scope';
import type { TaskRecord } from './records';
import { taskOverrides, taskView } from './task-view';

/**
 * `ECS Task State Change`: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_task_events.html. It has
 * neither tags nor health, its times are texts, and its attachments go by other names than in the API.
 */
export function publishTask(scope: Scope, task: TaskRecord): void {
  publish(scope, {
    source: 'aws.ecs',
    detailType: 'ECS Task State Change',
    resources: [task.arn],
    detail: taskDetail(task),
  });
}

function taskDetail(task: TaskRecord): Record<string, unknown> {
  const { tags: _tags, healthStatus: _health, platformFamily: _family, ...view } = taskView(task);
  return withoutDates({
    ...view,
    overrides: taskOverrides(task),
    attachments: eventAttachments(task, view.attachments ?? []),
    containers: (view.containers ?? []).map(containerDetail),
    updatedAt: task.times.updatedAt,
  });
}

/** The load balancer (`elb`) and Cloud Map (`sdi`) show here alone, without details. */
function eventAttachments(task: TaskRecord, shown: readonly Attachment[]): Attachment[] {
  const { loadBalancers = [], serviceRegistries = [] } = task.deployment?.revision ?? {};
  const bound = (type: string, id: string): Attachment => ({ id, type, status: boundStatus(task), details: [] });
  return [
    ...(loadBalancers.length > 0 ? [bound('elb', task.attachmentIds.elb)] : []),
    ...(serviceRegistries.length > 0 ? [bound('sdi', task.attachmentIds.sdi)] : []),
    ...shown.map((attachment) => ({ ...attachment, type: 'eni' })),
  ];
}

function boundStatus({ lastStatus, registrations, deregistrations }: TaskRecord): string {
  if (lastStatus === 'STOPPED') return 'DELETED';
  return registrations.length + deregistrations.length > 0 ? 'ATTACHED' : 'PRECREATED';
}

function containerDetail({ healthStatus: _, managedAgents, networkBindings = [], ...container }: Container) {
  return withoutDates({
    ...container,
    networkBindings: networkBindings.length > 0 ? networkBindings : undefined,
    managedAgents: managedAgents?.map(({ name, lastStatus }) => ({ name, status: lastStatus })),
  });
}

/** As JSON would have it: times as ISO texts, nothing undefined. */
function withoutDates(given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const entries = Object.entries(given).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries.map(([key, value]) => [key, value instanceof Date ? value.toISOString() : value]));
}
