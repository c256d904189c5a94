/**
 * What must be true before a removal may be taken back. Each check answers with the reason why not, or with nothing.
 */
import ipaddr from 'ipaddr.js';
import type { RegisterCloudMapInstanceAction, RegisterTargetAction, RestoreAction } from '../plan/action';
import { canonicalAddress } from '../snapshot/address';
import { gapFor } from '../snapshot/gap';
import { ownerOfCloudMapInstance, ownerOfTarget, type Ownership } from '../snapshot/ownership';
import type { CloudMapInstance, Collection, Snapshot, TargetGroup } from '../snapshot/snapshot';

export interface RestoreObjection {
  /** `refused`: it must not be. `unknown`: something that has to be known could not be read. */
  readonly status: 'refused' | 'unknown';
  readonly reason: string;
}

type Answer = RestoreObjection | undefined;

const refuse = (reason: string): RestoreObjection => ({ status: 'refused', reason });
const unknown = (reason: string): RestoreObjection => ({ status: 'unknown', reason });

/** @param snapshot read as if it were registered again */
export function restoreObjection(action: RestoreAction, snapshot: Snapshot): Answer {
  return action.kind === 'register-target' ? targetObjection(action, snapshot) : instanceObjection(action, snapshot);
}

const TARGET_READS = ['targetGroups', 'services', 'tasks', 'stoppingTasks', 'registrars', 'addressHolders'] as const;

function targetObjection(action: RegisterTargetAction, snapshot: Snapshot): Answer {
  const { targetGroupArn, resource } = action;
  const group = snapshot.targetGroups.get(targetGroupArn);
  const target = snapshot.targets.get(resource);
  if (!group || !target) {
    const gap = gapObjection(snapshot, ['targetGroups', 'targets']);
    return gap ?? refuse(`the target group ${targetGroupArn} is gone`);
  }
  const users = snapshot.registrars.primary.get(targetGroupArn) ?? [];
  return (
    typeObjection(action, group) ??
    ownerObjection(ownerOfTarget(snapshot, target)) ??
    gapObjection(snapshot, TARGET_READS) ??
    (users.length === 0 ? refuse('no ECS service uses the target group any more') : undefined) ??
    holderObjection(snapshot, [action.targetId])
  );
}

function typeObjection({ targetId }: RegisterTargetAction, { targetType, ipAddressType }: TargetGroup): Answer {
  const family = ipaddr.isValid(targetId) ? ipaddr.parse(targetId).kind() : undefined;
  if (targetType !== (family === undefined ? 'instance' : 'ip')) {
    return refuse(`the target group takes targets of type ${targetType} now`);
  }
  if (family === undefined || family === ipAddressType) return undefined;
  return refuse(`the target group takes ${ipAddressType} addresses now`);
}

const INSTANCE_READS = ['cloudMapServices', 'services', 'tasks', 'stoppingTasks', 'addressHolders'] as const;

function instanceObjection(action: RegisterCloudMapInstanceAction, snapshot: Snapshot): Answer {
  const { serviceArn, resource } = action;
  const instance = snapshot.cloudMapInstances.get(resource);
  if (!snapshot.cloudMapServices.has(serviceArn) || !instance) {
    const gap = gapObjection(snapshot, ['cloudMapServices', 'cloudMapInstances']);
    return gap ?? refuse(`the Cloud Map service ${serviceArn} is gone`);
  }
  return (
    ownerObjection(ownerOfCloudMapInstance(snapshot, instance)) ??
    gapObjection(snapshot, INSTANCE_READS) ??
    holderObjection(snapshot, ownAddresses(instance))
  );
}

/** Tasks of bridge and host mode are registered with the address of their host, which holds it as long as it runs. */
function ownAddresses({ attributes, ipv4, ipv6 }: CloudMapInstance): readonly string[] {
  return attributes['EC2_INSTANCE_ID'] !== undefined ? [] : [ipv4, ipv6].filter((address) => address !== undefined);
}

function gapObjection(snapshot: Snapshot, collections: readonly Collection[]): Answer {
  const gap = collections.map((collection) => gapFor(snapshot, collection)).find((found) => found !== undefined);
  return gap && unknown(`${gap.call} could not be read completely (${gap.reason})`);
}

function ownerObjection(owner: Ownership): Answer {
  switch (owner.kind) {
    case 'orphan':
      return undefined;
    case 'owned':
      return refuse(`task ${owner.task.arn} has it now: ECS registers it by itself`);
    case 'foreign':
      return refuse(owner.reason);
    case 'unknown':
      return unknown(`${owner.cause.call}: ${owner.cause.message} (${owner.cause.reason})`);
  }
}

function holderObjection({ addressHolders }: Snapshot, addresses: readonly string[]): Answer {
  for (const address of addresses.filter((one) => ipaddr.isValid(one))) {
    const holder = addressHolders.get(canonicalAddress(address));
    if (holder) return refuse(`network interface ${holder.networkInterfaceId} holds ${address} now`);
  }
  return undefined;
}
