import { describe, expect, it } from '@jest/globals';
import { disturbDeliveries } from '../../../../../infra/local/services/eventbridge/disturb';
import type { Disturbance } from '../../../../../infra/local/services/eventbridge/state';
import { anEventBus } from './an-event-bus';

describe('disturbances', () => {
  async function disturbed(...disturbances: (Disturbance | undefined)[]) {
    const bus = await anEventBus();
    const [tasks, dead] = [await bus.queue('tasks'), await bus.queue('dead')];
    const RetryPolicy = { MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 60 };
    await bus.rule({ Arn: tasks.arn, DeadLetterConfig: { Arn: dead.arn }, RetryPolicy });
    const end = disturbDeliveries(bus.account.scope, () => disturbances.shift());
    return { ...bus, tasks, dead, end };
  }

  it('lose an event', async () => {
    const { tasks, dead, put } = await disturbed({ kind: 'lose' });
    await put();
    expect([await tasks.bodies(), await dead.bodies()]).toEqual([[], []]);
  });

  it('repeat an event, with the same id', async () => {
    const { tasks, put } = await disturbed({ kind: 'repeat', times: 2 });
    await put();
    const [first, second] = await tasks.bodies();
    expect(second).toEqual(first);
    expect(second).toBeDefined();
  });

  it('bring events in another order', async () => {
    const { tasks, put, clock } = await disturbed({ kind: 'delay', milliseconds: 5_000 });
    await put({ n: 1 });
    await put({ n: 2 });
    await clock.advance(5_000);
    expect(await tasks.bodies()).toMatchObject([{ detail: { n: 2 } }, { detail: { n: 1 } }]);
  });

  it('fail, and EventBridge tries again, later and later', async () => {
    const { tasks, dead, put, clock } = await disturbed({ kind: 'fail' }, { kind: 'fail' });
    await put();
    await clock.advance(1_000);
    await clock.advance(1_999);
    expect(await tasks.bodies()).toEqual([]);
    await clock.advance(1);
    expect(await tasks.bodies()).toHaveLength(1);
    expect(await dead.bodies()).toEqual([]);
  });

  it('fail until the retries are used up', async () => {
    const { tasks, dead, put, clock } = await disturbed({ kind: 'fail' }, { kind: 'fail' }, { kind: 'fail' });
    await put();
    await clock.advance(60_000);
    expect(await tasks.bodies()).toEqual([]);
    expect(await dead.messages()).toMatchObject([
      {
        MessageAttributes: {
          EXHAUSTED_RETRY_CONDITION: { StringValue: 'MaximumRetryAttempts' },
          RETRY_ATTEMPTS: { StringValue: '2' },
        },
      },
    ]);
  });

  it('end', async () => {
    const { tasks, put, end } = await disturbed({ kind: 'lose' });
    end();
    await put();
    expect(await tasks.bodies()).toHaveLength(1);
  });
});
