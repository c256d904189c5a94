import type { RunTaskRequest, StartTaskRequest, Tag } from '@aws-sdk/client-ecs';
import { ApiError } from '../../kernel/api-error';
import type { Scope } from '../../kernel/scope';
import { capacityFor } from './capacity';
import { checkExec } from './service';
import { requireCluster } from './cluster';
import { invalidParameter } from './ecs-error';
import { networkSettings } from './network-settings';
import type { PlacementFailure } from './placement';
import type { ClusterRecord, InstanceRecord, Tags, TaskRecord } from './records';
import { placementConstraints, placementStrategy } from './service-settings';
import type { StartRequest } from './start-task';
import { startOn, startTask } from './start-task';
import { ecsState } from './store';
import { mergeTags, NO_TAGS, readTags } from './tag';
import { tallyOf } from './tally';
import { requireActiveDefinition } from './task-definition';

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html */
const MAX_COUNT = 10;
const MAX_STARTED_BY = 128;
/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/ECS_Idempotency.html */
const TOKEN_LIFE_MS = 24 * 60 * 60 * 1_000;

export interface Started {
  readonly tasks: readonly TaskRecord[];
  readonly failures: readonly { readonly arn: string | undefined; readonly reason: string }[];
}

/** Runs up to ten tasks wherever there is room; the same client token a second time gives the same tasks. */
export function runTasks(scope: Scope, request: RunTaskRequest): Started {
  const cluster = requireCluster(scope, request.cluster);
  const { clientToken, count = 1 } = request;
  const known = clientToken === undefined ? undefined : repeated(scope, cluster, request);
  if (known) return { tasks: known, failures: [] };
  if (count < 1 || count > MAX_COUNT) throw invalidParameter(`count must be between 1 and ${MAX_COUNT}.`);
  const start = startRequest(scope, cluster, request);
  const found =
    start.capacity.launchType === 'FARGATE' || start.capacity.strategy.length > 0 || cluster.instances.size > 0;
  if (!found) throw invalidParameter('No Container Instances were found in your cluster.');
  const outcomes = Array.from({ length: count }, () => startTask(scope, start));
  const tasks = outcomes.flatMap((each) => ('task' in each ? [each.task] : []));
  const failures = outcomes.flatMap((each) => ('failure' in each ? [failure(each)] : []));
  if (clientToken !== undefined) remember(scope, cluster, { request, tasks });
  return { tasks, failures };
}

/** Runs one task on each of the instances that are named. */
export function startTasks(
  scope: Scope,
  request: StartTaskRequest,
  instances: readonly InstanceRecord[],
): readonly TaskRecord[] {
  const cluster = requireCluster(scope, request.cluster);
  const start = startRequest(scope, cluster, { ...request, launchType: 'EC2' });
  return instances.map((instance) => startOn(scope, start, instance));
}

function startRequest(scope: Scope, cluster: ClusterRecord, request: RunTaskRequest): StartRequest {
  const definition = requireActiveDefinition(scope, request.taskDefinition ?? '');
  const capacity = capacityFor(scope, request, { cluster, definition });
  const { launchType } = capacity;
  const network = networkSettings(scope, { definition, launchType, configuration: request.networkConfiguration });
  const enableExecuteCommand = request.enableExecuteCommand ?? false;
  checkExec(enableExecuteCommand, { definition });
  return {
    ...{ cluster, definition, capacity, network, enableExecuteCommand },
    group: groupOf(request, definition.family),
    startedBy: checkedStarter(request.startedBy),
    overrides: request.overrides ?? {},
    tags: mergeTags(request.propagateTags === 'TASK_DEFINITION' ? definition.tags : NO_TAGS, tagsOf(cluster, request)),
    placementStrategy: placementStrategy(request.placementStrategy),
    placementConstraints: placementConstraints(request.placementConstraints),
    tally: tallyOf([]),
  };
}

interface Tagged {
  readonly tags?: readonly Tag[] | undefined;
  readonly enableECSManagedTags?: boolean | undefined;
}

function tagsOf(cluster: ClusterRecord, { tags, enableECSManagedTags }: Tagged): Tags {
  const given = readTags(tags);
  return enableECSManagedTags ? mergeTags(given, new Map([['aws:ecs:clusterName', cluster.name]])) : given;
}

function groupOf({ group }: RunTaskRequest, family: string): string {
  if (group === undefined) return `family:${family}`;
  if (/^(service|family):/.test(group)) throw invalidParameter(`Group ${group} starts with a reserved prefix.`);
  return group;
}

function checkedStarter(startedBy: string | undefined): string | undefined {
  if (startedBy === undefined || startedBy.length <= MAX_STARTED_BY) return startedBy;
  throw invalidParameter(`startedBy can have at most ${MAX_STARTED_BY} characters.`);
}

function failure({ failure: reason, closest }: { failure: PlacementFailure; closest: InstanceRecord | undefined }) {
  return { arn: closest?.arn, reason };
}

interface Run {
  readonly request: RunTaskRequest;
  readonly tasks: readonly TaskRecord[];
}

function tokenKey(cluster: ClusterRecord, { clientToken = '' }: RunTaskRequest): string {
  return `${cluster.name}/${clientToken}`;
}

function remember(scope: Scope, cluster: ClusterRecord, { request, tasks }: Run): void {
  const { runTokens } = ecsState(scope);
  const key = tokenKey(cluster, request);
  runTokens.set(key, { request: JSON.stringify(request), tasks });
  scope.clock.after(TOKEN_LIFE_MS, () => void runTokens.delete(key));
}

function repeated(scope: Scope, cluster: ClusterRecord, request: RunTaskRequest): readonly TaskRecord[] | undefined {
  const known = ecsState(scope).runTokens.get(tokenKey(cluster, request));
  if (!known || known.request === JSON.stringify(request)) return known?.tasks;
  throw new ApiError(
    'ConflictException',
    'The provided clientToken is already in use with a different RunTask request.',
    400,
    { resourceIds: known.tasks.map(({ arn }) => arn) },
  );
}
