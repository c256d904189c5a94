import { attachedObjection } from '../guard/heal-conditions';
import type { EnablePrimaryIpv6Action } from '../plan/action';
import { toAttachedInterface } from '../snapshot/ec2-shapes';
import type { WritePorts } from './ports';
import { readBackChange } from './read-back-change';
import { withhold, type Removal } from './removal';
import { seenInTime } from './seen-in-time';

export interface ChangeOptions {
  readonly ports: WritePorts;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

export function enablePrimaryIpv6({ ports, sleep }: ChangeOptions): Removal<EnablePrimaryIpv6Action> {
  return {
    holder: (action) => action.resource,
    async object(action) {
      const face = await ports.describeInterface(action.networkInterfaceId);
      const objection = attachedObjection(action, face && toAttachedInterface(face));
      return objection && withhold(action, objection.code, objection.reason);
    },
    async write(action) {
      await ports.enablePrimaryIpv6(action.networkInterfaceId);
      return await seenInTime(() => readBackChange(action, ports), sleep);
    },
    readBack: (action) => readBackChange(action, ports),
  };
}
