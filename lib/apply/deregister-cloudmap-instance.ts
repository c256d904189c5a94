import type { DeregisterCloudMapInstanceAction } from '../plan/action';
import type { WritePorts } from './ports';
import { failedOperation } from './cloudmap-operation';
import { readBack } from './read-back';
import type { Removal } from './removal';

export interface CloudMapRemovalOptions {
  readonly ports: WritePorts;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

export function deregisterCloudMapInstance(options: CloudMapRemovalOptions): Removal<DeregisterCloudMapInstanceAction> {
  const { ports } = options;
  return {
    holder: (action) => action.serviceArn,
    isLate: true,
    async write(action) {
      const started = await ports.deregisterCloudMapInstance(action);
      if (started === 'absent') return { status: 'unchanged', reason: 'was gone already' };
      return (await failedOperation(started.operationId, options)) ?? (await readBack(action, ports));
    },
    readBack: (action) => readBack(action, ports),
  };
}
