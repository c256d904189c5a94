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
  tasksOfService,
  tasksOnContainerInstance,
} from '../../snapshot/usage';
import { firstGap } from '../evidence/first-gap';
import { refusalOf, type Refusal } from '../host/refusal';
import { listed } from '../wording/counted';
import { groupsOf } from './obstacle';

/** An instance that ECS tries to register, and that load balancing refuses. */
export interface BlockedRegistration {
  readonly refused: readonly { readonly group: TargetGroup; readonly why: Refusal }[];
  /** Those whose tasks are to be registered by the instance in one of the groups. */
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

/** `modes`: the network modes in which tasks are registered by their host. */
export function blockedRegistration(
  snapshot: Snapshot,
  instance: Instance,
  modes: readonly NetworkMode[],
): BlockedRegistration | Gap | undefined {
  const hosts = EXISTING.has(instance.state) ? containerInstancesOf(snapshot, instance.id) : [];
  const registered = hosts
    .flatMap(({ arn }) => tasksOnContainerInstance(snapshot, arn))
    .filter((task) => isWanted(task) && modes.some((mode) => mode === networkModeOf(snapshot, task.taskDefinitionArn)));
  const users = [...new Set(registered.flatMap((task) => serviceOfTask(snapshot, task) ?? []))];
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
  const clauses = [
    far && `it is in ${vpcId} and not in the VPC of ${far}`,
    bare && `it has no primary IPv6 address for ${bare}`,
  ];
  return listed(clauses.filter((clause) => clause !== ''));
}
