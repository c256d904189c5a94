/** Abilities that a container instance must have to run a task: computed by AWS, checked at placement. */
import type { Attribute, ContainerDefinition, RegisterTaskDefinitionRequest } from '@aws-sdk/client-ecs';

/** Private registry of ECR, IPv4-only or dual-stack host name. */
const ECR_IMAGE = /^\d{12}\.dkr[.-]ecr/;
const DOCKER = 'com.amazonaws.ecs.capability';

type Request = RegisterTaskDefinitionRequest;
type Requirement = readonly [name: string, needed: (request: Request) => boolean];

const someContainer = (request: Request, test: (container: ContainerDefinition) => boolean): boolean =>
  (request.containerDefinitions ?? []).some(test);
const logsTo =
  (driver: string) =>
  ({ logConfiguration }: ContainerDefinition): boolean =>
    logConfiguration?.logDriver === driver;
const fromEcr = ({ image = '' }: ContainerDefinition): boolean => ECR_IMAGE.test(image);

/** Names as the agent advertises them: https://github.com/aws/amazon-ecs-agent/blob/master/agent/app/agent_capability.go */
const REQUIREMENTS: readonly Requirement[] = [
  [`${DOCKER}.docker-remote-api.1.18`, () => true],
  [`${DOCKER}.docker-remote-api.1.19`, (request) => someContainer(request, logsTo('awslogs'))],
  [`${DOCKER}.logging-driver.awslogs`, (request) => someContainer(request, logsTo('awslogs'))],
  [`${DOCKER}.logging-driver.json-file`, (request) => someContainer(request, logsTo('json-file'))],
  [`${DOCKER}.ecr-auth`, (request) => someContainer(request, fromEcr)],
  [
    'ecs.capability.execution-role-ecr-pull',
    (request) => request.executionRoleArn !== undefined && someContainer(request, fromEcr),
  ],
  [
    'ecs.capability.execution-role-awslogs',
    (request) => request.executionRoleArn !== undefined && someContainer(request, logsTo('awslogs')),
  ],
  [`${DOCKER}.task-iam-role`, ({ taskRoleArn, networkMode }) => taskRoleArn !== undefined && networkMode !== 'host'],
  [
    `${DOCKER}.task-iam-role-network-host`,
    ({ taskRoleArn, networkMode }) => taskRoleArn !== undefined && networkMode === 'host',
  ],
  ['ecs.capability.task-eni', ({ networkMode }) => networkMode === 'awsvpc'],
  ['ecs.capability.task-cpu-mem-limit', ({ cpu, memory }) => cpu !== undefined || memory !== undefined],
  [
    'ecs.capability.container-health-check',
    (request) => someContainer(request, ({ healthCheck }) => healthCheck !== undefined),
  ],
  [`${DOCKER}.privileged-container`, (request) => someContainer(request, ({ privileged }) => privileged === true)],
];

export function requiredAttributes(request: Request): Attribute[] {
  return REQUIREMENTS.filter(([, needed]) => needed(request)).map(([name]) => ({ name }));
}

/** What the agent of an ECS-optimized Linux AMI advertises, as far as requirements go. */
export const AGENT_CAPABILITIES: readonly Attribute[] = [
  ...REQUIREMENTS.map(([name]) => ({ name })),
  { name: 'ecs.os-type', value: 'linux' },
];
