/** The services of a fleet, with all of their tasks running. */
import type { Scope } from '../../kernel/scope';
import { requireCluster } from '../../services/ecs/cluster';
import { primaryOf } from '../../services/ecs/deployment';
import type { DefinitionRecord, InstanceRecord, ServiceRecord, TaskRecord } from '../../services/ecs/records';
import { createService } from '../../services/ecs/service';
import { settledTask } from '../../services/ecs/settled-task';
import { NO_TAGS } from '../../services/ecs/tag';
import { registerTaskDefinition } from '../../services/ecs/task-definition';
import type { Launch } from '../../services/ecs/task-launch';
import { need } from '../seed-clients';
import type { FleetNetwork } from './fleet-network';
import { CONTAINER_PORT } from './fleet-network';
import type { ServicePlan } from './fleet-plan';

const CONTAINER = 'app';
/** MiB of one task. */
const TASK_MEMORY = 128;

/** What a service is put together from. */
export interface ServiceParts {
  readonly plan: ServicePlan;
  readonly cluster: string;
  readonly network: FleetNetwork;
  /** Hosts of the cluster that take tasks. */
  readonly hosts: readonly InstanceRecord[];
  /** The next host's turn; bridge tasks go round. */
  readonly turn: { next: number };
  readonly groupArn: string | undefined;
  readonly registryArn: string | undefined;
}

export interface FleetService {
  readonly service: ServiceRecord;
  readonly definition: DefinitionRecord;
  readonly tasks: readonly TaskRecord[];
}

function registerDefinition(scope: Scope, { name, networkMode, fault }: ServicePlan): DefinitionRecord {
  const host =
    fault === 'ipv4-image'
      ? `${scope.account}.dkr.ecr.${scope.region}.amazonaws.com`
      : `${scope.account}.dkr-ecr.${scope.region}.on.aws`;
  const awsvpc = networkMode === 'awsvpc';
  const portMappings = [{ containerPort: CONTAINER_PORT, ...(!awsvpc && { hostPort: 0 }) }];
  const container = { name: CONTAINER, image: `${host}/${name}:1`, essential: true, portMappings };
  const size = awsvpc ? { cpu: '256', memory: '512', requiresCompatibilities: ['FARGATE' as const] } : {};
  const memory = awsvpc ? {} : { memory: TASK_MEMORY };
  const containerDefinitions = [{ ...container, ...memory }];
  return registerTaskDefinition(scope, { family: name, networkMode, containerDefinitions, ...size }, scope.account);
}

function makeService(scope: Scope, parts: ServiceParts, definition: DefinitionRecord): ServiceRecord {
  const { plan, network, groupArn, registryArn } = parts;
  const awsvpc = plan.networkMode === 'awsvpc';
  const subnets = plan.fault === 'ipv4-network' ? network.ipv4SubnetIds : network.nativeSubnetIds;
  const port = { containerName: CONTAINER, containerPort: CONTAINER_PORT };
  const request = {
    serviceName: plan.name,
    desiredCount: plan.tasks,
    taskDefinition: definition.arn,
    launchType: awsvpc ? ('FARGATE' as const) : ('EC2' as const),
    ...(awsvpc && {
      networkConfiguration: {
        awsvpcConfiguration: { subnets: [...subnets], securityGroups: [network.securityGroupId] },
      },
    }),
    ...(groupArn !== undefined && { loadBalancers: [{ targetGroupArn: groupArn, ...port }] }),
    ...(registryArn !== undefined && { serviceRegistries: [{ registryArn, ...(!awsvpc && port) }] }),
  };
  const cluster = requireCluster(scope, parts.cluster);
  return createService(scope, { cluster, request, createdBy: scope.account });
}

/** What the service's scheduler would settle for each task before it starts it. */
function launchOf(service: ServiceRecord): Omit<Launch, 'instance' | 'network'> {
  const deployment = need(primaryOf(service), 'a deployment');
  const { definition, capacity } = deployment.revision;
  return {
    ...{ cluster: service.cluster, definition, capacity, service, deployment },
    capacityProviderName: undefined,
    group: `service:${service.name}`,
    startedBy: deployment.id,
    overrides: {},
    enableExecuteCommand: false,
    tags: NO_TAGS,
  };
}

function startTasks(scope: Scope, service: ServiceRecord, { plan, hosts, turn }: ServiceParts): readonly TaskRecord[] {
  const launch = launchOf(service);
  const settings = launch.deployment?.revision.network;
  return Array.from({ length: plan.tasks }, (_, index) => {
    if (!settings) {
      const instance = need(hosts[turn.next++ % hosts.length], 'a host');
      return settledTask(scope, { ...launch, network: undefined, instance });
    }
    const subnetId = need(settings.subnets[index % settings.subnets.length], 'a subnet');
    return settledTask(scope, { ...launch, network: { subnetId, settings }, instance: undefined });
  });
}

/** Makes the service's task definition, the service, and its tasks. */
export function createFleetService(scope: Scope, parts: ServiceParts): FleetService {
  const definition = registerDefinition(scope, parts.plan);
  const service = makeService(scope, parts, definition);
  return { service, definition, tasks: startTasks(scope, service, parts) };
}
