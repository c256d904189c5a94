import { healthyObjection } from '../guard/healthy-left';
import type { DeregisterTargetAction } from '../plan/action';
import type { WritePorts } from './ports';
import { readBack } from './read-back';
import { withhold, type Removal } from './removal';

export function deregisterTarget(ports: WritePorts): Removal<DeregisterTargetAction> {
  return {
    holder: (action) => action.targetGroupArn,
    object(action, { snapshot, policy }, lease) {
      const settings = policy.policy.guard.deregister;
      const objection = healthyObjection(action, { snapshot, settings }, (present) => lease.baseline(present));
      return objection && withhold(action, objection.code, objection.reason);
    },
    async write(action) {
      await ports.deregisterTarget(action);
      // AWS answers with success for a target that it does not know: only reading back tells
      return await readBack(action, ports);
    },
    readBack: (action) => readBack(action, ports),
  };
}
