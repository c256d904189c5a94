import type { DeregisterCloudMapInstanceAction } from '../plan/action';
import type { WritePorts } from './ports';
import type { Removal } from './removal';

/** Cloud Map deregisters in seconds; longer than this is left to the next pass, which sees what became of it. */
const POLLS = 15;
const POLL_INTERVAL_MS = 2_000;

export interface CloudMapRemovalOptions {
  readonly ports: WritePorts;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

export function deregisterCloudMapInstance({
  ports,
  sleep,
}: CloudMapRemovalOptions): Removal<DeregisterCloudMapInstanceAction> {
  return {
    holder: (action) => action.serviceArn,
    async write(action) {
      const started = await ports.deregisterCloudMapInstance(action);
      if (started === 'absent') return { status: 'unchanged', reason: 'was gone already' };
      for (let poll = 0; poll < POLLS; poll++) {
        const state = await ports.describeOperation(started.operationId);
        if (typeof state === 'object') return { status: 'failed', reason: `Cloud Map: ${state.failed}` };
        if (state === 'succeeded') return await readBack(ports, action);
        await sleep(POLL_INTERVAL_MS);
      }
      return { status: 'failed', reason: `operation ${started.operationId} did not end in time` };
    },
  };
}

async function readBack(ports: WritePorts, action: DeregisterCloudMapInstanceAction) {
  if (await ports.hasCloudMapInstance(action))
    return { status: 'failed', reason: 'still there when read back' } as const;
  return { status: 'applied', reason: 'absent when read back' } as const;
}
