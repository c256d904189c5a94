import { describe, expect, it } from '@jest/globals';
import { requeuePort } from '../../lib/aws/requeue-port';
import { MAX_DELAY_SECONDS, type Requeue } from '../../lib/trigger/requeue';
import { toRequests } from '../../lib/trigger/to-requests';
import { aQueue, bodies, SECOND } from '../infra/local/services/sqs/a-queue';
import { place } from '../support/action-builders';

const item = (index: number, delaySeconds = 0): Requeue => ({
  request: { kind: 'instance', ...place, id: `i-${String(index)}`, hops: 1 },
  delaySeconds,
});
const items = (count: number) => Array.from({ length: count }, (_, index) => item(index));

async function aPort() {
  const queue = await aQueue();
  return { ...queue, requeue: requeuePort(queue.client, queue.QueueUrl ?? '') };
}

describe('requests put back on the queue', () => {
  it('are messages that the trigger reads, delayed', async () => {
    const { requeue, receive, counts, clock } = await aPort();
    await requeue([item(1, MAX_DELAY_SECONDS)]);
    expect(await counts()).toEqual([0, 0, 1]);
    await clock.advance(MAX_DELAY_SECONDS * SECOND);
    expect(bodies(await receive()).map((body) => toRequests(body))).toEqual([{ requests: [item(1).request] }]);
  });

  it('go out ten at a time, none for none', async () => {
    const { requeue, counts } = await aPort();
    await requeue([]);
    expect(await counts()).toEqual([0, 0, 0]);
    await requeue(items(21));
    expect(await counts()).toEqual([21, 0, 0]);
  });

  it('that are refused fail the call, and no other request is lost for them', async () => {
    const { requeue, counts } = await aPort();
    const tooLate = item(99, MAX_DELAY_SECONDS + 1);
    await expect(requeue([tooLate, ...items(20)])).rejects.toThrow(/^1 of 21 requests could not be put back: .*Delay/);
    expect(await counts()).toEqual([20, 0, 0]);
  });
});
