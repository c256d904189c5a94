import type { Conclusion } from '../state/ledger';
import type { WritePorts } from './ports';

/** Cloud Map works in seconds; longer than this is left to the next pass, which sees what became of it. */
const POLLS = 15;
const POLL_INTERVAL_MS = 2_000;

export interface OperationOptions {
  readonly ports: Pick<WritePorts, 'describeOperation'>;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** Waits for an operation of Cloud Map; undefined once it succeeded. @throws when it does not end in time */
export async function failedOperation(
  operationId: string,
  { ports, sleep }: OperationOptions,
): Promise<Conclusion | undefined> {
  for (let poll = 0; poll < POLLS; poll++) {
    const state = await ports.describeOperation(operationId);
    if (typeof state === 'object') return { status: 'failed', reason: `Cloud Map: ${state.failed}` };
    if (state === 'succeeded') return undefined;
    await sleep(POLL_INTERVAL_MS);
  }
  throw new Error(`operation ${operationId} did not end in time`);
}
