import { createNotifier } from '../lib/composition';
import { parseStateChange } from '../lib/report/events';
import { withBatch } from './middleware';

const notifier = createNotifier();

/** Changes of findings, gathered by the queue's batching window: told to people, grouped and once. */
export const handler = withBatch(async (bodies) => {
  const parsed = bodies.map((body) => parseStateChange(body));
  const retries = await notifier.notify(parsed.flatMap((one) => ('change' in one ? [one.change] : [])));
  return parsed.map((one) => {
    if ('error' in one) return { status: 'rejected', reason: one.error };
    const reason = retries.get(one.change.id);
    return reason ? { status: 'rejected', reason } : { status: 'fulfilled', value: undefined };
  });
});
