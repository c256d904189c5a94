import { isOver, keepInstances } from './collect-instances';
import type { Session } from './session';

/** Instances whose interfaces are asked for are wanted from then on, as if they had been asked for themselves. */
export async function collectInterfaceHolders({ reads, draft, wanted }: Session): Promise<void> {
  const read = await reads.ec2.describeInstancesOfInterfaces([...wanted.networkInterfaces]);
  for (const instance of keepInstances(draft, read)) if (!isOver(instance)) wanted.instances.add(instance.id);
}
