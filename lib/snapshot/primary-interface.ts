import type { InstanceInterface } from './host-resources';
import type { Instance } from './snapshot';

/** The interface that the instance starts with, and that ECS registers it by; interfaces of tasks on it come after. */
export function primaryInterfaceOf({ interfaces }: Pick<Instance, 'interfaces'>): InstanceInterface | undefined {
  return interfaces.find(({ deviceIndex }) => deviceIndex === 0);
}

/** Subnet of that interface; EC2 also names it for an instance that shows none. */
export function subnetIdOf(instance: Pick<Instance, 'interfaces' | 'subnetId'>): string | undefined {
  return primaryInterfaceOf(instance)?.subnetId ?? instance.subnetId;
}
