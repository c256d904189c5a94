/** The agent on a host made for ECS starts with the host, and joins the cluster that the host's user data names. */
import type { Scope } from '../../kernel/scope';
import { defineStore } from '../../kernel/scope';
import { onInstanceState } from '../ec2/instance-lifecycle';
import { agentConfig } from './agent-config';
import { reachesEcs } from './agent-ip-compatibility';
import { findCluster } from './cluster';
import { registerContainerInstance } from './container-instance-registration';
import { findHost } from './host';
import { timings } from './timings';

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
  const { cluster: name } = agentConfig(scope, ec2InstanceId);
  if (host?.state !== 'running' || host.agentVersion === undefined || name === undefined) return;
  if (findCluster(scope, name)?.status !== 'ACTIVE' || !reachesEcs(scope, ec2InstanceId, host.agentVersion)) return;
  registerContainerInstance(scope, { cluster: name, ec2InstanceId });
}
