/** The agent on a host made for ECS starts with the host, and joins the cluster that the host's user data names. */
import type { Scope } from '../../kernel/scope';
import { defineStore } from '../../kernel/scope';
import { findInstance } from '../ec2/instance';
import { onInstanceState } from '../ec2/instance-lifecycle';
import { findCluster } from './cluster';
import { registerContainerInstance } from './container-instance-registration';
import { findHost, hostAddresses } from './host';
import { timings } from './timings';

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-agent-config.html */
const CLUSTER_SETTING = /(?:^|[\s"';])ECS_CLUSTER=["']?([a-zA-Z0-9_-]+)/m;

const watching = defineStore((scope) => ({
  stop: onInstanceState(scope, ({ instanceId, state }) => {
    if (state === 'running') scope.clock.after(timings(scope).step, () => join(scope, instanceId));
  }),
}));

/** Starts watching, once for each scope. */
export function watchBoots(scope: Scope): void {
  watching(scope);
}

/** A host that names no cluster stays out, though AWS would put it into `default`: few mean that. */
function join(scope: Scope, ec2InstanceId: string): void {
  const host = findHost(scope, ec2InstanceId);
  const name = clusterNamed(scope, ec2InstanceId);
  if (host?.state !== 'running' || host.agentVersion === undefined || name === undefined) return;
  if (findCluster(scope, name)?.status !== 'ACTIVE' || !reachesEcs(scope, ec2InstanceId, host.agentVersion)) return;
  registerContainerInstance(scope, { cluster: name, ec2InstanceId });
}

function clusterNamed(scope: Scope, ec2InstanceId: string): string | undefined {
  const { userData } = findInstance(scope, ec2InstanceId) ?? {};
  return userData === undefined ? undefined : CLUSTER_SETTING.exec(Buffer.from(userData, 'base64').toString())?.[1];
}

/** Agents before 1.98.0 know IPv4 endpoints only: https://github.com/aws/amazon-ecs-agent/pull/4695; what follows is a conclusion. */
function reachesEcs(scope: Scope, ec2InstanceId: string, agentVersion: string): boolean {
  const [major = 0, minor = 0] = agentVersion.split('.').map(Number);
  return !hostAddresses(scope, ec2InstanceId).ipv6Only || major > 1 || minor >= 98;
}
