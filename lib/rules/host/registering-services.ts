import { modesThatNeedPrimaryIpv6 } from '../../facts/primary-ipv6';
import type { ActualPosture } from '../../policy/policy';
import { perKey } from '../../snapshot/indexed';
import type { ContainerInstance, NetworkMode, Service, Snapshot } from '../../snapshot/snapshot';
import {
  networkModeOf,
  serviceOfTask,
  servicesInCluster,
  targetGroupsOf,
  tasksOnContainerInstance,
} from '../../snapshot/usage';
import type { FactReader } from '../rule';

/** What a check was asked with. */
export interface Asked {
  readonly posture: ActualPosture;
  readonly fact: FactReader;
}

/** What on a host registers the host itself, and so needs its primary IPv6 address. */
export interface Registering {
  /** Tasks that run there. */
  readonly tasks: number;
  /** Services whose tasks run there, or that could be placed there; sorted by ARN. */
  readonly services: readonly Service[];
}

/** IPv4 groups and records of a dual-stack host are reached by its IPv4 address. */
function registersIpv6(snapshot: Snapshot, service: Service, isIpv6Only: boolean): boolean {
  const groups = targetGroupsOf(service);
  if (isIpv6Only) return groups.length + service.registries.length > 0;
  return groups.some((arn) => snapshot.targetGroups.get(arn)?.ipAddressType === 'ipv6');
}

type Modes = readonly NetworkMode[];

function usesHost(snapshot: Snapshot, taskDefinitionArn: string | undefined, modes: Modes): boolean {
  const mode = networkModeOf(snapshot, taskDefinitionArn);
  return mode !== undefined && modes.includes(mode);
}

/** ECS places no task of an ECS Anywhere or Managed Instances service on an instance of one's own. */
function canBePlaced({ status, launchType }: Service): boolean {
  return status === 'ACTIVE' && launchType !== 'EXTERNAL' && launchType !== 'MANAGED_INSTANCES';
}

/** Parts of a key; no ARN, posture or network mode has it. */
const SEPARATOR = ' ';

/** Services of a cluster that could be placed on its hosts; asked for once per host, so it is kept. */
const placeableBy = perKey((snapshot, key) => {
  const [clusterArn = '', posture, ...modes] = key.split(SEPARATOR);
  return servicesInCluster(snapshot, clusterArn).filter(
    (service) =>
      canBePlaced(service) &&
      modes.some((mode) => mode === networkModeOf(snapshot, service.taskDefinitionArn)) &&
      registersIpv6(snapshot, service, posture === 'ipv6-only'),
  );
});

/** Services of the cluster that would register by a host of it. */
export function placeableIn(snapshot: Snapshot, clusterArn: string, { posture, fact }: Asked): readonly Service[] {
  return placeableBy(snapshot, [clusterArn, posture, ...fact(modesThatNeedPrimaryIpv6)].join(SEPARATOR));
}

/** What registers by these hosts in a posture: what runs on them, or else what could be placed there. */
export function registeringOn(snapshot: Snapshot, hosts: readonly ContainerInstance[], asked: Asked): Registering {
  const modes = asked.fact(modesThatNeedPrimaryIpv6);
  const running = hosts
    .flatMap(({ arn }) => tasksOnContainerInstance(snapshot, arn))
    .filter(({ taskDefinitionArn }) => usesHost(snapshot, taskDefinitionArn, modes))
    .map((task) => serviceOfTask(snapshot, task))
    .filter((service) => service !== undefined)
    .filter((service) => registersIpv6(snapshot, service, asked.posture === 'ipv6-only'));
  if (running.length > 0) return { tasks: running.length, services: inOrder(running) };
  return { tasks: 0, services: inOrder(hosts.flatMap(({ clusterArn }) => placeableIn(snapshot, clusterArn, asked))) };
}

function inOrder(services: readonly Service[]): readonly Service[] {
  return [...new Set(services)].sort((left, right) => left.arn.localeCompare(right.arn));
}
