import { describe, expect, it } from '@jest/globals';
import type { EventRule } from '../../../../infra/local/weather/event-rule';
import { anEventBus } from '../services/eventbridge/an-event-bus';

/** Order in which numbered events reach a queue. */
async function delivered(rule: EventRule, count = 6): Promise<readonly unknown[]> {
  const { account, clock, queue, rule: addRule, put } = await anEventBus();
  const tasks = await queue('tasks');
  await addRule({ Arn: tasks.arn });
  account.weather.events(rule);
  for (let n = 1; n <= count; n++) {
    await put({ n });
    await clock.advance(1_000);
  }
  await clock.advance(120_000);
  return (await tasks.bodies()).map((body) => (body as { detail: { n: number } }).detail.n);
}

describe('events', () => {
  it.each([
    ['are left alone by rules about others', { fault: 'loss', detailType: 'Nothing *' }, [1, 2, 3, 4, 5, 6]],
    ['are lost', { fault: 'loss', nth: [2, 3] }, [1, 4, 5, 6]],
    ['come twice', { fault: 'duplicate', nth: 1 }, [1, 1, 2, 3, 4, 5, 6]],
    ['come late, and are overtaken', { fault: 'delay', seconds: 3, times: 1 }, [2, 3, 1, 4, 5, 6]],
    ['fail, and are tried again', { fault: 'failure', nth: 2 }, [1, 2, 3, 4, 5, 6]],
  ] as const)('%s', async (_name, rule, order) => {
    const seen = await delivered(rule);
    expect(rule.fault === 'delay' || rule.fault === 'loss' ? seen : [...seen].sort()).toEqual(order);
  });

  it('come in another order, all of them, and in the same for the same seed', async () => {
    const seen = await delivered({ fault: 'disorder', seconds: 20 });
    expect([...seen].sort()).toEqual([1, 2, 3, 4, 5, 6]);
    expect(seen).not.toEqual([1, 2, 3, 4, 5, 6]);
    expect(await delivered({ fault: 'disorder', seconds: 20 })).toEqual(seen);
  });

  it('are fair again once the weather is', async () => {
    const { account, queue, rule, put, clock } = await anEventBus();
    const tasks = await queue('tasks');
    await rule({ Arn: tasks.arn });
    account.weather.events({ fault: 'loss' });
    account.weather.clear();
    await put({ n: 1 });
    await clock.advance(1_000);
    expect(await tasks.bodies()).toHaveLength(1);
  });
});
