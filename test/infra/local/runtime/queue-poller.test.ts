import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { putRole } from '../../../../infra/local/iam/roles';
import { SimulatedClock } from '../../../../infra/local/kernel/clock';
import { createWorld } from '../../../../infra/local/kernel/world';
import { createActivity } from '../../../../infra/local/runtime/activity';
import { startPoller, type Poller, type PollerOptions } from '../../../../infra/local/runtime/queue-poller';
import {
  functionArn,
  registerFunction,
  type InvocationResult,
} from '../../../../infra/local/services/lambda/functions';
import { createQueue } from '../../../../infra/local/services/sqs/queues';
import { sendMessage } from '../../../../infra/local/services/sqs/send-message';

let poller: Poller | undefined;
afterEach(() => {
  poller?.stop();
});

interface Setting extends Partial<Pick<PollerOptions, 'batchSize' | 'windowSeconds' | 'maxConcurrency'>> {
  /** What the function answers to the bodies of a batch. */
  readonly answer?: (bodies: readonly string[]) => Promise<InvocationResult>;
  /** What its role may do. */
  readonly allowed?: string;
}

/** A queue, a dead-letter queue after two receives, and a function that keeps the batches that it gets. */
function aPolledQueue({ answer, allowed = 'sqs:ReceiveMessage', ...limits }: Setting = {}) {
  const clock = new SimulatedClock({ running: false, start: new Date('2026-11-22T10:00:00Z') });
  const scope = createWorld({ clock }).scope('111122223333', 'eu-west-2');
  const dead = createQueue(scope, { name: 'dead' });
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 2 });
  const queue = createQueue(scope, { name: 'work', attributes: { VisibilityTimeout: '60', RedrivePolicy } });
  const mayDo = (Action: string) =>
    putRole(scope, {
      name: 'worker',
      inline: [{ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: queue.arn }] }],
      managedPolicyArns: [],
    });
  const batches: string[][] = [];
  registerFunction(scope, {
    ...{ name: 'worker', arn: functionArn(scope, 'worker'), roleArn: mayDo(allowed).arn, handler: 'index.handler' },
    ...{ runtime: 'nodejs24.x', description: '', timeoutSeconds: 10, memoryMiB: 128, variables: {} },
    async invoke(payload) {
      const { Records } = JSON.parse(payload) as { Records: { body: string; messageId: string }[] };
      const bodies = Records.map(({ body }) => body);
      batches.push(bodies);
      if (answer) return await answer(bodies);
      const failed = Records.filter(({ body }) => body.startsWith('bad'));
      const batchItemFailures = failed.map(({ messageId }) => ({ itemIdentifier: messageId }));
      return { payload: JSON.stringify({ batchItemFailures }) };
    },
  });
  poller = startPoller({
    ...{ scope, queueArn: queue.arn, functionName: 'worker', batchSize: 10, windowSeconds: 0, maxConcurrency: 2 },
    ...{ reportsFailures: true, activity: createActivity(), log: () => undefined, ...limits },
  });
  const settle = async () => {
    for (let round = 0; round < 20; round++) await turn();
  };
  return {
    ...{ batches, mayDo, settle },
    send: (body: string) => sendMessage(scope, queue, { body, senderId: 'test' }),
    letPass: async (seconds: number) => {
      for (let passed = 0; passed < seconds; passed++) {
        await clock.advance(1_000);
        await settle();
      }
    },
    left: () => [...queue.messages.values()].map(({ body }) => body),
    dead: () => [...dead.messages.values()].map(({ body }) => body),
  };
}

describe('a queue that is polled for a function', () => {
  it('is emptied as the function works its messages off', async () => {
    const { send, letPass, batches, left } = aPolledQueue();
    send('one');
    await letPass(1);
    expect(batches).toEqual([['one']]);
    expect(left()).toEqual([]);
  });

  it('gathers a batch for as long as the window', async () => {
    const { send, letPass, batches } = aPolledQueue({ windowSeconds: 5, batchSize: 100 });
    send('one');
    await letPass(3);
    send('two');
    expect(batches).toEqual([]);
    await letPass(3);
    send('three');
    await letPass(6);
    expect(batches).toEqual([['one', 'two'], ['three']]);
  });

  it('does not wait for the window once a batch is full', async () => {
    const { send, letPass, batches } = aPolledQueue({ windowSeconds: 300, batchSize: 2 });
    for (const body of ['one', 'two', 'three']) send(body);
    await letPass(1);
    expect(batches).toEqual([['one', 'two']]);
  });

  it('keeps what the function names as failed, and gives it up after the last receive', async () => {
    const { send, letPass, left, dead } = aPolledQueue();
    send('good');
    send('bad');
    await letPass(1);
    expect(left()).toEqual(['bad']);
    await letPass(200);
    expect({ left: left(), dead: dead() }).toEqual({ left: [], dead: ['bad'] });
  });

  it('keeps everything when the function fails', async () => {
    const answer = () => Promise.resolve({ payload: '{}', functionError: 'Unhandled' as const });
    const { send, letPass, left, dead } = aPolledQueue({ answer });
    send('one');
    send('two');
    await letPass(1);
    expect(left()).toEqual(['one', 'two']);
    await letPass(200);
    expect(dead()).toEqual(['one', 'two']);
  });

  it('is left alone until the role may receive from it', async () => {
    const { send, letPass, batches, left, mayDo } = aPolledQueue({ allowed: 'sqs:SendMessage' });
    send('one');
    await letPass(120);
    expect({ batches, left: left() }).toEqual({ batches: [], left: ['one'] });
    mayDo('sqs:ReceiveMessage');
    await letPass(30);
    expect(batches).toEqual([['one']]);
  });

  it('runs no more batches at once than it may', async () => {
    const release: (() => void)[] = [];
    const answer = () =>
      new Promise<InvocationResult>((resolve) => {
        release.push(() => {
          resolve({ payload: 'null' });
        });
      });
    const { send, letPass, settle, batches } = aPolledQueue({ answer, batchSize: 1, maxConcurrency: 2 });
    for (const body of ['one', 'two', 'three']) send(body);
    await letPass(2);
    expect(batches).toEqual([['one'], ['two']]);
    release[0]?.();
    await settle();
    expect(batches).toEqual([['one'], ['two'], ['three']]);
  });
});
