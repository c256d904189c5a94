import type { ExecuteCommandRequest, ExecuteCommandResponse } from '@aws-sdk/client-ecs';
import { ApiError } from '../../kernel/api-error';
import { operation } from '../../kernel/operation';
import type { Scope } from '../../kernel/scope';
import { onMembers } from './authorization';
import { requireCluster } from './cluster';
import { invalidParameter, notSimulated } from './ecs-error';
import { hostAddresses } from './host';
import type { TaskRecord } from './records';
import { findTask } from './task';
import { isRunning } from './task-status';

/**
 * Refuses what AWS refuses: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html. Where AWS would
 * open a session the answer is 501, for nothing runs in which a command could be executed.
 */
export const executeCommand = operation<ExecuteCommandRequest, ExecuteCommandResponse>({
  accepts: ['cluster', 'container', 'command', 'interactive', 'task'],
  run({ cluster: reference, task: name = '', container, interactive }, { scope }) {
    const cluster = requireCluster(scope, reference);
    if (interactive !== true) throw invalidParameter('Interactive is the only mode supported currently.');
    const task = findTask(scope, cluster, name);
    if (!task) throw invalidParameter('The referenced task was not found.');
    checkContainer(task, container);
    checkTask(scope, task);
    throw notSimulated('A session of ECS Exec');
  },
  authorize: ({ cluster, task }, call) => onMembers('task', { cluster, references: [task] }, call),
});

function checkContainer({ containers }: TaskRecord, container: string | undefined): void {
  if (container === undefined && containers.length > 1) {
    throw invalidParameter('A container name must be specified for tasks with multiple containers.');
  }
  if (container === undefined || containers.some(({ name }) => name === container)) return;
  throw invalidParameter(`The container ${container} was not found in the task.`);
}

function checkTask(scope: Scope, task: TaskRecord): void {
  if (!task.enableExecuteCommand) {
    throw invalidParameter(
      'The execute command failed because execute command was not enabled when the task was run or the execute ' +
        "command agent isn't running. Wait and try again or run a new task with execute command enabled and try again.",
    );
  }
  if (isRunning(task) && !isIpv6Only(scope, task)) return;
  throw new ApiError(
    'TargetNotConnectedException',
    'The execute command failed due to an internal error. Try again later.',
  );
}

function isIpv6Only(scope: Scope, { networkInterface, instance }: TaskRecord): boolean {
  if (networkInterface) return networkInterface.ipv4 === undefined;
  return instance !== undefined && hostAddresses(scope, instance.ec2InstanceId).ipv6Only;
}
