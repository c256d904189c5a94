import type {
  DescribeTasksRequest,
  DescribeTasksResponse,
  RunTaskRequest,
  RunTaskResponse,
  StartTaskRequest,
  StartTaskResponse,
  StopTaskRequest,
  StopTaskResponse,
} from '@aws-sdk/client-ecs';
import type { Authorization, Call } from '../../kernel/operation';
import { operation } from '../../kernel/operation';
import { clusterArn, execCondition, onMembers, requestTags } from './authorization';
import { requireCluster } from './cluster';
import { findInstance } from './container-instance';
import { invalidParameter, missing } from './ecs-error';
import { executeCommand } from './execute-command';
import { listTasks } from './list-tasks';
import { ecsArn, parseReference } from './reference';
import { runTasks, startTasks } from './run-task';
import { findTask } from './task';
import { findDefinition } from './task-definition';
import { stopTask } from './task-lifecycle';
import { taskView } from './task-view';

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTasks.html */
const MAX_DESCRIBED = 100;
/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_StartTask.html */
const MAX_STARTED = 10;

const SHARED: readonly string[] = [
  'cluster',
  'taskDefinition',
  'networkConfiguration',
  'group',
  'startedBy',
  'overrides.containerOverrides',
  'overrides.cpu',
  'overrides.memory',
  'overrides.taskRoleArn',
  'overrides.executionRoleArn',
  'enableExecuteCommand',
  'enableECSManagedTags',
  'propagateTags',
  'tags',
];

export const taskOperations = {
  RunTask: operation<RunTaskRequest, RunTaskResponse>({
    accepts: [
      ...SHARED,
      'count',
      'clientToken',
      'launchType',
      'capacityProviderStrategy',
      'platformVersion',
      'placementStrategy',
      'placementConstraints',
    ],
    run(input, { scope }) {
      const { tasks, failures } = runTasks(scope, input);
      return { tasks: tasks.map((task) => taskView(task, ['TAGS'])), failures: [...failures] };
    },
    authorize: onDefinition,
  }),

  StartTask: operation<StartTaskRequest, StartTaskResponse>({
    accepts: [...SHARED, 'containerInstances'],
    run(input, { scope }) {
      const { containerInstances = [] } = input;
      if (containerInstances.length > MAX_STARTED) {
        throw invalidParameter(`containerInstances can have at most ${MAX_STARTED} items.`);
      }
      const cluster = requireCluster(scope, input.cluster);
      const looked = containerInstances.map((name) => ({ name, instance: findInstance(scope, cluster, name) }));
      const instances = looked.flatMap(({ instance }) => (instance?.status === 'ACTIVE' ? [instance] : []));
      const unknown = looked.filter(({ instance }) => instance?.status !== 'ACTIVE');
      return {
        tasks: startTasks(scope, input, instances).map((task) => taskView(task, ['TAGS'])),
        failures: unknown.map(({ name }) => missing(memberArn(scope, cluster.name, name))),
      };
    },
    authorize: onDefinition,
  }),

  StopTask: operation<StopTaskRequest, StopTaskResponse>({
    accepts: ['cluster', 'task', 'reason'],
    run({ cluster: reference, task: name = '', reason = 'Task stopped by user' }, { scope }) {
      const cluster = requireCluster(scope, reference);
      const task = findTask(scope, cluster, name);
      if (!task) throw invalidParameter('The referenced task was not found.');
      stopTask(scope, task, { code: 'UserInitiated', reason });
      return { task: taskView(task, ['TAGS']) };
    },
    authorize: ({ cluster, task }, call) => onMembers('task', { cluster, references: [task] }, call),
  }),

  DescribeTasks: operation<DescribeTasksRequest, DescribeTasksResponse>({
    accepts: ['cluster', 'tasks', 'include'],
    run({ cluster: reference, tasks: asked = [], include = [] }, { scope }) {
      const cluster = requireCluster(scope, reference);
      if (asked.length === 0) throw invalidParameter('Tasks cannot be empty.');
      if (asked.length > MAX_DESCRIBED)
        throw invalidParameter(`Tasks cannot have more than ${MAX_DESCRIBED} elements.`);
      const looked = asked.map((name) => ({ name, task: findTask(scope, cluster, name) }));
      const unknown = looked.filter(({ task }) => !task).map(({ name }) => name);
      return {
        tasks: looked.flatMap(({ task }) => (task ? [taskView(task, include)] : [])),
        failures: unknown.map((name) =>
          missing(ecsArn(scope, 'task', cluster.name, parseReference(scope, 'task', name).name)),
        ),
      };
    },
    authorize: ({ cluster, tasks }, call) => onMembers('task', { cluster, references: tasks }, call),
  }),

  ExecuteCommand: executeCommand,
  ListTasks: listTasks,
};

function onDefinition(request: RunTaskRequest | StartTaskRequest, call: Call) {
  const { cluster, taskDefinition = '', tags, enableExecuteCommand } = request;
  const { scope, operation: name } = call;
  const definition = findDefinition(scope, taskDefinition);
  const asked: Authorization = {
    action: `ecs:${name}`,
    resource: definition?.arn ?? ecsArn(scope, 'task-definition', taskDefinition),
    context: {
      'ecs:cluster': [clusterArn(scope, cluster)],
      ...requestTags(tags),
      ...execCondition(enableExecuteCommand),
    },
  };
  return [asked];
}

function memberArn(scope: Call['scope'], cluster: string, reference: string): string {
  return ecsArn(scope, 'container-instance', cluster, parseReference(scope, 'container-instance', reference).name);
}
