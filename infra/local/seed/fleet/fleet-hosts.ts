/** The hosts of a fleet: EC2 instances in IPv6-only subnets, registered with their clusters. */
import type { Scope } from '../../kernel/scope';
import { IMAGES } from '../../services/ec2/image';
import { findInstanceType } from '../../services/ec2/instance-type';
import { launchInstances } from '../../services/ec2/launch';
import { registerContainerInstance } from '../../services/ecs/container-instance-registration';
import type { InstanceRecord } from '../../services/ecs/records';
import { need } from '../seed-clients';
import type { FleetNetwork } from './fleet-network';
import type { ClusterPlan, HostFault } from './fleet-plan';
import { TASKS_PER_HOST } from './fleet-plan';

const INSTANCE_TYPE = 'm5.xlarge';
const AGENT = { recent: '1.105.1', old: '1.98.0' };

export interface LaunchedHost {
  readonly cluster: string;
  readonly ec2InstanceId: string;
  readonly fault: HostFault | undefined;
}

/** Launches what the cluster's bridge tasks need, and one host for each fault; they run two seconds later. */
export function launchHosts(scope: Scope, network: FleetNetwork, plan: ClusterPlan): readonly LaunchedHost[] {
  const bridgeTasks = plan.services
    .filter(({ networkMode }) => networkMode === 'bridge')
    .reduce((sum, { tasks }) => sum + tasks, 0);
  const old = plan.hostFaults.filter((fault) => fault === 'old-agent');
  const empty = plan.hostFaults.filter((fault) => fault === 'no-primary-ipv6');
  // hosts with old agents run tasks like others
  const busy = Array.from({ length: Math.max(Math.ceil(bridgeTasks / TASKS_PER_HOST), old.length) }, (_, i) => old[i]);
  return [...busy, ...empty].map((fault, index) => ({
    cluster: plan.name,
    ec2InstanceId: launch(scope, network, { subnet: index % 2, primaryIpv6: fault !== 'no-primary-ipv6' }),
    fault,
  }));
}

function launch(
  scope: Scope,
  { nativeSubnetIds, securityGroupId }: FleetNetwork,
  { subnet, primaryIpv6 }: { readonly subnet: number; readonly primaryIpv6: boolean },
): string {
  const image = IMAGES.find(({ architecture, ecs }) => architecture === 'x86_64' && ecs);
  const subnetId = nativeSubnetIds[subnet] ?? nativeSubnetIds[0];
  const create = { subnetId, groups: [securityGroupId], ipv6: { count: 1 }, primaryIpv6 };
  const [instance] = launchInstances(scope, {
    image: need(image, 'an image'),
    type: need(findInstanceType(INSTANCE_TYPE), INSTANCE_TYPE),
    minCount: 1,
    maxCount: 1,
    interfaces: [{ deviceIndex: 0, deleteOnTermination: true, create }],
  });
  return need(instance, 'an instance').id;
}

/** Does what the agent of each host does once it is up; gives the hosts that tasks can run on. */
export function registerHosts(scope: Scope, hosts: readonly LaunchedHost[]): readonly InstanceRecord[] {
  return hosts.flatMap(({ cluster, ec2InstanceId, fault }) => {
    const agentVersion = fault === 'old-agent' ? AGENT.old : AGENT.recent;
    const record = registerContainerInstance(scope, { cluster, ec2InstanceId, versionInfo: { agentVersion } });
    return fault === 'no-primary-ipv6' ? [] : [record];
  });
}
