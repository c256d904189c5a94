/** EC2 instances that ECS launches and ends by itself: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ManagedInstances.html */
import type { InstanceLaunchTemplate } from '@aws-sdk/client-ecs';
import { ApiError } from '../../kernel/api-error';
import type { Scope } from '../../kernel/scope';
import { defineStore } from '../../kernel/scope';
import type { Instance } from '../ec2/instance';
import { findInstance } from '../ec2/instance';
import { terminateInstance } from '../ec2/instance-lifecycle';
import type { LaunchInterface } from '../ec2/launch';
import { launchInstances } from '../ec2/launch';
import type { Subnet } from '../ec2/subnet';
import { findSubnet } from '../ec2/subnet';
import type { CapacityProviderRecord } from './capacity-provider';
import { registerContainerInstance } from './container-instance-registration';
import { dismiss } from './instance-departure';
import { chooseType } from './managed-instance-type';
import type { InstanceRecord, TaskRecord } from './records';
import { timings } from './timings';

/** Who manages them, as EC2 names it. */
const OPERATOR = 'ecs.amazonaws.com';
/** Seconds without a task; AWS gives the setting and not its default, which is a guess. */
const SCALE_IN_AFTER = 300;
const NEVER = -1;

/** EC2 ids that have not joined their cluster yet, by provider; since when instances have nothing to do. */
const state = defineStore(() => ({ booting: new Map<string, Set<string>>(), idleSince: new Map<string, Date>() }));

export interface ManagedDemand {
  readonly waiting: readonly TaskRecord[];
  /** Called when a new instance has joined the cluster. */
  readonly seated: () => void;
}

/** One instance after the other, each for as many of the waiting tasks as fit the largest type. */
export function launchManaged(scope: Scope, provider: CapacityProviderRecord, demand: ManagedDemand): void {
  const booting = state(scope).booting.get(provider.name) ?? new Set();
  state(scope).booting.set(provider.name, booting);
  if (booting.size > 0) return;
  const instance = launch(scope, provider, demand.waiting);
  if (!instance) return;
  booting.add(instance.id);
  const settle = (): void => {
    if (instance.state === 'pending') {
      scope.clock.after(timings(scope).step, settle);
      return;
    }
    booting.delete(instance.id);
    if (instance.state === 'running') join(scope, provider, instance.id);
    demand.seated();
  };
  scope.clock.after(timings(scope).step, settle);
}

function launch(scope: Scope, provider: CapacityProviderRecord, tasks: readonly TaskRecord[]): Instance | undefined {
  const { networkConfiguration: network = {}, ...template } = provider.managed?.instanceLaunchTemplate ?? NO_TEMPLATE;
  const subnet = subnetFor(scope, network.subnets ?? [], tasks);
  const choice = chooseType(template.instanceRequirements, tasks);
  if (!subnet || !choice) return undefined;
  try {
    const [instance] = launchInstances(scope, {
      ...{ image: choice.image, type: choice.type, minCount: 1, maxCount: 1, operator: OPERATOR },
      instanceProfile: profileOf(template.ec2InstanceProfileArn),
      interfaces: [hostInterface(subnet, network.securityGroups)],
    });
    return instance;
  } catch (error) {
    // No address is free, for instance: the tasks go on waiting, and the next pass tries again.
    if (error instanceof ApiError) return undefined;
    throw error;
  }
}

const NO_TEMPLATE: InstanceLaunchTemplate = { ec2InstanceProfileArn: undefined, networkConfiguration: undefined };

function profileOf(arn = '') {
  return { arn, id: arn.slice(arn.lastIndexOf('/') + 1) };
}

function hostInterface({ id, ipv6 }: Subnet, groups: readonly string[] = []): LaunchInterface {
  const hasIpv6 = ipv6.length > 0;
  // AWS says nothing of primary addresses here; that its own hosts have one is a guess.
  const create = { subnetId: id, groups, ipv6: { count: hasIpv6 ? 1 : 0 }, primaryIpv6: hasIpv6 };
  return { deviceIndex: 0, deleteOnTermination: true, create };
}

/** In a zone where the first of the tasks has a subnet. */
function subnetFor(scope: Scope, ids: readonly string[], [first]: readonly TaskRecord[]): Subnet | undefined {
  const subnets = ids.map((id) => findSubnet(scope, id)).filter((each) => each !== undefined);
  const wanted = first?.network?.settings.subnets.map((id) => findSubnet(scope, id)?.zone.name);
  return wanted ? subnets.find(({ zone }) => wanted.includes(zone.name)) : subnets[0];
}

function join(scope: Scope, { name, cluster }: CapacityProviderRecord, ec2InstanceId: string): void {
  if (cluster?.status !== 'ACTIVE') return;
  registerContainerInstance(scope, { cluster: cluster.name, ec2InstanceId, capacityProviderName: name, managed: true });
}

/** Ends instances that had nothing to do for long enough; answers how many are left. */
export function retireIdle(scope: Scope, { name, cluster, managed }: CapacityProviderRecord): number {
  const after = managed?.infrastructureOptimization?.scaleInAfter ?? SCALE_IN_AFTER;
  const own = [...(cluster?.instances.values() ?? [])].filter(
    (each) => each.capacityProviderName === name && each.status !== 'INACTIVE',
  );
  for (const instance of own) {
    if (after !== NEVER && idleMs(scope, instance) >= after * 1_000) retire(scope, instance);
  }
  return own.filter(({ status }) => status !== 'INACTIVE').length;
}

/** How long the instance has been seen without a task; -1 if it has one. */
function idleMs(scope: Scope, { id, tasks }: InstanceRecord): number {
  const { idleSince } = state(scope);
  const now = scope.clock.now();
  if (tasks.size > 0) {
    idleSince.delete(id);
    return -1;
  }
  const since = idleSince.get(id) ?? now;
  idleSince.set(id, since);
  return now.getTime() - since.getTime();
}

function retire(scope: Scope, instance: InstanceRecord): void {
  state(scope).idleSince.delete(instance.id);
  dismiss(scope, instance, true);
  const host = findInstance(scope, instance.ec2InstanceId);
  if (host) terminateInstance(scope, host);
}
