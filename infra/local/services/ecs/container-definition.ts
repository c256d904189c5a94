import type { ContainerDefinition, NetworkMode, PortMapping } from '@aws-sdk/client-ecs';

interface Network {
  readonly networkMode?: NetworkMode | undefined;
}

/** A container definition with the defaults that AWS shows for what was left out. */
export function completeContainer(given: ContainerDefinition, { networkMode }: Network): ContainerDefinition {
  return {
    cpu: 0,
    essential: true,
    environment: [],
    mountPoints: [],
    volumesFrom: [],
    systemControls: [],
    ...given,
    portMappings: (given.portMappings ?? []).map((mapping) => completeMapping(mapping, networkMode)),
  };
}

/** Outside a bridge, container and host ports are one. */
function completeMapping(given: PortMapping, networkMode: NetworkMode | undefined): PortMapping {
  const shared = networkMode === 'awsvpc' || networkMode === 'host';
  return {
    ...given,
    hostPort: given.hostPort ?? (shared ? given.containerPort : 0),
    protocol: given.protocol ?? 'tcp',
  };
}
