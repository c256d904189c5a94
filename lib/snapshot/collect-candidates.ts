/**
 * What looks like an orphan gets a second look before anyone may call it one: tasks on their way out still hold their
 * addresses, a group may have other users, an interface may hold the address. Read for candidates only.
 */
import { collectAddressHolders } from './collect-address-holders';
import { collectClustersOf } from './collect-clusters';
import { findHosts } from './collect-container-instances';
import { collectInstancesNamed } from './collect-instances';
import { collectVpcs } from './collect-networks';
import { collectRegistrars } from './collect-registrars';
import { describeTasks, listTasks } from './collect-tasks';
import { toSnapshot } from './draft';
import { enteredBy, ownerOfCloudMapInstance, ownerOfTarget, registeredBy } from './ownership';
import { distinct } from './pick';
import type { Session } from './session';
import type { CloudMapInstance, ContainerInstance, Snapshot, Target } from './snapshot';
import { queriesOfHosts, queriesOfServices } from './task-queries';
import { serviceNamed, usersOfTargetGroup } from './usage';

interface Candidates {
  readonly targets: readonly Target[];
  readonly instances: readonly CloudMapInstance[];
}

/** They leave by themselves. */
const LEAVING = new Set(['draining', 'unhealthy.draining']);

/** Reached over IPv4, which is why a policy may let it go although a task owns it. */
const isOfIpv4 = (snapshot: Snapshot, { targetGroupArn }: Target): boolean =>
  snapshot.targetGroups.get(targetGroupArn)?.ipAddressType === 'ipv4';

function candidatesIn(snapshot: Snapshot, { takesOwned }: Session): Candidates {
  const isTaken = (target: Target) => isOfIpv4(snapshot, target) && registeredBy(snapshot, target) !== undefined;
  const isEntryTaken = (one: CloudMapInstance) => one.ipv4 !== undefined && enteredBy(snapshot, one) !== undefined;
  return {
    targets: [...snapshot.targets.values()].filter(
      (target) =>
        !LEAVING.has(target.state) &&
        (ownerOfTarget(snapshot, target).kind === 'orphan' || (takesOwned && isTaken(target))),
    ),
    instances: [...snapshot.cloudMapInstances.values()].filter(
      (one) => ownerOfCloudMapInstance(snapshot, one).kind === 'orphan' || (takesOwned && isEntryTaken(one)),
    ),
  };
}

const typeOf = ({ draft }: Session, { targetGroupArn }: Target) => draft.targetGroups.get(targetGroupArn)?.targetType;

/** Hosts that instance targets name, in whichever cluster they are. */
async function hostsOfTargets(session: Session, targets: readonly Target[]): Promise<readonly ContainerInstance[]> {
  const named = targets.filter((target) => typeOf(session, target) === 'instance');
  return findHosts(session, distinct(named.map(({ targetId }) => targetId)));
}

/** Services whose tasks could have what the candidates are registered for. */
function servicesOf(snapshot: Snapshot, { targets, instances }: Candidates): readonly string[] {
  const ofTargets = targets.flatMap(({ targetGroupArn }) => usersOfTargetGroup(snapshot, targetGroupArn));
  const ofInstances = instances.map(
    ({ ecsClusterName = '', ecsServiceName = '' }) => serviceNamed(snapshot, ecsClusterName, ecsServiceName)?.arn,
  );
  return distinct([...ofTargets, ...ofInstances]);
}

/**
 * Tasks that ECS is stopping: not in the usual lists, and still alive. They are listed last: the other way round, a task
 * that is told to stop between two lists would be on neither.
 */
async function collectStoppingTasks(
  session: Session,
  services: readonly string[],
  hosts: readonly ContainerInstance[],
) {
  // on a host, any task counts, not only those of the services at hand
  const running = await listTasks(session, queriesOfHosts(hosts), 'tasks');
  const queries = [...queriesOfServices(session, services), ...queriesOfHosts(hosts)];
  const stopping = await listTasks(
    session,
    queries.map((query) => ({ ...query, desiredStatus: 'STOPPED' })),
    'stoppingTasks',
  );
  const unknown = (arns: typeof stopping) => arns.filter(([arn]) => !session.draft.tasks.has(arn));
  const described = [
    await describeTasks(session, unknown(stopping), 'stoppingTasks'),
    await describeTasks(session, unknown(running), 'tasks'),
  ];
  for (const task of described.flatMap(({ tasks }) => tasks)) session.draft.tasks.set(task.arn, task);
}

/** What runs behind instance targets, the others of the group included: they are counted by zone. */
async function collectInstancesIn(session: Session, groups: readonly string[]): Promise<void> {
  const targets = [...session.draft.targets.values()].filter((target) => groups.includes(target.targetGroupArn));
  const hosts = targets.filter((target) => typeOf(session, target) === 'instance');
  await collectInstancesNamed(
    session,
    hosts.map(({ targetId }) => targetId),
  );
}

async function collectForTargets(session: Session, targets: readonly Target[]): Promise<void> {
  if (targets.length === 0) return;
  const groups = distinct(targets.map(({ targetGroupArn }) => targetGroupArn));
  await collectRegistrars(session, new Set(groups));
  const addresses = targets.filter((target) => typeOf(session, target) === 'ip').map(({ targetId }) => targetId);
  const vpcIds = distinct(groups.map((arn) => session.draft.targetGroups.get(arn)?.vpcId));
  await collectInstancesIn(session, groups);
  await collectAddressHolders(session, addresses, vpcIds);
  await collectVpcs(session, vpcIds);
}

/** The extra reads for what looks like an orphan; false if nothing does. */
export async function collectCandidates(session: Session): Promise<boolean> {
  const snapshot = toSnapshot(session.draft);
  const candidates = candidatesIn(snapshot, session);
  if (candidates.targets.length + candidates.instances.length === 0) return false;
  const services = servicesOf(snapshot, candidates);
  await collectStoppingTasks(session, services, await hostsOfTargets(session, candidates.targets));
  await collectForTargets(session, candidates.targets);
  const clusters = services.map((arn) => session.draft.services.get(arn)?.clusterArn);
  await collectClustersOf(session, distinct(clusters));
  return true;
}
