import type { Attribute, Tag, VersionInfo } from '@aws-sdk/client-ecs';
import type { Scope } from '../../kernel/scope';
import { speaksIpv6Alone } from './agent-version';
import { requireCluster } from './cluster';
import { registerInstance } from './container-instance';
import { watchHosts } from './host-watch';
import { findHost } from './host';
import type { Host } from './host';
import { hostResources } from './host-resources';
import type { HostResources, InstanceRecord } from './records';
import { AGENT_CAPABILITIES } from './required-attributes';
import { reconsiderCluster } from './service-schedule';
import { readTags } from './tag';

export interface ContainerInstanceRequest {
  /** Name or ARN; the default cluster if absent. */
  readonly cluster?: string | undefined;
  /** A running EC2 instance. */
  readonly ec2InstanceId: string;
  /** What is left out is that of the agent on the instance's image, or of a recent agent. */
  readonly versionInfo?: VersionInfo | undefined;
  /** The instance type's, less what the system keeps, if absent. */
  readonly resources?: HostResources | undefined;
  /** What the agent says it can; an ECS-optimized Linux image's abilities if absent. */
  readonly attributes?: readonly Attribute[] | undefined;
  readonly tags?: readonly Tag[] | undefined;
  /** Of Managed Instances. */
  readonly capacityProviderName?: string;
  readonly managed?: boolean;
}

/** A recent agent and Docker: https://github.com/aws/amazon-ecs-agent/releases */
export const RECENT: VersionInfo = {
  agentVersion: '1.105.1',
  agentHash: 'c2b9a4d1',
  dockerVersion: 'DockerVersion: 25.0.14',
};
/** MiB that the operating system keeps of an instance's memory: about 3 %. */
const SYSTEM_SHARE = 0.03;

/**
 * Does what the agent on an instance does when it starts. Throws `ClusterNotFoundException`, or `ClientException`
 * where EC2 has no such running instance.
 */
export function registerContainerInstance(scope: Scope, request: ContainerInstanceRequest): InstanceRecord {
  const cluster = requireCluster(scope, request.cluster);
  const host = findHost(scope, request.ec2InstanceId);
  const versionInfo = { ...RECENT, ...versionsOn(host), ...request.versionInfo };
  watchHosts(scope);
  const instance = registerInstance(scope, cluster, {
    ec2InstanceId: request.ec2InstanceId,
    versionInfo,
    resources: request.resources ?? resourcesOf(host),
    attributes: request.attributes ?? capabilities(versionInfo),
    tags: readTags(request.tags),
    capacityProviderName: request.capacityProviderName,
    managed: request.managed ?? false,
  });
  reconsiderCluster(scope, cluster);
  return instance;
}

function versionsOn(host: Host | undefined): VersionInfo {
  if (host?.agentVersion === undefined) return {};
  return { agentVersion: host.agentVersion, dockerVersion: `DockerVersion: ${String(host.dockerVersion)}` };
}

function resourcesOf(host: Host | undefined): HostResources {
  return hostResources(host?.cpu ?? 0, Math.floor((host?.memory ?? 0) * (1 - SYSTEM_SHARE)));
}

export function capabilities({ agentVersion = '' }: VersionInfo): readonly Attribute[] {
  return speaksIpv6Alone(agentVersion)
    ? [...AGENT_CAPABILITIES, { name: 'ecs.capability.ipv6-only' }]
    : AGENT_CAPABILITIES;
}
