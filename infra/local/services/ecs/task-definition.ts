import type { Compatibility, NetworkMode, RegisterTaskDefinitionRequest, TaskDefinition } from '@aws-sdk/client-ecs';
import type { Scope } from '../../kernel/scope';
import { clientError } from './ecs-error';
import { completeContainer } from './container-definition';
import type { DefinitionRecord } from './records';
import { ecsArn, parseReference } from './reference';
import { requiredAttributes } from './required-attributes';
import { ecsState } from './store';
import { readTags } from './tag';
import { checkTaskDefinition } from './task-definition-check';
import { taskSize } from './task-size';

/** Registers the next revision of a family. */
export function registerTaskDefinition(
  scope: Scope,
  request: RegisterTaskDefinitionRequest,
  registeredBy: string,
): DefinitionRecord {
  checkTaskDefinition(request);
  const { families } = ecsState(scope);
  const family = request.family ?? '';
  const revisions = families.get(family) ?? [];
  const revision = revisions.length + 1;
  const arn = ecsArn(scope, 'task-definition', `${family}:${String(revision)}`);
  const record: DefinitionRecord = {
    arn,
    family,
    revision,
    definition: {
      ...described(request),
      taskDefinitionArn: arn,
      revision,
      registeredAt: scope.clock.now(),
      registeredBy,
    },
    tags: readTags(request.tags),
    deleted: false,
  };
  families.set(family, [...revisions, record]);
  return record;
}

/** `web` (its latest active revision), `web:3`, or an ARN; any status. */
export function findDefinition(scope: Scope, reference: string): DefinitionRecord | undefined {
  const { name } = parseReference(scope, 'task-definition', reference);
  const [family = '', revision] = name.split(':');
  const revisions = ecsState(scope).families.get(family) ?? [];
  const numbered = revision === undefined ? undefined : revisions[Number(revision) - 1];
  if (revision !== undefined) return numbered?.deleted ? undefined : numbered;
  return revisions.findLast(isActive);
}

/** The definition that a service or task is to run, which must be ACTIVE; `ClientException` otherwise. */
export function requireActiveDefinition(scope: Scope, reference: string): DefinitionRecord {
  const found = findDefinition(scope, reference);
  if (!found) throw clientError('TaskDefinition not found.');
  if (!isActive(found)) throw clientError('TaskDefinition is inactive');
  return found;
}

export function deregisterDefinition(scope: Scope, record: DefinitionRecord): void {
  if (!isActive(record)) return;
  record.definition = { ...record.definition, status: 'INACTIVE', deregisteredAt: scope.clock.now() };
}

export function isActive({ definition }: DefinitionRecord): boolean {
  return definition.status === 'ACTIVE';
}

/** Containers on Linux share the host's bridge unless something else is said. */
export function networkModeOf({ definition }: DefinitionRecord): NetworkMode {
  return definition.networkMode ?? 'bridge';
}

/** What AWS answers: the request with its defaults filled in and what it concludes. */
function described(request: RegisterTaskDefinitionRequest): TaskDefinition {
  const { tags: _, ...given } = request;
  const size = taskSize(request);
  return {
    ...given,
    cpu: size.cpu === undefined ? undefined : String(size.cpu),
    memory: size.memory === undefined ? undefined : String(size.memory),
    containerDefinitions: (request.containerDefinitions ?? []).map((each) => completeContainer(each, request)),
    volumes: request.volumes ?? [],
    placementConstraints: request.placementConstraints ?? [],
    status: 'ACTIVE',
    compatibilities: compatibilities(request),
    requiresAttributes: requiredAttributes(request),
  };
}

function compatibilities({ networkMode, requiresCompatibilities = [], ...request }: RegisterTaskDefinitionRequest) {
  const { cpu, memory } = taskSize(request);
  const fargate = networkMode === 'awsvpc' && cpu !== undefined && memory !== undefined;
  const found: Compatibility[] = networkMode === 'awsvpc' ? ['EC2'] : ['EXTERNAL', 'EC2'];
  if (fargate || requiresCompatibilities.includes('FARGATE')) found.push('FARGATE');
  const managed = networkMode === 'awsvpc' || networkMode === 'host';
  if (managed && requiresCompatibilities.includes('MANAGED_INSTANCES')) found.push('MANAGED_INSTANCES');
  return found;
}
