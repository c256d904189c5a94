/** Task definitions in our own terms. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TaskDefinition.html */
import type * as ecs from '@aws-sdk/client-ecs';
import { launchTypes, toTags } from './ecs-shapes';
import { systemOf } from './operating-system';
import { distinct, pick } from './pick';
import type { ContainerDefinition, NetworkMode, PortMapping, TaskDefinition } from './snapshot';
import type { ContainerLogging } from './task-resources';

const architectures = ['x86_64', 'arm64'] as const;
const networkModes: readonly NetworkMode[] = ['awsvpc', 'bridge', 'host', 'none'];

/**
 * Options of log drivers that name where logs go. `endpoint` and `Host` are those of Fluent Bit, which FireLens passes on.
 * https://docs.docker.com/engine/logging/configure/#supported-logging-drivers, https://docs.fluentbit.io/manual/pipeline/outputs
 */
const ENDPOINT_OPTIONS = new Set([
  ...['awslogs-endpoint', 'endpoint', 'host', 'splunk-url'],
  ...['fluentd-address', 'gelf-address', 'syslog-address'],
]);

function toLogging({ logDriver, options = {} }: ecs.LogConfiguration): ContainerLogging {
  const named = Object.entries(options).filter(([name]) => ENDPOINT_OPTIONS.has(name.toLowerCase()));
  return { driver: logDriver ?? '', endpoints: Object.fromEntries(named) };
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html: 0 is as good as nothing. */
function toPorts(mappings: readonly ecs.PortMapping[]): readonly PortMapping[] {
  return mappings.flatMap(({ containerPort, hostPort = 0 }) =>
    containerPort === undefined ? [] : [{ containerPort, hostPort: hostPort === 0 ? undefined : hostPort }],
  );
}

function toContainer({
  name = '',
  image,
  logConfiguration,
  portMappings,
}: ecs.ContainerDefinition): ContainerDefinition {
  const ports = portMappings && toPorts(portMappings);
  return { name, image, logging: logConfiguration && toLogging(logConfiguration), ports };
}

function fileSystemsOf({ volumes = [] }: ecs.TaskDefinition): readonly string[] {
  return distinct(volumes.map(({ efsVolumeConfiguration }) => efsVolumeConfiguration?.fileSystemId));
}

export function toTaskDefinition(definition: ecs.TaskDefinition, tags: readonly ecs.Tag[]): TaskDefinition {
  const { taskDefinitionArn: arn = '', family = '', revision = 0, networkMode, runtimePlatform } = definition;
  return {
    arn,
    family,
    revision,
    networkMode: pick(networkModes, networkMode) ?? 'default',
    operatingSystem: systemOf(runtimePlatform?.operatingSystemFamily),
    architecture: pick(architectures, runtimePlatform?.cpuArchitecture?.toLowerCase()),
    requiresCompatibilities: distinct((definition.requiresCompatibilities ?? []).map((one) => pick(launchTypes, one))),
    containers: (definition.containerDefinitions ?? []).map(toContainer),
    fileSystemIds: fileSystemsOf(definition),
    tags: toTags(tags),
  };
}
