import { noteGaps } from './draft';
import { toInstance } from './ec2-shapes';
import { isOver } from './collect-instances';
import type { Session } from './session';

/** Instances whose interfaces are asked for are wanted from then on, as if they had been asked for themselves. */
export async function collectInterfaceHolders({ reads, draft, wanted }: Session): Promise<void> {
  const read = await reads.ec2.describeInstancesOfInterfaces([...wanted.networkInterfaces]);
  noteGaps(draft, 'instances', read);
  for (const instance of read.items.map((item) => toInstance(item, draft.place))) {
    if (isOver(instance)) continue;
    draft.instances.set(instance.id, instance);
    wanted.instances.add(instance.id);
  }
}
