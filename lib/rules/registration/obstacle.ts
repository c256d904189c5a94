import { modesThatNeedPrimaryIpv6, registrationIsAllOrNothing } from '../../facts/primary-ipv6';
import type { ActualPosture } from '../../policy/policy';
import { canonicalAddress } from '../../snapshot/address';
import type { Instance, NetworkMode, Service, Snapshot, TargetGroup, Task } from '../../snapshot/snapshot';
import { hasOwnInterface, networkModeOf, tasksOfService, taskSetGroupsOf } from '../../snapshot/usage';
import { lacksPrimaryIpv6, refusalOf, type Refusal } from '../host/refusal';
import type { FactReader } from '../rule';
import { nameIn } from '../wording/arn-name';

/** What keeps a task from being registered: a clause for a message, and what a person would mend. */
export interface Obstacle {
  readonly because: string;
  readonly related: readonly string[];
}

/** Everything that an obstacle may be read off. */
export interface Attempt {
  readonly snapshot: Snapshot;
  readonly task: Task;
  readonly service: Service;
  readonly posture: ActualPosture;
  readonly fact: FactReader;
}

/** Registered by its host: in bridge and host mode. */
const byHost = (mode: NetworkMode | undefined, fact: FactReader): boolean =>
  mode !== undefined && fact(modesThatNeedPrimaryIpv6).includes(mode);

function hostOf({ instances, containerInstances }: Snapshot, { containerInstanceArn = '' }: Task) {
  return instances.get(containerInstances.get(containerInstanceArn)?.ec2InstanceId ?? '');
}

const refusals: Readonly<Record<Refusal, (group: TargetGroup) => string>> = {
  'other-vpc': ({ name }) => `is not in the VPC of ${name}`,
  'no-primary-ipv6': () => 'has no primary IPv6 address',
};

function obstacleOfHost(attempt: Attempt, group: TargetGroup): Obstacle | undefined {
  const own = hostOf(attempt.snapshot, attempt.task);
  const why = own && refusalOf(own, group);
  if (why) return { because: `its host ${own.id} ${refusals[why](group)}`, related: [own.arn] };
  return obstacleOfOthers(attempt, group);
}

/** One target that does not fit fails all that are registered with it. */
function obstacleOfOthers({ snapshot, service, fact }: Attempt, group: TargetGroup): Obstacle | undefined {
  if (!fact(registrationIsAllOrNothing)) return undefined;
  const [bad] = tasksOfService(snapshot, service)
    .flatMap((other) => hostOf(snapshot, other) ?? [])
    .flatMap((host) => {
      const why = refusalOf(host, group);
      return why ? [{ host, why }] : [];
    })
    .sort((left, right) => left.host.id.localeCompare(right.host.id));
  if (!bad) return undefined;
  const { host, why } = bad;
  const because = `${host.id}, another host of ${group.name}, ${refusals[why](group)}, and one such target fails all that are registered with it`;
  return { because, related: [host.arn] };
}

function obstacleOfIpv4Group({ snapshot, task, posture }: Attempt, { arn, name }: TargetGroup): Obstacle | undefined {
  const isWithout = hasOwnInterface(snapshot, task) === true && task.ipv4Addresses.length === 0;
  if (posture !== 'ipv6-only' && !isWithout) return undefined;
  return { because: `target group ${name} takes IPv4 addresses`, related: [arn] };
}

function obstacleOfIpv6Group(attempt: Attempt, group: TargetGroup): Obstacle | undefined {
  const { snapshot, task, fact } = attempt;
  if (byHost(networkModeOf(snapshot, task.taskDefinitionArn), fact)) return obstacleOfHost(attempt, group);
  if (task.ipv6Addresses.length > 0) return undefined;
  return { because: `target group ${group.name} takes IPv6 addresses and the task has none`, related: [group.arn] };
}

