/** Refusals of RegisterTaskDefinition: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html */
import type { ContainerDefinition, PortMapping, RegisterTaskDefinitionRequest } from '@aws-sdk/client-ecs';
import { clientError } from './ecs-error';
import { isName } from './reference';
import { fitsFargate, taskSize } from './task-size';

type Request = RegisterTaskDefinitionRequest;

/** Throws `ClientException` with AWS's text for what is wrong first. */
export function checkTaskDefinition(request: Request): void {
  const { family = '', containerDefinitions = [] } = request;
  if (!isName(family)) throw clientError('Family should match ^[a-zA-Z0-9\\-_]{1,255}$.');
  if (containerDefinitions.length === 0) throw clientError('Container list cannot be empty.');
  for (const container of containerDefinitions) checkContainer(container, request);
  checkNames(containerDefinitions);
  if (!containerDefinitions.some(({ essential }) => essential !== false)) {
    throw clientError('At least one container in a task definition must be marked as essential.');
  }
  if (request.requiresCompatibilities?.includes('FARGATE')) checkFargate(request);
}

function checkContainer(container: ContainerDefinition, request: Request): void {
  const { name = '', image = '', memory, memoryReservation } = container;
  if (name === '') throw clientError('Container.name should not be null or empty.');
  if (image === '') throw clientError('Container.image should not be null or empty.');
  if (request.memory === undefined && memory === undefined && memoryReservation === undefined) {
    throw clientError(
      `Invalid setting for container '${name}'. At least one of 'memory' or 'memoryReservation' must be specified.`,
    );
  }
  checkPorts(container, request);
}

function checkPorts({ portMappings = [], links = [] }: ContainerDefinition, { networkMode = 'bridge' }: Request): void {
  if (networkMode === 'none' && portMappings.length > 0) {
    throw clientError('Port mappings are not supported when networkMode=none.');
  }
  if (networkMode !== 'bridge' && links.length > 0) {
    throw clientError(`Links are not supported when networkMode=${networkMode}.`);
  }
  if (['awsvpc', 'host'].includes(networkMode) && portMappings.some(differs)) {
    throw clientError(
      `When networkMode=${networkMode}, the host ports and container ports in port mappings must match.`,
    );
  }
}

function differs({ hostPort, containerPort }: PortMapping): boolean {
  return hostPort !== undefined && hostPort !== containerPort;
}

function checkNames(containers: readonly ContainerDefinition[]): void {
  const names = containers.map(({ name }) => name);
  if (new Set(names).size !== names.length) throw clientError('Container names in a task definition must be unique.');
}

function checkFargate(request: Request): void {
  if (request.networkMode !== 'awsvpc') throw clientError("Fargate only supports network mode 'awsvpc'.");
  const { cpu, memory } = taskSize(request);
  if (cpu === undefined) throw clientError("Fargate requires that 'cpu' be defined at the task level.");
  if (memory === undefined) throw clientError("Fargate requires that 'memory' be defined at the task level.");
  if (fitsFargate(cpu, memory)) return;
  throw clientError(
    `No Fargate configuration exists for given values: ${String(cpu)} CPU, ${String(memory)} memory. ` +
      'See the Amazon ECS documentation for the valid values.',
  );
}
