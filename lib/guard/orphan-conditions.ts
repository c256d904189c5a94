/**
 * What must be true before something that looks like an orphan may be removed. Each check answers with the reason why
 * not, or with nothing. Whatever is not provable is a reason: the finding stands, and people decide.
 */
import ipaddr from 'ipaddr.js';
import type { DeregisterCloudMapInstanceAction, DeregisterTargetAction } from '../plan/action';
import type { DeregisterGuard } from '../policy/policy';
import { canonicalAddress, isInside } from '../snapshot/address';
import { gapFor } from '../snapshot/gap';
import { enteredBy, ownerOfCloudMapInstance, ownerOfTarget, registeredBy, type Ownership } from '../snapshot/ownership';
import type { Collection, Service, Snapshot, Target, TargetGroup, Task } from '../snapshot/snapshot';
import { containerInstancesOf } from '../snapshot/usage';
import type { Objection } from './objection';
import { whyUnsteady } from './steady-service';

const notSure = (reason: string): Objection => ({ code: 'not-orphan-for-sure', reason });

function gapObjection(snapshot: Snapshot, collections: readonly Collection[]): Objection | undefined {
  const gap = collections.map((collection) => gapFor(snapshot, collection)).find((found) => found !== undefined);
  if (!gap) return undefined;
  return { code: 'depends-on-gap', reason: `${gap.call} could not be read completely (${gap.reason})` };
}

type Check = () => Objection | undefined;

/** The first objection, in order; later checks are not asked. */
const first = (...checks: readonly Check[]): Objection | undefined => {
  for (const check of checks) {
    const objection = check();
    if (objection) return objection;
  }
  return undefined;
};

/**
 * Whichever rule asks for the removal: what a task owns is ECS's, which would register it again at once.
 * @param task for which ECS registered it, where the policy lets that go
 */
function ownerObjection(owner: Ownership, task: Task | undefined): Objection | undefined {
  if (task) return undefined;
  switch (owner.kind) {
    case 'orphan':
      return undefined;
    case 'owned':
      return notSure(`task ${owner.task.arn} owns it`);
    case 'foreign':
      return notSure(owner.reason);
    case 'unknown':
      return { code: 'depends-on-gap', reason: `${owner.cause.call}: ${owner.cause.message} (${owner.cause.reason})` };
  }
}

function deploymentObjection(service: Service): Objection | undefined {
  const reason = whyUnsteady(service);
  return reason === undefined ? undefined : notSure(reason);
}

/** The group must be the primary group of exactly one service, and nobody else's. */
function groupObjection(snapshot: Snapshot, groupArn: string): Objection | undefined {
  const { primary, secondary, autoScalingGroups } = snapshot.registrars;
  if (secondary.has(groupArn)) return notSure('the group is an alternate or task-set group of a service');
  if (autoScalingGroups.has(groupArn)) return notSure('an Auto Scaling group registers targets in the group');
  const owners = primary.get(groupArn) ?? [];
  const [owner, ...others] = owners;
  if (owner === undefined || others.length > 0) {
    return notSure(`the group belongs to ${String(owners.length)} ECS services, not to exactly one`);
  }
  const service = snapshot.services.get(owner);
  return service ? deploymentObjection(service) : notSure('the service of the group could not be read');
}

function healthObjection({ state }: Target, isAllowed: boolean): Objection | undefined {
  if (state === 'draining' || state === 'unhealthy.draining') return notSure('it is draining already');
  if (isAllowed) return undefined;
  if (state === 'initial' || state === 'unavailable') return notSure(`it is ${state}: its health is not known`);
  if (state === 'healthy') {
    return notSure('it is healthy: something answers there (guard.deregister.healthyOrphans: allow removes it)');
  }
  return undefined;
}

/**
 * An address outside the group's own VPC, or one that an interface holds, may be anybody's. Interfaces of others in a
 * VPC that another account shares are not shown: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-sharing.html
 */
