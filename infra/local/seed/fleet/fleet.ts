/**
 * An account of any size, made at a stroke: not over the wire, but by the same behaviour that answers it, so that
 * everything in it fits together. Some of it is wrong, and what is wrong is known.
 */
import type { SimulatedClock } from '../../kernel/clock';
import type { Scope } from '../../kernel/scope';
import { createCluster } from '../../services/ecs/cluster';
import type { InstanceRecord } from '../../services/ecs/records';
import { registerTargets } from '../../services/elbv2/targets';
import { registerInstance } from '../../services/servicediscovery/instances';
import { putParameter } from '../../services/ssm/parameters';
import { CHECK_SECONDS, createBalancing, startNamespace } from './fleet-balancing';
import { launchHosts, registerHosts, type LaunchedHost } from './fleet-hosts';
import { CONTAINER_PORT, createFleetNetwork, type FleetNetwork } from './fleet-network';
import type { ClusterPlan, FleetPlan, ServicePlan } from './fleet-plan';
import { createFleetService, type FleetService } from './fleet-services';

/** What the fleet's people want: everything IPv6-only, and nothing done about it yet. */
export const FLEET_POLICY = `version: 1
mode: observe
scopes:
  - name: fleet
    match: { clusters: ["*"] }
    posture: ipv6-only
`;

/** Until instances run and the namespace is there. */
const BOOT_MS = 3_000;
/** Until load balancers have made up their minds about every target, which takes two checks, and schedulers about that. */
const SETTLE_MS = 2.5 * CHECK_SECONDS * 1_000;
/** How much later it is once a fleet is there. */
export const FLEET_HISTORY_MS = BOOT_MS + SETTLE_MS;

export interface MadeService extends FleetService {
  readonly plan: ServicePlan;
  readonly groupArn: string | undefined;
  readonly registryArn: string | undefined;
}

export interface Fleet {
  readonly services: readonly MadeService[];
  readonly hosts: readonly LaunchedHost[];
  /** Keys of what was left behind: `<target-group-arn>#<address>:<port>`. */
  readonly orphanTargets: readonly string[];
  /** `<service-arn>#<instance-id>` */
  readonly orphanRegistrations: readonly string[];
}

interface Account {
  readonly scope: Scope;
  readonly clock: SimulatedClock;
}

/** Makes what the plan says, and lets the account's clock run until everything has come to rest. */
export async function createFleet({ scope, clock }: Account, plan: FleetPlan): Promise<Fleet> {
  putParameter(scope, {
    ...{ name: '/ecs-ipv6/policy', value: FLEET_POLICY, type: 'String', overwrite: true },
    ...{ tier: undefined, description: undefined },
  });
  const network = createFleetNetwork(scope);
  startNamespace(scope, network);
  const settings = [{ name: 'containerInsights' as const, value: 'enhanced' }];
  for (const { name } of plan.clusters) createCluster(scope, { clusterName: name, settings });
  const hosts = plan.clusters.flatMap((cluster) => launchHosts(scope, network, cluster));
  await clock.advance(BOOT_MS);
  const workers = registerHosts(scope, hosts);
  const services: MadeService[] = [];
  for (const cluster of plan.clusters) services.push(...(await createServices(scope, { cluster, network, workers })));
  const orphans = leaveOrphans(scope, network, services);
  await clock.advance(SETTLE_MS);
  return { services, hosts, ...orphans };
}

interface ClusterParts {
  readonly cluster: ClusterPlan;
  readonly network: FleetNetwork;
  readonly workers: readonly InstanceRecord[];
}

async function createServices(scope: Scope, { cluster, network, workers }: ClusterParts): Promise<MadeService[]> {
  const balancing = await createBalancing(scope, network, cluster.name);
  const hosts = workers.filter((host) => host.cluster.name === cluster.name);
  const turn = { next: 0 };
  const made: MadeService[] = [];
  for (const plan of cluster.services) {
    const groupArn = plan.targetGroup ? await balancing.groupFor(plan) : undefined;
    const registryArn = plan.registry ? await balancing.registryFor(plan) : undefined;
    const parts = { plan, cluster: cluster.name, network, hosts, turn, groupArn, registryArn };
    made.push({ ...createFleetService(scope, parts), plan, groupArn, registryArn });
  }
  return made;
}

/** What a crashed deregistration leaves behind. */
function leaveOrphans(
  scope: Scope,
  network: FleetNetwork,
  services: readonly MadeService[],
): Pick<Fleet, 'orphanTargets' | 'orphanRegistrations'> {
  const orphanTargets: string[] = [];
  const orphanRegistrations: string[] = [];
  for (const [index, { plan, service, groupArn, registryArn }] of services.entries()) {
    const address = network.deadAddress(index);
    if (plan.fault === 'orphan-target' && groupArn !== undefined) {
      registerTargets(scope, { targetGroupArn: groupArn, targets: [{ id: address, port: CONTAINER_PORT }] });
      orphanTargets.push(`${groupArn}#${address}:${String(CONTAINER_PORT)}`);
    }
    if (plan.fault === 'orphan-registration' && registryArn !== undefined) {
      const instanceId = scope.ids.hex(32);
      const owner = { ECS_CLUSTER_NAME: service.cluster.name, ECS_SERVICE_NAME: service.name, REGION: scope.region };
      registerInstance(scope, {
        serviceId: registryArn,
        instanceId,
        attributes: { AWS_INSTANCE_IPV6: address, ...owner },
      });
      orphanRegistrations.push(`${registryArn}#${instanceId}`);
    }
  }
  return { orphanTargets, orphanRegistrations };
}