function obstacleOfGroup(attempt: Attempt, arn: string): Obstacle | undefined {
  const { snapshot, task } = attempt;
  const group = snapshot.targetGroups.get(arn);
  if (!group) return { because: `target group ${nameOfGroup(arn)} does not exist`, related: [arn] };
  const { name, targetType } = group;
  const fitting = hasOwnInterface(snapshot, task) === true ? 'ip' : 'instance';
  if (targetType !== fitting) {
    return { because: `target group ${name} takes targets of type ${targetType}, not ${fitting}`, related: [arn] };
  }
  return group.ipAddressType === 'ipv4' ? obstacleOfIpv4Group(attempt, group) : obstacleOfIpv6Group(attempt, group);
}

/** `arn:...:targetgroup/api/0123` -> `api` */
function nameOfGroup(arn: string): string {
  const [, name = arn] = arn.split('/');
  return name;
}

const lacksAddress = (host: Instance | undefined): boolean => host !== undefined && lacksPrimaryIpv6(host);

function obstacleOfRegistry({ snapshot, task }: Attempt, arn: string): Obstacle | undefined {
  const registry = snapshot.cloudMapServices.get(arn);
  if (!registry) return { because: `Cloud Map service ${nameIn(arn)} does not exist`, related: [arn] };
  const { name, recordTypes } = registry;
  const own = hasOwnInterface(snapshot, task) === true;
  const lacking = recordTypes.find(
    (type) =>
      (type === 'A' && own && task.ipv4Addresses.length === 0) ||
      (type === 'AAAA' && (own ? task.ipv6Addresses.length === 0 : lacksAddress(hostOf(snapshot, task)))),
  );
  if (lacking === undefined) return undefined;
  return {
    because: `Cloud Map service ${name} has ${lacking} records and the task no address for them`,
    related: [arn],
  };
}

/** Groups that its tasks go to first; a blue/green deployment registers in one of two. */
export const groupsOf = (service: Service): readonly string[] => [
  ...new Set([...service.loadBalancers.flatMap((one) => one.targetGroupArn ?? []), ...taskSetGroupsOf(service)]),
];

/** Those of the task: the ones of its task set, if it is of one. */
function groupsOfTask({ service, task }: Attempt): readonly string[] {
  const own = service.deployments.find(({ id }) => id === task.startedBy);
  return own?.targetGroupArns ?? groupsOf(service);
}

/** What ECS said last about it, if that was since the task was there. */
function obstacleOfEvents({ service: { registrationFailure }, task: { createdAt } }: Attempt): Obstacle | undefined {
  if (!registrationFailure || !createdAt || registrationFailure.at < createdAt) return undefined;
  return { because: `ECS says: ${registrationFailure.message.replace(/[.\s]+$/, '')}`, related: [] };
}

/** The first obstacle that the snapshot shows. */
export function obstacleTo(attempt: Attempt): Obstacle | undefined {
  const { service } = attempt;
  const found = [
    ...groupsOfTask(attempt).map((arn) => obstacleOfGroup(attempt, arn)),
    ...service.registries.map(({ registryArn }) => obstacleOfRegistry(attempt, registryArn)),
    obstacleOfEvents(attempt),
  ];
  return found.find((obstacle) => obstacle !== undefined);
}

/** Every group and registry has it: whatever it waits for, it is not its registration. */
export function isRegistered(attempt: Attempt): boolean {
  const { snapshot, task, service } = attempt;
  const addresses = new Set([...task.ipv4Addresses, ...task.ipv6Addresses].map(canonicalAddress));
  const host = hostOf(snapshot, task)?.id;
  const targets = [...snapshot.targets.values()].filter(({ state }) => state !== 'draining');
  const inGroup = (arn: string): boolean =>
    targets.some(
      ({ targetGroupArn, targetId }) =>
        targetGroupArn === arn && (targetId === host || addresses.has(canonicalAddress(targetId))),
    );
  const inRegistry = ({ registryArn }: Service['registries'][number]): boolean =>
    snapshot.cloudMapInstances.has(`${registryArn}#${task.id}`);
  return groupsOfTask(attempt).every(inGroup) && service.registries.every(inRegistry);
}
