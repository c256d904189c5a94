import { gapFor, type Gap } from '../../snapshot/gap';
import type {
  ContainerInstance,
  Instance,
  NetworkMode,
  Service,
  Snapshot,
  TargetGroup,
  Task,
} from '../../snapshot/snapshot';
import {
  containerInstancesOf,
  networkModeOf,
  serviceOfTask,
  servicesInCluster,
  tasksOfService,
  tasksOnContainerInstance,
} from '../../snapshot/usage';
import { firstGap } from '../evidence/first-gap';
import { inService } from '../host/in-service';
import { refusalOf, type Refusal } from '../host/refusal';
import { listed } from '../wording/counted';
import { groupsOf } from './obstacle';

/** An instance that ECS tries to register, and that load balancing refuses. */
export interface BlockedRegistration {
  readonly refused: readonly { readonly group: TargetGroup; readonly why: Refusal }[];
  /** Those whose tasks are to be registered by the instance in one of the groups, or were of late. */
  readonly services: readonly Service[];
  readonly hosts: readonly ContainerInstance[];
  /** Tasks of theirs on the instance. */
  readonly own: readonly Task[];
  /** Tasks of theirs elsewhere: what is registered in one call with the instance is refused with it. */
  readonly others: readonly Task[];
}

const EXISTING = new Set(['pending', 'running']);

const isWanted = ({ desiredStatus }: Task): boolean => desiredStatus === 'RUNNING';

/** What may not have been read although it decides. */
function doubt(snapshot: Snapshot, services: readonly Service[]): Gap | undefined {
  const groups = services.flatMap(groupsOf).filter((arn) => !snapshot.targetGroups.has(arn));
  return (
    firstGap(snapshot, ['containerInstances', 'services', 'tasks', 'taskDefinitions']) ??
    groups.map((arn) => gapFor(snapshot, 'targetGroups', arn)).find((gap) => gap !== undefined)
  );
}

/**
 * ECS waits this long at most before it tries to start a task again: what it said earlier was its last word.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-throttle-logic.html
 */
const RETRY_MS = 27 * 60_000;

/** Load balancing has refused the instance of late, as the service says: its tasks do not stay there for long. */
function wasRefused(snapshot: Snapshot, { registrationFailure }: Service, { id }: Instance): boolean {
  if (!registrationFailure || registrationFailure.at.getTime() < snapshot.takenAt.getTime() - RETRY_MS) return false;
  return registrationFailure.message.split(/[^\w-]/).includes(id);
}

/** Services of the hosts' clusters that were refused, and may be again where ECS goes on placing tasks. */
function refusedServices(
  snapshot: Snapshot,
  instance: Instance,
  hosts: readonly ContainerInstance[],
): readonly Service[] {
  return hosts
    .filter(inService)
    .flatMap(({ clusterArn }) => servicesInCluster(snapshot, clusterArn))
    .filter((service) => wasRefused(snapshot, service, instance));
}

/** `modes`: the network modes in which tasks are registered by their host. */
export function blockedRegistration(
  snapshot: Snapshot,
  instance: Instance,
  modes: readonly NetworkMode[],
): BlockedRegistration | Gap | undefined {
  const hosts = EXISTING.has(instance.state) ? containerInstancesOf(snapshot, instance.id) : [];
  const byHost = ({ taskDefinitionArn }: Pick<Service, 'taskDefinitionArn'>): boolean =>
    modes.some((mode) => mode === networkModeOf(snapshot, taskDefinitionArn));
  const registered = hosts
    .flatMap(({ arn }) => tasksOnContainerInstance(snapshot, arn))
    .filter((task) => isWanted(task) && byHost(task));
  const refusedBefore = refusedServices(snapshot, instance, hosts).filter(byHost);
  const users = [...new Set([...registered.flatMap((task) => serviceOfTask(snapshot, task) ?? []), ...refusedBefore])];
  const refused = [...new Set(users.flatMap(groupsOf))].flatMap((arn) => {
    const group = snapshot.targetGroups.get(arn);
    const why = group && refusalOf(instance, group);
    return why ? [{ group, why }] : [];
  });
  const refusing = new Set(refused.map(({ group }) => group.arn));
  const services = users.filter((service) => groupsOf(service).some((arn) => refusing.has(arn)));
  const own = new Set(
    registered.filter((task) => services.some((service) => service === serviceOfTask(snapshot, task))),
  );
  const others = services
    .flatMap((service) => tasksOfService(snapshot, service))
    .filter((task) => isWanted(task) && !own.has(task));
  return others.length > 0 ? { refused, services, hosts, own: [...own], others } : doubt(snapshot, users);
}

/** Every refusal, as a clause for a message. */
export function whyRefused({ refused }: BlockedRegistration, { vpcId = '' }: Instance): string {
  const groups = (why: Refusal): string => listed(refused.flatMap((one) => (one.why === why ? [one.group.name] : [])));
  const [far, bare] = [groups('other-vpc'), groups('no-primary-ipv6')];
  return listed([
    ...(far ? [`it is in ${vpcId} and not in the VPC of ${far}`] : []),
    ...(bare ? [`it has no primary IPv6 address for ${bare}`] : []),
  ]);
}
