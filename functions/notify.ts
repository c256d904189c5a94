import { TELLING_TIMEOUT_MS } from '../lib/aws/connections';
import { deploy } from '../lib/deployed/deploy';
import { parseStateChange } from '../lib/report/events';
import { withBatch } from './middleware';

const notify = deploy(async (early) => (await import('../lib/deployed/telling')).telling(early), {
  requestTimeoutMs: TELLING_TIMEOUT_MS,
});

/** Changes of findings, gathered by the queue's batching window: told to people, grouped and once. */
export const handler = withBatch(async (bodies) => {
  const parsed = bodies.map((body) => parseStateChange(body));
  const retries = await notify(parsed.flatMap((one) => ('change' in one ? [one.change] : [])));
  return parsed.map((one) => {
    if ('error' in one) return { status: 'rejected', reason: one.error };
    const reason = retries.get(one.change.id);
    return reason ? { status: 'rejected', reason } : { status: 'fulfilled', value: undefined };
  });
});