function addressObjection(snapshot: Snapshot, target: Target, { vpcId }: TargetGroup): Objection | undefined {
  const vpc = vpcId === undefined ? undefined : snapshot.vpcs.get(vpcId);
  if (!vpc) return notSure('the VPC of the group could not be read');
  if (vpc.ownerId !== undefined && vpc.ownerId !== snapshot.account) {
    return notSure(`account ${vpc.ownerId} shares the group's VPC, and who else has the address there is not shown`);
  }
  if (!ipaddr.isValid(target.targetId)) return notSure('its id is no IP address');
  if (!isInside(target.targetId, [...vpc.ipv4Cidrs, ...vpc.ipv6Cidrs])) {
    return notSure(`${target.targetId} lies outside the group's VPC ${vpc.id}`);
  }
  const holder = snapshot.addressHolders.get(canonicalAddress(target.targetId));
  return holder ? notSure(`network interface ${holder.networkInterfaceId} holds the address`) : undefined;
}

/** ECS registers its own hosts. What else runs may be anyone's, of whom nobody here knows why it does not answer. */
function hostObjection(snapshot: Snapshot, { targetId }: Target): Objection | undefined {
  if (containerInstancesOf(snapshot, targetId).length > 0 || !snapshot.instances.has(targetId)) return undefined;
  return notSure(`${targetId} is no container instance: somebody else may have registered it`);
}

const TARGET_READS = ['targets', 'targetGroups', 'services', 'tasks', 'stoppingTasks', 'registrars'] as const;
const ADDRESS_READS = ['vpcs', 'addressHolders'] as const;
/** Which task sits on which EC2 instance, and which instances there are. */
const HOST_READS = ['containerInstances', 'instances'] as const;

/** Everything that must hold for a target, sightings and budgets apart. */
export function targetObjection(
  action: DeregisterTargetAction,
  snapshot: Snapshot,
  settings: DeregisterGuard,
): Objection | undefined {
  const target = snapshot.targets.get(action.resource);
  const group = snapshot.targetGroups.get(action.targetGroupArn);
  if (!target || !group) return notSure('it is not registered any more');
  const isAddress = group.targetType === 'ip';
  const placeObjection = isAddress ? addressObjection : hostObjection;
  const task = settings.ecsManaged === 'allow' ? registeredBy(snapshot, target) : undefined;
  return first(
    () => gapObjection(snapshot, [...TARGET_READS, ...(isAddress ? ADDRESS_READS : HOST_READS)]),
    () => groupObjection(snapshot, group.arn),
    () => ownerObjection(ownerOfTarget(snapshot, target), task),
    // what a task answers is healthy, as a rule: how many have to be left is counted
    () => healthObjection(target, task !== undefined || settings.healthyOrphans === 'allow'),
    () => (task ? undefined : placeObjection(snapshot, target, group)),
  );
}

const CLOUDMAP_READS = ['cloudMapInstances', 'services', 'tasks', 'stoppingTasks'] as const;
/** Without a task's id, a registration is known by address or by host and port. */
const HOLDER_READS = ['containerInstances', 'instances'] as const;

/** Only what ECS registered for a service of a cluster that is ours, here. */
export function cloudMapObjection(
  action: DeregisterCloudMapInstanceAction,
  snapshot: Snapshot,
  { ecsManaged }: DeregisterGuard,
): Objection | undefined {
  const instance = snapshot.cloudMapInstances.get(action.resource);
  if (!instance) return notSure('it is not registered any more');
  const { ecsClusterName, ecsServiceName } = instance;
  return first(
    () => gapObjection(snapshot, [...CLOUDMAP_READS, ...HOLDER_READS]),
    () => {
      const cluster = [...snapshot.clusters.values()].find((one) => one.name === ecsClusterName);
      const service = [...snapshot.services.values()].find(
        (one) => one.clusterArn === cluster?.arn && one.name === ecsServiceName,
      );
      if (!service) return notSure('ECS_CLUSTER_NAME and ECS_SERVICE_NAME name no service of this account and region');
      if (!service.registries.some(({ registryArn }) => registryArn === instance.serviceArn))
        return notSure(`${service.name} does not name this Cloud Map service as its registry`);
      return deploymentObjection(service);
    },
    () =>
      ownerObjection(
        ownerOfCloudMapInstance(snapshot, instance),
        ecsManaged === 'allow' ? enteredBy(snapshot, instance) : undefined,
      ),
  );
}
